package io.github.sparklatent.mixture.stochastic;

import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.mixture.em.MaximizationStep;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.gaussian.MixtureRepair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Unconstrained parameters θ of the mixtures around a reference mixture π⁰, μ⁰, Σ⁰ = L Lᵀ, which has θ = 0.
 *
 * <pre>
 *   weights       π_k ∝ π⁰_k exp(θ_k)                                     k numbers
 *   means         μ_k = μ⁰_k + L_k a_k                                     k × d
 *   covariances   Σ_k = (L_k A_k) (L_k A_k)ᵀ, A lower triangular,          the lower triangle of A by rows;
 *                 with the exponential of a parameter on its diagonal      diagonal: d logarithms; spherical: one
 * </pre>
 *
 * <p>In these parameters, a step of a given length does the same to a table in other units.
 */
public final class LogCholesky {
    private final MixtureParameters reference;
    private final StatisticsLayout layout;
    private final List<DMatrixRMaj> factors = new ArrayList<>();
    private final Products products = new Products();

    public LogCholesky(MixtureParameters reference) {
        this.reference = reference;
        this.layout = StatisticsLayout.of(reference);
        if (isDense()) {
            for (DMatrixRMaj covariance : reference.covariances()) {
                factors.add(Cholesky.of(covariance)
                        .orElseThrow(LogCholesky::diverged)
                        .lower());
            }
        }
    }

    private boolean isDense() {
        return reference.type().isSquare();
    }

    private boolean isTied() {
        return reference.type() == CovarianceType.TIED;
    }

    /** Returns the number of parameters of mixtures with this layout. */
    public static int length(StatisticsLayout layout) {
        int k = layout.components();
        int d = layout.dimension();
        return Math.toIntExact(k * (1L + d) + layout.type().freeParameters(k, d, 0));
    }

    /** Returns the number of parameters of one covariance. */
    private int spread() {
        return Math.toIntExact(layout.type().freeParameters(1, layout.dimension(), 0));
    }

    /** Returns the index of the logarithm on the diagonal of A in row i; i is 0 if the covariance is spherical. */
    public int diagonal(int index, int i) {
        return spread(index) + (isDense() ? i * (i + 3) / 2 : i);
    }

    private int means() {
        return layout.components();
    }

    /** Returns the index of the first parameter of one covariance. */
    private int spread(int index) {
        return layout.components() * (1 + layout.dimension()) + index * spread();
    }

    /** Returns the lower triangle A of one covariance. */
    private DMatrixRMaj triangle(double[] parameters, int index) {
        int d = layout.dimension();
        DMatrixRMaj a = new DMatrixRMaj(d, d);
        int at = spread(index);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++, at++) {
                a.unsafe_set(i, j, i == j ? StrictMath.exp(parameters[at]) : parameters[at]);
            }
        }
        return a;
    }

    /** Returns the mixture with these parameters, its covariances repaired as in EM. */
    public MixtureParameters at(double[] parameters) {
        return at(parameters, new ArrayList<>());
    }

    /** Returns the same, and adds a sentence for each repair to the warnings. */
    MixtureParameters at(double[] parameters, List<String> warnings) {
        int d = layout.dimension();
        double[] weights = new double[layout.components()];
        double total = 0;
        for (int k = 0; k < weights.length; k++) {
            weights[k] = reference.weight(k) * StrictMath.exp(parameters[k]);
            total += weights[k];
        }
        DMatrixRMaj means = new DMatrixRMaj(reference.means());
        for (int k = 0; k < weights.length; k++) {
            weights[k] /= total;
            for (int i = 0; i < d; i++) {
                double shift = 0;
                for (int j = isDense() ? 0 : i; j <= i; j++) {
                    shift += deviation(k, i, j) * parameters[means() + k * d + j];
                }
                means.data[k * d + i] += shift;
            }
        }
        requireFinite(total, means);
        return MixtureRepair.of(
                MixtureParameters.of(reference.type(), weights, means, covariances(parameters)), warnings);
    }

    private static void requireFinite(double total, DMatrixRMaj means) {
        boolean finite = total > 0 && Double.isFinite(total);
        for (int i = 0; finite && i < means.getNumElements(); i++) {
            finite = Double.isFinite(means.data[i]);
        }
        if (!finite) {
            throw diverged();
        }
    }

    private static DivergedException diverged() {
        return new DivergedException("the fit diverged: use a smaller train.learningRate");
    }

    /** Returns element (i, j) of L_k. */
    private double deviation(int k, int i, int j) {
        return isDense() ? factors.get(isTied() ? 0 : k).unsafe_get(i, j) : Math.sqrt(reference.variance(k, j));
    }

    private List<DMatrixRMaj> covariances(double[] parameters) {
        List<DMatrixRMaj> covariances = new ArrayList<>();
        if (isDense()) {
            for (int i = 0; i < factors.size(); i++) {
                int d = layout.dimension();
                DMatrixRMaj factor = new DMatrixRMaj(d, d);
                DMatrixRMaj covariance = new DMatrixRMaj(d, d);
                products.addProduct(factors.get(i), triangle(parameters, i), factor);
                products.addOuter(factor, factor, covariance);
                CommonOps_DDRM.symmLowerToFull(covariance);
                covariances.add(covariance);
            }
            return covariances;
        }
        int columns = spread();
        DMatrixRMaj variances = new DMatrixRMaj(layout.components(), columns);
        for (int k = 0; k < variances.numRows; k++) {
            for (int j = 0; j < columns; j++) {
                variances.set(k, j, reference.variance(k, j) * StrictMath.exp(2 * parameters[spread(k) + j]));
            }
        }
        covariances.add(variances);
        return covariances;
    }

    /**
     * Computes the derivatives of minus the mean log-likelihood, which is a sum of expectations under the posterior of
     * the components (Fisher's identity). They are zero where an M-step changes nothing, so its prior and its
     * regularisation count as in EM.
     *
     * @param parameters θ of the current mixture
     * @param current mixture with these parameters
     * @param statistics centred at its means, scaled to the weight of all rows; each N_k above 0. Modified.
     * @return the derivatives with respect to θ
     */
    public double[] gradient(
            double[] parameters, MixtureParameters current, double[] statistics, MaximizationStep step) {
        double[] gradient = new double[parameters.length];
        int d = layout.dimension();
        double[] sizes = layout.sizes(statistics);
        double weight = Arrays.stream(sizes).sum();
        DMatrixRMaj sums = new DMatrixRMaj(sizes.length, d);
        System.arraycopy(statistics, layout.sums(), sums.data, 0, sums.getNumElements());
        // Without its sums, the M-step gives the covariances around the current means.
        Arrays.fill(statistics, layout.sums(), layout.sums() + sums.getNumElements(), 0);
        List<DMatrixRMaj> targets =
                step.maximize(statistics, current.means(), new ArrayList<>()).covariances();
        for (int k = 0; k < sizes.length; k++) {
            gradient[k] = current.weight(k) - sizes[k] / weight;
        }
        for (int i = 0; i < (isTied() ? 1 : sizes.length); i++) {
            double rows = step.rowsOfCovariance(isTied() ? weight : sizes[i]) / weight;
            if (isDense()) {
                DMatrixRMaj whitening = Cholesky.of(current.covariances().get(i))
                        .orElseThrow(LogCholesky::diverged)
                        .whitening();
                // A⁻ᵀ = Lᵀ B⁻ᵀ, where B = L A is the factor of the current covariance
                DMatrixRMaj inverse = new DMatrixRMaj(d, d);
                products.addTransposed(factors.get(i), whitening, inverse);
                spread(i, inverse, excess(targets.get(i), whitening), parameters, -rows, gradient);
                DMatrixRMaj precision = new DMatrixRMaj(d, d);
                products.addOuter(inverse, whitening, precision);
                for (int k = isTied() ? 0 : i; k < (isTied() ? sizes.length : i + 1); k++) {
                    mean(k, precision, sums, -1 / weight, gradient);
                }
            } else {
                for (int j = 0; j < spread(); j++) {
                    double ratio = targets.get(0).get(i, j) / current.variance(i, j);
                    double columns = (double) d / spread();
                    gradient[spread(i) + j] = -rows * columns * (ratio - 1);
                }
                for (int j = 0; j < d; j++) {
                    gradient[means() + i * d + j] =
                            -Math.sqrt(reference.variance(i, j)) * sums.get(i, j) / current.variance(i, j) / weight;
                }
            }
        }
        return gradient;
    }

    /** Returns B⁻¹ C B⁻ᵀ − I. */
    private DMatrixRMaj excess(DMatrixRMaj target, DMatrixRMaj whitening) {
        DMatrixRMaj excess = products.congruent(target, whitening);
        for (int i = 0; i < excess.numRows; i++) {
            excess.data[i * excess.numCols + i] -= 1;
        }
        return excess;
    }

    /** Writes factor times the lower triangle of A⁻ᵀ E, by the chain rule of the diagonal. */
    private void spread(
            int index, DMatrixRMaj inverse, DMatrixRMaj excess, double[] parameters, double factor, double[] gradient) {
        DMatrixRMaj product = new DMatrixRMaj(inverse.numRows, inverse.numCols);
        products.addProduct(inverse, excess, product);
        int at = spread(index);
        for (int i = 0; i < product.numRows; i++) {
            for (int j = 0; j <= i; j++, at++) {
                double chain = i == j ? StrictMath.exp(parameters[at]) : 1;
                gradient[at] = factor * chain * product.unsafe_get(i, j);
            }
        }
    }

    /** Writes factor Lᵀ Σ⁻¹ s_k. */
    private void mean(int k, DMatrixRMaj precision, DMatrixRMaj sums, double factor, double[] gradient) {
        int d = layout.dimension();
        for (int i = 0; i < d; i++) {
            double sum = 0;
            for (int j = 0; j < d; j++) {
                sum += precision.unsafe_get(i, j) * sums.unsafe_get(k, j);
            }
            gradient[means() + k * d + i] = factor * sum;
        }
    }
}
