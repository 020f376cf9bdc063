package io.github.sparklatent.mixture.em;

import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.linear.LinearMaximization;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.gaussian.MixtureRepair;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The M-step: computes the parameters from sufficient statistics, without side effects.
 *
 * <pre>
 *   π_k = N_k / Σ N,   δ_k = s_k / N_k,   μ_k = c_k + δ_k,   Σ_k = S_k / N_k − δ_k δ_kᵀ + ε I
 * </pre>
 *
 * Source: Bishop 2006, eq. 9.24 to 9.27, written for statistics centred at c_k. A tied covariance is Σ_k (S_k − N_k δ_k
 * δ_kᵀ) / Σ N + ε I. A spherical variance is the mean of the diagonal ones. With a {@link CovariancePrior}, Σ_k moves
 * towards that of the prior before ε I is added. In a column whose variance is below {@value #SMALL}, an ε of at most
 * {@value #MAX_SHARE} falls in proportion to it. Factored covariances follow {@link LinearMaximization} for each
 * component.
 *
 * @param numbers number of each component in sentences; null: its place
 */
public record MaximizationStep(
        StatisticsLayout layout, double regularization, CovariancePrior prior, List<Integer> numbers)
        implements Serializable {
    /** Greatest ε that is a share of small variances; a greater one was chosen for its data. */
    private static final double MAX_SHARE = 1e-6;

    /** Variance of a column below which ε falls in proportion, so that a change of the unit does not hide groups. */
    private static final double SMALL = 0.01;

    /** Share of the squared mean at which a variance is rounding, and the column constant. */
    private static final double ROUNDING = 1e-24;

    /** Creates the step of all components; the regularization ε is added to each variance. */
    public MaximizationStep(StatisticsLayout layout, double regularization, CovariancePrior prior) {
        this(layout, regularization, prior, null);
    }

    /** Creates the step of maximum likelihood. */
    public MaximizationStep(StatisticsLayout layout, double regularization) {
        this(layout, regularization, CovariancePrior.NONE);
    }

    /**
     * Computes the parameters of all components; each N_k must be above 0.
     *
     * @param statistics sufficient statistics of the E-step under the mixture. Not modified.
     * @param mixture the mixture of the E-step
     * @param warnings receives a sentence for each covariance that was repaired. Modified.
     */
    public MixtureParameters maximize(double[] statistics, MixtureParameters mixture, List<String> warnings) {
        return layout.type().isFactored()
                ? factored(statistics, mixture, warnings)
                : maximize(statistics, mixture.means(), warnings);
    }

    /** Prior and ε apply to the noise variances. Bounds take the place of repairs. */
    private MixtureParameters factored(double[] statistics, MixtureParameters mixture, List<String> warnings) {
        double[] sizes = layout.sizes(statistics);
        double total = Arrays.stream(sizes).sum();
        double[] weights = new double[sizes.length];
        MixtureRepair.Noise repair = MixtureRepair.noise(mixture, numbers);
        double[] ridges = ridges(
                mixture.weights(),
                mixture.means(),
                mixture::variance,
                layout.type() == CovarianceType.PPCA ? 1 : layout.dimension());
        List<List<String>> repaired = new ArrayList<>();
        for (int k = 0; k < sizes.length; k++) {
            weights[k] = sizes[k] / total;
            repaired.add(new ArrayList<>());
        }
        List<LinearGaussian> models = // on all cores: the workers wait for the driver
                IntStream.range(0, sizes.length)
                        .parallel()
                        .mapToObj(k ->
                                LinearMaximization.of(mixture.linear(k), statistics, layout.scatter(k), noise -> {
                                    prior.apply(DMatrixRMaj.wrap(1, noise.length, noise), 0, sizes[k]);
                                    add(ridges, noise, 0, 1);
                                    if (prior.bounds() == null) {
                                        repair.apply(noise, k, repaired.get(k));
                                    } else {
                                        prior.bound(noise);
                                    }
                                    return noise;
                                }))
                        .toList();
        repaired.forEach(warnings::addAll);
        return MixtureParameters.of(layout.type(), weights, models);
    }

    /**
     * Returns the number of rows that a covariance of this step rests on: those of its components, and those of the
     * prior.
     *
     * @param size N_k; of all components together if the covariance is tied
     */
    public double rowsOfCovariance(double size) {
        return size + prior.weight();
    }

    /**
     * Computes the parameters of all components; each N_k must be above 0.
     *
     * @param statistics sufficient statistics in the layout. Not modified.
     * @param centres c, k × d. Not modified.
     * @param warnings receives a sentence for each covariance that was repaired. Modified.
     */
    public MixtureParameters maximize(double[] statistics, DMatrixRMaj centres, List<String> warnings) {
        return estimates(statistics, centres).mixture(this, warnings);
    }

    /**
     * Parameters before the covariances are repaired.
     *
     * @param weights k numbers of sum 1
     * @param means k × d
     * @param covariances in the form of {@link MixtureParameters#of}
     */
    public record Estimates(double[] weights, DMatrixRMaj means, List<DMatrixRMaj> covariances) {
        /**
         * Returns the mixture with these parameters.
         *
         * @param step that they follow from
         * @param warnings receives a sentence for each covariance that was repaired. Modified.
         */
        public MixtureParameters mixture(MaximizationStep step, List<String> warnings) {
            CovarianceType type = step.layout.type();
            MixtureRepair.covariances(type, covariances, weights, means, step.numbers, warnings);
            return MixtureParameters.of(type, weights, means, covariances);
        }
    }

    /**
     * Computes the parameters of all components without repairing them.
     *
     * @param statistics sufficient statistics in the layout; each N_k above 0. Not modified.
     * @param centres c, k × d. Not modified.
     */
    public Estimates estimates(double[] statistics, DMatrixRMaj centres) {
        double[] sizes = layout.sizes(statistics);
        double total = 0;
        for (double size : sizes) {
            total += size;
        }
        double[] weights = new double[sizes.length];
        DMatrixRMaj deltas = new DMatrixRMaj(sizes.length, layout.dimension());
        DMatrixRMaj means = new DMatrixRMaj(sizes.length, layout.dimension());
        for (int k = 0; k < sizes.length; k++) {
            weights[k] = sizes[k] / total;
            for (int j = 0; j < layout.dimension(); j++) {
                int at = k * layout.dimension() + j;
                deltas.data[at] = statistics[layout.sums() + at] / sizes[k];
                means.data[at] = centres.data[at] + deltas.data[at];
            }
        }
        List<DMatrixRMaj> covariances = switch (layout.type()) {
            case FULL -> full(statistics, sizes, deltas);
            case TIED -> List.of(tied(statistics, sizes, total, deltas));
            case DIAGONAL -> List.of(withPrior(diagonal(statistics, sizes, deltas), sizes));
            case SPHERICAL -> List.of(withPrior(spherical(diagonal(statistics, sizes, deltas)), sizes));
            case FACTOR, PPCA ->
                throw new IllegalArgumentException("factored covariances follow from the mixture of the E-step");
        };
        regularize(weights, means, covariances);
        return new Estimates(weights, means, covariances);
    }

    private List<DMatrixRMaj> full(double[] statistics, double[] sizes, DMatrixRMaj deltas) {
        List<DMatrixRMaj> covariances = new ArrayList<>();
        for (int k = 0; k < sizes.length; k++) {
            DMatrixRMaj covariance = layout.unpackTriangle(statistics, k);
            CommonOps_DDRM.divide(covariance, sizes[k]);
            addOuter(covariance, deltas, k, -1);
            prior.apply(covariance, 0, sizes[k]);
            covariances.add(covariance);
        }
        return covariances;
    }

    private DMatrixRMaj tied(double[] statistics, double[] sizes, double total, DMatrixRMaj deltas) {
        DMatrixRMaj covariance = layout.unpackTriangle(statistics, 0);
        CommonOps_DDRM.divide(covariance, total);
        for (int k = 0; k < sizes.length; k++) {
            addOuter(covariance, deltas, k, -sizes[k] / total);
        }
        prior.apply(covariance, 0, total);
        return covariance;
    }

    private DMatrixRMaj diagonal(double[] statistics, double[] sizes, DMatrixRMaj deltas) {
        DMatrixRMaj variances = new DMatrixRMaj(sizes.length, layout.dimension());
        for (int k = 0; k < sizes.length; k++) {
            for (int j = 0; j < layout.dimension(); j++) {
                int at = k * layout.dimension() + j;
                variances.data[at] = statistics[layout.scatter() + at] / sizes[k] - deltas.data[at] * deltas.data[at];
            }
        }
        return variances;
    }

    /** Applies the prior to variances, one row for each component. */
    private DMatrixRMaj withPrior(DMatrixRMaj variances, double[] sizes) {
        for (int k = 0; k < sizes.length; k++) {
            prior.apply(variances, k * variances.numCols, sizes[k]);
        }
        return variances;
    }

    private static DMatrixRMaj spherical(DMatrixRMaj variances) {
        DMatrixRMaj means = new DMatrixRMaj(variances.numRows, 1);
        for (int k = 0; k < variances.numRows; k++) {
            double sum = 0;
            for (int j = 0; j < variances.numCols; j++) {
                sum += variances.get(k, j);
            }
            means.set(k, 0, sum / variances.numCols);
        }
        return means;
    }

    /** Adds ε to covariances in the form of {@link Estimates}. Modifies them. */
    private void regularize(double[] weights, DMatrixRMaj means, List<DMatrixRMaj> covariances) {
        boolean isSquare = layout.type().isSquare();
        int width = covariances.get(0).numCols;
        double[] ridges = ridges(
                weights,
                means,
                (k, j) -> isSquare
                        ? covariances.get(Math.min(k, covariances.size() - 1)).get(j, j)
                        : covariances.get(0).get(k, Math.min(j, width - 1)),
                width);
        for (DMatrixRMaj covariance : covariances) {
            for (int from = 0; from < (isSquare ? 1 : covariance.getNumElements()); from += width) {
                add(ridges, covariance.data, from, isSquare ? width + 1 : 1);
            }
        }
    }

    private static void add(double[] ridges, double[] variances, int from, int step) {
        for (int j = 0; j < ridges.length; j++) {
            variances[from + j * step] += ridges[j];
        }
    }

    /** Returns the variance of a column within a component. */
    private interface Variance {
        double of(int component, int column);
    }

    /**
     * Returns ε of each column, or one of all columns together. Where a column varies little in the whole mixture, a
     * small ε is a share of its variance.
     */
    private double[] ridges(double[] weights, DMatrixRMaj means, Variance variance, int count) {
        double[] ridges = new double[count];
        Arrays.fill(ridges, regularization);
        if (regularization == 0 || regularization > MAX_SHARE) {
            return ridges;
        }
        int d = means.numCols;
        double[] variances = new double[count];
        double[] squares = new double[count];
        for (int j = 0; j < d; j++) {
            double mean = 0;
            for (int k = 0; k < weights.length; k++) {
                mean += weights[k] * means.get(k, j);
            }
            int at = Math.min(j, count - 1);
            squares[at] += mean * mean * count / d;
            for (int k = 0; k < weights.length; k++) {
                double distance = means.get(k, j) - mean;
                variances[at] += weights[k] * (variance.of(k, j) + distance * distance) * count / d;
            }
        }
        for (int j = 0; j < count; j++) {
            if (variances[j] > ROUNDING * squares[j]) {
                ridges[j] *= Math.min(1, variances[j] / SMALL);
            }
        }
        return ridges;
    }

    /**
     * Adds factor δ_k δ_kᵀ. The products are equal for (i, j) and (j, i), so the matrix stays exactly symmetric.
     *
     * @param sum d × d. Modified.
     * @param deltas δ, k × d. Not modified.
     */
    public static void addOuter(DMatrixRMaj sum, DMatrixRMaj deltas, int component, double factor) {
        int d = sum.numRows;
        int at = component * d;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                sum.data[i * d + j] += factor * (deltas.data[at + i] * deltas.data[at + j]);
            }
        }
    }
}
