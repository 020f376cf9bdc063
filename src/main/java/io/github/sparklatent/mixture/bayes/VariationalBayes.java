package io.github.sparklatent.mixture.bayes;

import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.GammaFunctions;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.em.CovariancePrior;
import io.github.sparklatent.mixture.em.MaximizationStep;
import io.github.sparklatent.mixture.em.MixtureEm;
import io.github.sparklatent.mixture.em.MixtureExpectation;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureFactors;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Gamma;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Variational Bayes of a mixture: the posterior q(π) Π_k q(μ_k, Λ_k) q(y) of the parameters and the components y of the
 * rows, from which it finds how many components the data needs. The objective is the evidence lower bound, in nats per
 * row.
 *
 * <pre>
 *   β_k = β_0 + N_k,   ν_k = ν_0 + N_k,   m_k = (β_0 m_0 + N_k x̄_k) / β_k
 *   W_k⁻¹ = W_0⁻¹ + N_k S_k + β_0 N_k / β_k (x̄_k − m_0)(x̄_k − m_0)ᵀ
 *   log ρ_nk = log ω_k + log N(x_n; m_k, (ν_k W_k)⁻¹)
 *   log ω_k  = E[log π_k] + ½ (Σ_{i&lt;d} ψ((ν_k − i) / 2) − d log(ν_k / 2)) − d / (2 β_k)
 * </pre>
 *
 * Source: Bishop 2006, eq. 10.46 to 10.67; x̄_k and S_k are the mean and the covariance of the rows under their
 * responsibilities. log ρ is the log joint density of a mixture with unnormalised weights ω, so the expectation is that
 * of expectation-maximisation. Its log-likelihood is the part of the bound that is a sum over the rows:
 *
 * <pre>
 *   bound = Σ_n log Σ_k ρ_nk − KL(q(π) ‖ p(π)) − Σ_k KL(q(μ_k, Λ_k) ‖ p(μ_k, Λ_k))
 * </pre>
 *
 * <p>With a regularisation ε, N_k S_k has N_k ε added to its diagonal, and the bound is that of the rows as they are.
 * It then may fall by a term of order ε at the end of a fit.
 *
 * <p>Missing values are latent variables with a posterior of their own. The integral of ρ_nk over them is ω_k times the
 * density of the observed values, so incomplete rows need nothing else than in expectation-maximisation.
 *
 * <p>The scale W_k has the form of the covariance type: the posterior is the best Gauss-Wishart distribution with a
 * diagonal scale, a scale proportional to the identity, or, if tied, with one scale and ν = ν_0 + Σ N / K for all
 * components. These are the definitions of scikit-learn's {@code BayesianGaussianMixture}. A component that no row
 * needs returns to its prior.
 *
 * <p>Of columns without a joint Gaussian distribution, the parameters of each component are those of greatest posterior
 * density, as in expectation-maximisation with a {@code ComponentPrior}. Their posterior is taken as Gaussian around
 * them, with the precision of β_k rows, and that of the prior with β_0 (Laplace's approximation; Bishop 2006, section
 * 4.4). So each of the p_k free parameters costs what one of a mean does:
 *
 * <pre>
 *   log ω_k has − p_k / (2 β_k),   KL has ½ p_k (β_0 / β_k − 1 − log (β_0 / β_k))
 * </pre>
 */
public final class VariationalBayes implements ExpectationMaximization<VariationalBayes.VariationalMixture> {
    private final MixtureEm em;
    private final StatisticsLayout layout;
    private final VariationalPrior prior;

    /**
     * Creates the problem.
     *
     * @param em the M-step, without a prior of the covariances; its regularization is added to each variance of the
     *     rows under their responsibilities
     */
    public VariationalBayes(MixtureEm em, VariationalPrior prior) {
        this.em = em;
        this.layout = em.layout().gaussian();
        this.prior = prior;
    }

    @Override
    public String description() {
        return "variational " + em.description();
    }

    /**
     * Returns the posterior to start from.
     *
     * @param rows number of rows that it counts as; they are distributed by the mixture's weights
     */
    public static VariationalMixture start(MixedMixture mixture, double rows) {
        return new VariationalMixture(
                mixture,
                Arrays.stream(mixture.weights()).map(weight -> weight * rows).toArray());
    }

    @Override
    public Expectation expectation(VariationalMixture model) {
        return MixtureExpectation.under(new MixedDensity(model.mixture(), logWeights(model)));
    }

    @Override
    public double objective(VariationalMixture model, double[] sums) {
        return em.objective(model.mixture(), sums) - divergence(model) / (prior.rowsPerWeight() * weight(sums));
    }

    @Override
    public Update<VariationalMixture> update(
            VariationalMixture model, double[] sums, RowBlocks data, int reinitialized, boolean last) {
        List<String> warnings = new ArrayList<>();
        double[] sizes = layout.sizes(sums);
        MixedMixture before = model.mixture();
        DMatrixRMaj missing = em.missing(before, sums, sizes, List.of());
        for (int k = 0; k < sizes.length; k++) {
            sizes[k] *= prior.rowsPerWeight();
        }
        double[] weights = prior.weights().meanWeights(prior.concentration(), sizes);
        MixtureParameters numbers =
                em.step() == null ? null : numbers(before.gaussian(), sums, sizes, weights, warnings);
        MixedMixture mixture = new MixedMixture(
                before.columns(),
                weights,
                numbers,
                em.discrete(before, sums, List.of(), List.of()),
                em.student(before, sums, true, List.of(), List.of()),
                missing,
                null);
        return new Update<>(new VariationalMixture(mixture, sizes), 0, warnings);
    }

    private MixtureParameters numbers(
            MixtureParameters mixture, double[] sums, double[] sizes, double[] weights, List<String> warnings) {
        double[] statistics = sums.clone();
        for (int k = 0; k < sizes.length; k++) {
            // Mean and covariance of a component without rows are multiplied by its size below.
            statistics[StatisticsLayout.SIZES + k] =
                    Math.max(statistics[StatisticsLayout.SIZES + k], Double.MIN_NORMAL);
        }
        MaximizationStep.Estimates rows = em.step().estimates(statistics, mixture.means());
        DMatrixRMaj means = new DMatrixRMaj(rows.means());
        DMatrixRMaj differences = new DMatrixRMaj(means.numRows, means.numCols);
        for (int k = 0; k < sizes.length; k++) {
            double pull = prior.meanPrecision() / (prior.meanPrecision() + sizes[k]);
            for (int j = 0; j < means.numCols; j++) {
                int at = k * means.numCols + j;
                differences.data[at] = prior.mean().data[j] - means.data[at];
                means.data[at] += pull * differences.data[at];
            }
        }
        return new MaximizationStep.Estimates(weights, means, covariances(rows.covariances(), differences, sizes))
                .mixture(em.step(), warnings);
    }

    /** Returns W⁻¹ / ν in the form of {@link MixtureParameters#of}. */
    private List<DMatrixRMaj> covariances(List<DMatrixRMaj> ofRows, DMatrixRMaj differences, double[] sizes) {
        return switch (layout.type()) {
            case FULL ->
                IntStream.range(0, sizes.length)
                        .mapToObj(k -> {
                            DMatrixRMaj sum = ofRows.get(k);
                            CommonOps_DDRM.scale(sizes[k], sum);
                            MaximizationStep.addOuter(sum, differences, k, pulled(sizes[k]));
                            return posterior(sum, sizes[k]);
                        })
                        .toList();
            case TIED -> {
                double share = Arrays.stream(sizes).sum() / sizes.length;
                DMatrixRMaj sum = ofRows.get(0);
                CommonOps_DDRM.scale(share, sum);
                for (int k = 0; k < sizes.length; k++) {
                    MaximizationStep.addOuter(sum, differences, k, pulled(sizes[k]) / sizes.length);
                }
                yield List.of(posterior(sum, share));
            }
            case DIAGONAL, SPHERICAL -> {
                DMatrixRMaj variances = ofRows.get(0);
                for (int k = 0; k < sizes.length; k++) {
                    addSquares(variances, differences, k, sizes[k]);
                }
                yield List.of(variances);
            }
            case FACTOR, PPCA ->
                throw new IllegalArgumentException("factored covariances have no prior in closed form");
        };
    }

    /** Returns β_0 N_k / β_k. */
    private double pulled(double size) {
        return prior.meanPrecision() * size / (prior.meanPrecision() + size);
    }

    /** Adds W_0⁻¹ to a sum and divides it by the degrees of freedom. */
    private DMatrixRMaj posterior(DMatrixRMaj sum, double size) {
        CommonOps_DDRM.addEquals(sum, prior.inverseScale());
        CommonOps_DDRM.divide(sum, prior.degreesOfFreedom() + size);
        return sum;
    }

    /** Replaces the variances of one component by W⁻¹ / ν; a spherical one has the mean square. */
    private void addSquares(DMatrixRMaj variances, DMatrixRMaj differences, int component, double size) {
        int d = differences.numCols;
        int columns = variances.numCols;
        double[] squares = new double[columns];
        for (int j = 0; j < d; j++) {
            double difference = differences.data[component * d + j];
            squares[columns == 1 ? 0 : j] += difference * difference * columns / d;
        }
        for (int j = 0; j < columns; j++) {
            int at = component * columns + j;
            variances.data[at] = (prior.inverseScale().data[j] + size * variances.data[at] + pulled(size) * squares[j])
                    / (prior.degreesOfFreedom() + size);
        }
    }

    /** Returns log ω_k. */
    private double[] logWeights(VariationalMixture model) {
        double[] result = prior.weights().expectedLogWeights(prior.concentration(), model.sizes());
        int parameters = layout.dimension() + model.mixture().cellParameters();
        for (int k = 0; k < result.length; k++) {
            double cost = 0.5 * parameters / (prior.meanPrecision() + model.sizes()[k]);
            result[k] += (em.step() == null ? 0 : 0.5 * expectedLogDeterminant(degrees(model, k))) - cost;
        }
        return result;
    }

    /** Returns ν_k. */
    private double degrees(VariationalMixture model, int component) {
        return prior.degreesOfFreedom()
                + (layout.type() == CovarianceType.TIED
                        ? Arrays.stream(model.sizes()).sum() / model.sizes().length
                        : model.sizes()[component]);
    }

    /** Returns E[log det Λ] − log det(ν W) = Σ_{i&lt;d} ψ((ν − i) / 2) − d log(ν / 2). */
    private double expectedLogDeterminant(double degrees) {
        int d = layout.dimension();
        return IntStream.range(0, d)
                        .mapToDouble(i -> GammaFunctions.digamma((degrees - i) / 2))
                        .sum()
                - d * StrictMath.log(degrees / 2);
    }

    /** Returns KL(q(π) ‖ p(π)) + Σ_k KL(q(μ_k, Λ_k) ‖ p(μ_k, Λ_k)), in nats. */
    private double divergence(VariationalMixture model) {
        double sum = prior.weights().divergence(prior.concentration(), model.sizes());
        for (double size : model.sizes()) {
            double ratio = prior.meanPrecision() / (prior.meanPrecision() + size);
            sum += 0.5 * model.mixture().cellParameters() * (ratio - 1 - StrictMath.log(ratio));
        }
        if (em.step() == null) {
            return sum;
        }
        int d = layout.dimension();
        MixtureParameters mixture = model.mixture().gaussian();
        double before = prior.degreesOfFreedom();
        double beta = prior.meanPrecision();
        DMatrixRMaj reference = new DMatrixRMaj(prior.inverseScale());
        CommonOps_DDRM.divide(reference, before);
        double[] ofCovariances = CovariancePrior.divergences(reference, mixture);
        double[] distances = MixtureFactors.inParallel(mixture, new double[ofCovariances.length])
                .squaredDistances(prior.mean());
        for (int k = 0; k < ofCovariances.length; k++) {
            double degrees = degrees(model, k);
            double ratio = beta / (beta + model.sizes()[k]);
            sum += before * ofCovariances[k]
                    + 0.5 * (degrees - before) * (expectedLogDeterminant(degrees) - d)
                    + logNormalizer(degrees)
                    - logNormalizer(before)
                    + 0.5 * (d * (ratio - 1 - StrictMath.log(ratio)) + beta * distances[k]);
        }
        return sum;
    }

    /** Returns ½ ν d log(ν / 2) − Σ_{i&lt;d} log Γ((ν − i) / 2). */
    private double logNormalizer(double degrees) {
        int d = layout.dimension();
        return 0.5 * degrees * d * StrictMath.log(degrees / 2)
                - IntStream.range(0, d)
                        .mapToDouble(i -> Gamma.logGamma((degrees - i) / 2))
                        .sum();
    }

    /**
     * The posterior of a mixture's parameters. With the prior, a mixture and the sizes of its components determine the
     * posterior.
     *
     * @param mixture E[π], the means m_k, and the covariances (ν_k W_k)⁻¹, which are the inverses of the expected
     *     precisions
     * @param sizes N_k, expected number of rows of each component, k numbers. Not to be modified.
     */
    public record VariationalMixture(MixedMixture mixture, double[] sizes) {}
}
