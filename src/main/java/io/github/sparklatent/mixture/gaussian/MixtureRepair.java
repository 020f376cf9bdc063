package io.github.sparklatent.mixture.gaussian;

import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.linalg.Cholesky;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Makes covariances of a mixture positive definite. */
public final class MixtureRepair {
    private static final double MIN_NOISE = 1e-10;

    private MixtureRepair() {}

    /**
     * Returns a copy of a mixture in which every covariance is positive definite. The method is used for parameters
     * that this library did not compute.
     *
     * @param mixture mixture to repair. Not modified.
     * @param warnings receives a sentence for each covariance that was repaired. Modified.
     * @throws io.github.sparklatent.learn.DivergedException if a covariance cannot be repaired
     */
    public static MixtureParameters of(MixtureParameters mixture, List<String> warnings) {
        if (mixture.type().isFactored()) {
            return mixture; // its noise variances are above 0
        }
        List<DMatrixRMaj> covariances =
                mixture.covariances().stream().map(DMatrixRMaj::copy).toList();
        covariances(mixture.type(), covariances, mixture.weights(), mixture.means(), null, warnings);
        return MixtureParameters.of(mixture.type(), mixture.weights(), mixture.means(), covariances);
    }

    /**
     * Returns the repair of the noise variances of a mixture with factored covariances: it raises those that are not
     * above rounding error, or below the share {@link #MIN_NOISE} of the column's mean variance. Then the loadings
     * would reproduce the column, and I would be lost in the rounding of I + WᵀΨ⁻¹W.
     *
     * @param numbers number of each component in sentences; null: its place
     */
    public static Noise noise(MixtureParameters mixture, List<Integer> numbers) {
        int d = mixture.dimension();
        double[] variances = new double[d];
        for (int k = 0; k < mixture.components(); k++) {
            for (int j = 0; j < d; j++) {
                variances[j] += mixture.weight(k) * mixture.variance(k, j);
            }
        }
        boolean one = mixture.type() == CovarianceType.PPCA;
        double[] least = one ? new double[] {Arrays.stream(variances).sum() / d} : variances;
        double[] magnitudes = magnitudes(mixture.means(), 0, mixture.components(), one);
        return new Noise(mixture, numbers, least, new CovarianceRepair(least, magnitudes));
    }

    /**
     * The repair of noise variances.
     *
     * @param variances mean variance of each column, or of all columns together
     */
    public record Noise(MixtureParameters mixture, List<Integer> numbers, double[] variances, CovarianceRepair repair) {
        /**
         * Repairs one component.
         *
         * @param noise as many numbers as the component has. Modified.
         * @param warnings receives a sentence if a variance was at rounding error. Modified.
         */
        public void apply(double[] noise, int component, List<String> warnings) {
            for (int j = 0; j < noise.length; j++) {
                noise[j] = Math.max(noise[j], MIN_NOISE * variances[j]);
            }
            repair.diagonal(
                    DMatrixRMaj.wrap(1, noise.length, noise),
                    0,
                    magnitudes(mixture.means(), component, component + 1, noise.length == 1),
                    name(mixture.type(), numbers, component),
                    warnings);
        }
    }

    /**
     * Repairs covariances in place.
     *
     * @param covariances covariances in the form of {@link MixtureParameters#of}. Modified if not positive definite.
     * @param weights k numbers of sum 1. Not modified.
     * @param means k × d. Not modified.
     * @param numbers number of each component in sentences; null: its place
     * @param warnings receives a sentence for each covariance that was repaired. Modified.
     */
    public static void covariances(
            CovarianceType type,
            List<DMatrixRMaj> covariances,
            double[] weights,
            DMatrixRMaj means,
            List<Integer> numbers,
            List<String> warnings) {
        requireFinite(type, covariances, numbers);
        boolean one = type == CovarianceType.SPHERICAL;
        DMatrixRMaj pooled = type.pooled(weights, covariances);
        CovarianceRepair repair = new CovarianceRepair(
                (type.isSquare() ? CommonOps_DDRM.extractDiag(pooled, null) : pooled).data,
                magnitudes(means, 0, means.numRows, one));
        switch (type) {
            case FULL, TIED ->
                repair.full(
                        IntStream.range(0, covariances.size())
                                .mapToObj(k -> new CovarianceRepair.Named(
                                        covariances.get(k),
                                        magnitudes(
                                                means, k, type == CovarianceType.TIED ? means.numRows : k + 1, false),
                                        name(type, numbers, k)))
                                .toList(),
                        warnings);
            case DIAGONAL, SPHERICAL -> {
                for (int k = 0; k < means.numRows; k++) {
                    repair.diagonal(
                            covariances.get(0), k, magnitudes(means, k, k + 1, one), name(type, numbers, k), warnings);
                }
            }
            case FACTOR, PPCA -> throw new IllegalArgumentException("factored covariances are never singular");
        }
    }

    /** Returns the name of a covariance in sentences. */
    static String name(CovarianceType type, List<Integer> numbers, int component) {
        return type == CovarianceType.TIED
                ? "the tied covariance"
                : "the covariance of component " + (numbers == null ? component : numbers.get(component));
    }

    private static void requireFinite(CovarianceType type, List<DMatrixRMaj> covariances, List<Integer> numbers) {
        for (int m = 0; m < covariances.size(); m++) {
            DMatrixRMaj matrix = covariances.get(m);
            for (int i = 0; i < matrix.getNumElements(); i++) {
                if (!Double.isFinite(matrix.data[i])) {
                    throw new DivergedException("%s holds %s, expected finite numbers: squares of the data overflow"
                            .formatted(
                                    name(type, numbers, type == CovarianceType.FULL ? m : i / matrix.numCols),
                                    matrix.data[i]));
                }
            }
        }
    }

    /** Returns the greatest |μ_kj| of each column, or of all columns together, over some components. */
    private static double[] magnitudes(DMatrixRMaj means, int from, int to, boolean together) {
        double[] greatest = new double[together ? 1 : means.numCols];
        for (int k = from; k < to; k++) {
            for (int j = 0; j < means.numCols; j++) {
                int at = together ? 0 : j;
                greatest[at] = Math.max(greatest[at], Math.abs(means.get(k, j)));
            }
        }
        return greatest;
    }

    /**
     * Makes covariances of a mixture positive definite. Every covariance that is not gets the same small variances
     * added to its diagonal. In column j this is
     *
     * <pre>
     *   ρ s_j,   s_j = Σ_k π_k σ_kjj
     * </pre>
     *
     * where ρ is the first of 10⁻¹², 10⁻¹¹, ... that suffices for all of these covariances. So columns may have any
     * units, and a direction without variance adds the same number to the log density of each component: no component
     * gains rows by it.
     *
     * <p>A variance up to the square of the precision of the mean is a rounding error of either sign and counts as 0.
     * In a column in which s_j is 0 in this sense, the mean of all s takes its place, rounded up to a power of ten. The
     * likelihood then does not change with it from round to round. Columns in other units, with much smaller but real
     * variances, are not changed.
     */
    static final class CovarianceRepair {
        private static final double FIRST_SHARE = 1e-12;
        private static final double STEP = 10;
        private static final int RUNGS = 40;

        /**
         * Smallest share of a variance that is left after regression on the columns before it. Sums of n rounded
         * products leave up to n u of collinear columns, where u is 10⁻¹⁶.
         */
        private static final double MIN_PIVOT = 1e-14;

        /** Smallest variance whose inverse, and sums of such inverses, stay finite. */
        private static final double LEAST = Double.MIN_NORMAL / Math.ulp(1.0);

        private final double[] added;

        /**
         * Prepares the repair of the covariances of a mixture.
         *
         * @param variances s, the mean variance of each column over the components. Not modified.
         * @param magnitudes greatest absolute value of the means in each column. Not modified.
         */
        CovarianceRepair(double[] variances, double[] magnitudes) {
            double mean = Math.max(Arrays.stream(variances).average().orElse(0), 0);
            added = new double[variances.length];
            for (int j = 0; j < added.length; j++) {
                added[j] = isAboveRounding(variances[j], magnitudes[j])
                        ? FIRST_SHARE * variances[j]
                        : powerOfTen(Math.max(FIRST_SHARE * mean, STEP * LEAST));
                added[j] = Math.max(added[j], STEP * leastVariance(magnitudes[j]));
            }
        }

        /**
         * A covariance to be repaired.
         *
         * @param matrix d × d, symmetric. Modified by the repair.
         * @param magnitudes absolute values of the mean, d numbers. Not to be modified.
         * @param name name of the covariance in the description of the repair
         */
        record Named(DMatrixRMaj matrix, double[] magnitudes, String name) {
            boolean isUsable() {
                for (int j = 0; j < magnitudes.length; j++) {
                    if (!isAboveRounding(matrix.get(j, j), magnitudes[j])) {
                        return false;
                    }
                }
                return isPositiveDefinite(matrix);
            }
        }

        /**
         * Repairs matrices in place.
         *
         * @param covariances covariances of all components. Modified if not positive definite.
         * @param warnings receives a sentence for each matrix that was repaired. Modified.
         */
        void full(List<Named> covariances, List<String> warnings) {
            List<Named> flat =
                    covariances.stream().filter(each -> !each.isUsable()).toList();
            double factor = 1;
            for (Named each : flat) {
                factor = sufficient(each, factor);
            }
            for (Named each : flat) {
                add(each.matrix(), factor);
                warnings.add(sentence(
                        each.name()
                                + " was not positive definite; %.1e of each column's variance was added to its diagonal",
                        FIRST_SHARE * factor));
            }
        }

        /** Returns the first multiple of the variances, from a given one on, that suffices. */
        private double sufficient(Named covariance, double from) {
            double factor = from;
            for (int i = 0; i < RUNGS; i++, factor *= STEP) {
                DMatrixRMaj repaired = covariance.matrix().copy();
                add(repaired, factor);
                if (isPositiveDefinite(repaired)) {
                    return factor;
                }
            }
            throw new DivergedException(covariance.name() + " cannot be made positive definite");
        }

        private void add(DMatrixRMaj matrix, double factor) {
            for (int j = 0; j < added.length; j++) {
                matrix.data[j * added.length + j] += factor * added[j];
            }
        }

        /**
         * Raises the variances of one component that are not above rounding error.
         *
         * @param variances any number of rows × d. Modified.
         * @param row the component's row
         * @param magnitudes absolute values of the mean, d numbers
         */
        void diagonal(DMatrixRMaj variances, int row, double[] magnitudes, String name, List<String> warnings) {
            double greatest = 0;
            int raised = 0;
            for (int j = 0; j < added.length; j++) {
                if (!isAboveRounding(variances.get(row, j), magnitudes[j])) {
                    variances.set(row, j, added[j]);
                    greatest = Math.max(greatest, added[j]);
                    raised++;
                }
            }
            if (raised > 0) {
                String found = " had %d of %d variances that were 0".formatted(raised, added.length);
                warnings.add(sentence(name + found + "; they were set to at most %.1e", greatest));
            }
        }

        private static boolean isPositiveDefinite(DMatrixRMaj covariance) {
            return Cholesky.of(covariance)
                    .filter(factor -> {
                        for (int j = 0; j < covariance.numRows; j++) {
                            double root = factor.lower().get(j, j);
                            if (!(root * root > MIN_PIVOT * covariance.get(j, j))) {
                                return false;
                            }
                        }
                        return true;
                    })
                    .isPresent();
        }

        private static boolean isAboveRounding(double variance, double magnitude) {
            return variance > leastVariance(magnitude);
        }

        private static double leastVariance(double magnitude) {
            double precision = Math.ulp(1.0) * magnitude;
            return Math.max(precision * precision, LEAST);
        }

        /** Returns the smallest power of ten that is not below a number. */
        private static double powerOfTen(double number) {
            return StrictMath.pow(STEP, Math.ceil(StrictMath.log10(number) - 1e-9));
        }

        private static String sentence(String format, double value) {
            return String.format(Locale.ROOT, format, value);
        }
    }
}
