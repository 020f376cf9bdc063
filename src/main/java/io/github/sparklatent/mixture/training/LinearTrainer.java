package io.github.sparklatent.mixture.training;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.OptionsException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.EmListener;
import io.github.sparklatent.learn.em.EmLoop;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.SymmetricEigen;
import io.github.sparklatent.linear.LinearFit;
import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.linear.LinearOptions;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.em.ComponentPrior;
import io.github.sparklatent.mixture.em.CovariancePrior;
import io.github.sparklatent.mixture.em.MaximizationStep;
import io.github.sparklatent.mixture.em.MixtureEm;
import io.github.sparklatent.mixture.em.MixtureExpectation;
import io.github.sparklatent.mixture.em.MixtureLayout;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.gaussian.Centres;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.initialization.KMeansStart.NearestCentre;
import io.github.sparklatent.mixture.initialization.RandomRows;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;

/**
 * Fits a linear Gaussian model, in closed form or by EM: the model is a mixture of one component with a factored
 * covariance, whose noise has lower bounds instead of a ridge.
 */
public final class LinearTrainer {
    private LinearTrainer() {}

    /**
     * Fits a model.
     *
     * @param data the rows
     * @param from state to resume EM from; null to start
     * @param listener receives the rounds of EM
     * @throws DataException if there are too many columns, if the rows do not vary, or if they have no finite
     *     covariance
     * @throws OptionsException if there are not more columns than latent variables
     */
    public static LinearFit fit(
            RowBlocks data, LinearOptions options, EmState<MixedMixture> from, EmListener<MixedMixture> listener) {
        requireColumns(data.width(), options);
        return options.fit().hasRounds() ? em(data, options, from, listener) : closedForm(data, options);
    }

    private static LinearFit em(
            RowBlocks data, LinearOptions options, EmState<MixedMixture> from, EmListener<MixedMixture> listener) {
        double[] means = ColumnMoments.means(data);
        double[] variances = ColumnMoments.variances(data, means);
        double total = Arrays.stream(variances).sum();
        if (!Double.isFinite(total)) {
            throw tooLarge();
        }
        requireVariation(data, means, total);
        double[] bounds = bounds(variances, options);
        MixedMixture start = start(means, variances, bounds, options);
        EmResult<MixedMixture> result = EmLoop.run(
                new MixtureEm(MixtureLayout.of(start), 0, ComponentPrior.of(CovariancePrior.above(bounds)))
                        .withAcceleration(true),
                data,
                from == null ? EmState.start(start) : from,
                options.stopping(),
                listener);
        MixtureParameters fitted = result.model().gaussian();
        LinearGaussian model = fitted.linear(0).canonical();
        double[] explained = model.squaredLengths();
        for (int i = 0; model.isIsotropic() && i < explained.length; i++) {
            explained[i] += model.noise(0);
        }
        return new LinearFit(
                options,
                model,
                result.sums()[StatisticsLayout.WEIGHT],
                result.objective(),
                explained,
                data.isComplete()
                        ? total
                        : IntStream.range(0, data.width())
                                .mapToDouble(j -> fitted.variance(0, j))
                                .sum(),
                result.rounds(),
                result.converged(),
                result.history(),
                IntStream.range(0, model.isIsotropic() ? 0 : data.width())
                        .filter(j -> model.noise(j) <= bounds[j] && variances[j] > 0)
                        .toArray());
    }

    public static LinearFit fit(RowBlocks data, LinearOptions options) {
        return fit(data, options, null, (round, state) -> {});
    }

    /**
     * Checks the number of columns. The width of some tables is known before their rows are read.
     *
     * @throws DataException if there are too many columns for the method of fitting, or only one
     * @throws OptionsException if there are not more columns than latent variables
     */
    public static void requireColumns(int columns, LinearOptions options) {
        if (!options.fit().hasRounds() && columns > LinearOptions.MAX_COLUMNS) {
            throw new DataException(
                    "the rows have %d columns, but %s collects the covariance of at most %d: set model.fit = em, or select fewer columns"
                            .formatted(columns, options.fit(), LinearOptions.MAX_COLUMNS));
        }
        if (options.latent() >= columns) {
            throw new OptionsException(
                    "the rows have %d columns for %d latent variables, expected more columns than latent variables: use fewer latent variables or more columns"
                            .formatted(columns, options.latent()));
        }
    }

    /** Returns the lower bounds of the noise variances. */
    private static double[] bounds(double[] variances, LinearOptions options) {
        if (options.isotropic()) {
            return new double[] {options.regularization()};
        }
        double mean = Arrays.stream(variances).sum() / variances.length;
        double[] bounds = new double[variances.length];
        for (int j = 0; j < bounds.length; j++) { // a constant column gets a bound above 0, too
            bounds[j] = options.regularization() * (variances[j] > 0 ? variances[j] : mean);
            if (!(bounds[j] > 0 || variances[j] > 0)) {
                throw new DataException(
                        "column %d of the features is constant and the regularization is 0, so it has no noise to estimate: use a regularization above 0 or leave the column out"
                                .formatted(j));
            }
        }
        return bounds;
    }

    /**
     * Returns the mixture that EM starts from: random loadings that explain about half of the variance of each column.
     */
    private static MixedMixture start(double[] means, double[] variances, double[] bounds, LinearOptions options) {
        int d = means.length;
        int l = options.latent();
        double[] halves = new double[d];
        double mean = Arrays.stream(variances).sum() / d;
        Arrays.setAll(halves, j -> (options.isotropic() ? mean : variances[j]) / 2);
        RandomGenerator random = RandomStreams.of(options.seed(), Purpose.WEIGHTS);
        DMatrixRMaj loadings = new DMatrixRMaj(d, l);
        Arrays.setAll(loadings.data, i -> Math.sqrt(halves[i / l] / l) * random.nextGaussian());
        double[] noise = new double[bounds.length];
        Arrays.setAll(noise, j -> Math.max(bounds[j], halves[j]));
        return MixedMixture.of(MixtureParameters.of(new LinearGaussian(means, loadings, noise)));
    }

    /**
     * Fits probabilistic PCA in closed form: the maximum likelihood of Tipping and Bishop (1999, section 3.2).
     *
     * <pre>
     *   S = U Λ Uᵀ                             (covariance of the rows)
     *   σ² = (tr S − Σ_{j ≤ l} λ_j) / (d − l)   (eq. 8)
     *   W  = U_l (Λ_l − σ² I)^½                (eq. 7, R = I)
     * </pre>
     *
     * <p>The sign of each axis is chosen so that its entry of greatest magnitude is positive.
     *
     * @throws DataException if the rows do not vary, are not complete, or have no finite covariance
     */
    private static LinearFit closedForm(RowBlocks data, LinearOptions options) {
        if (!data.isComplete()) {
            throw new DataException(
                    "the rows have missing values, but %s needs complete rows: fit by em".formatted(options.fit()));
        }
        int d = data.width();
        int latent = options.latent();
        double[] mean = ColumnMoments.means(data);
        DMatrixRMaj centre = DMatrixRMaj.wrap(1, d, mean);
        MixtureLayout layout =
                new MixtureLayout(MixedColumns.ofNumbers(d), new StatisticsLayout(CovarianceType.FULL, 1, d));
        double[] sums = data.sums(
                        "PPCA, covariance",
                        new MixtureExpectation(new NearestCentre(centre), Centres.around(centre), layout))
                .sums();
        DMatrixRMaj covariance = new MaximizationStep(layout.gaussian(), 0)
                .estimates(sums, centre)
                .covariances()
                .get(0);
        SymmetricEigen eigen = eigen(covariance, latent);
        double[] variances = new double[eigen.size()];
        Arrays.setAll(variances, j -> Math.max(0, eigen.value(j)));
        double explained = Arrays.stream(variances, 0, latent).sum();
        double others = variances.length == d
                ? Arrays.stream(variances, latent, d).sum()
                : Math.max(0, CommonOps_DDRM.trace(covariance) - explained);
        double total = explained + others;
        requireVariation(data, mean, total);
        double noise = noise(others / (d - latent), options);
        DMatrixRMaj loadings = new DMatrixRMaj(d, latent);
        for (int l = 0; l < latent; l++) {
            double[] axis = eigen.vector(l);
            double length = Math.sqrt(Math.max(0, variances[l] - noise)) * LinearGaussian.sign(axis);
            for (int j = 0; j < d; j++) {
                loadings.unsafe_set(j, l, length * axis[j]);
            }
        }
        return new LinearFit(
                options,
                new LinearGaussian(mean, loadings, noise),
                sums[StatisticsLayout.WEIGHT],
                meanLogLikelihood(Arrays.copyOf(variances, latent), others, d, noise),
                variances,
                total,
                1,
                true,
                List.of(),
                new int[0]);
    }

    private static double noise(double meanOfOthers, LinearOptions options) {
        double noise = Math.max(meanOfOthers, options.regularization());
        if (!(noise > 0)) {
            throw new DataException(
                    "the rows vary in at most %d directions and the regularization is 0, so there is no noise to estimate: use a regularization above 0 or fewer latent variables"
                            .formatted(options.latent()));
        }
        return noise;
    }

    private static SymmetricEigen eigen(DMatrixRMaj covariance, int latent) {
        if (MatrixFeatures_DDRM.hasUncountable(covariance)) {
            throw tooLarge();
        }
        return SymmetricEigen.leading(covariance, latent)
                .orElseThrow(() -> new DataException(
                        "the eigenvalues of the covariance of %d columns did not converge: scale the columns or select fewer"
                                .formatted(covariance.numRows)));
    }

    /**
     * Returns the mean log-likelihood of the rows that the covariance was computed from (eq. 4): −½ (d log 2π + log |C|
     * + tr(C⁻¹ S)). C has the eigenvalues |w_j|² + σ² along the first l axes and σ² along the others.
     *
     * @param variances variances along the first l axes. Not modified.
     * @param others sum of the variances along the others
     */
    private static double meanLogLikelihood(double[] variances, double others, int d, double noise) {
        double sum = d * Math.log(2 * Math.PI) + (d - variances.length) * Math.log(noise) + others / noise;
        for (double variance : variances) {
            double model = Math.max(noise, variance);
            sum += Math.log(model) + variance / model;
        }
        return -0.5 * sum;
    }

    /**
     * Requires two different rows. Of equal rows, the rounding of their mean, up to n u |μ| with unit round-off u, may
     * leave a variance.
     *
     * @param mean mean of each column. Not modified.
     * @param total sum of the variances of the columns
     * @throws DataException if the rows do not vary
     */
    private static void requireVariation(RowBlocks data, double[] mean, double total) {
        double rounding = 0;
        for (double value : mean) {
            rounding += Math.pow(data.rows() * Math.ulp(value), 2);
        }
        if (total == 0
                || total <= rounding
                        && data.smallest("distinct rows", new RandomRows(0), 2).size() < 2) {
            throw new DataException(
                    "the rows do not vary: the variance of all columns is 0 in the %d training rows, expected rows that differ; check which rows and columns are selected"
                            .formatted(data.rows()));
        }
    }

    private static DataException tooLarge() {
        return new DataException("the covariance of the rows is not finite, because the numbers are too large to"
                + " be squared: scale the columns");
    }
}
