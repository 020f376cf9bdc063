package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.DivergedException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** Makes covariances of a mixture positive definite. */
public final class MixtureRepair {
    private static final double LEAST_NOISE = 1e-10;

    private MixtureRepair() {}

    /**
     * Returns a copy of a mixture in which every covariance is positive definite. The method is used for parameters
     * that this library did not compute.
     *
     * @param mixture mixture to repair. Not modified.
     * @param events receives a sentence for each covariance that was repaired. Modified.
     * @throws io.github.sparklatent.learn.DivergedException if a covariance cannot be repaired
     */
    public static MixtureParameters of(MixtureParameters mixture, List<String> events) {
        if (mixture.type().isFactored()) {
            return mixture; // its noise variances are above 0
        }
        List<DMatrixRMaj> covariances =
                mixture.covariances().stream().map(DMatrixRMaj::copy).toList();
        covariances(mixture.type(), covariances, mixture.weights(), mixture.means(), events);
        return MixtureParameters.of(mixture.type(), mixture.weights(), mixture.means(), covariances);
    }

    /**
     * Returns the repair of the noise variances of a mixture with factored covariances: it raises those that are not
     * above rounding error, or below the share {@link #LEAST_NOISE} of the column's mean variance. Then the loadings
     * would reproduce the column, and I would be lost in the rounding of I + WᵀΨ⁻¹W.
     */
    static Noise noise(MixtureParameters mixture) {
        int d = mixture.dimension();
        double[] variances = new double[d];
        for (int k = 0; k < mixture.components(); k++) {
            for (int j = 0; j < d; j++) {
                variances[j] += mixture.weight(k) * mixture.variance(k, j);
            }
        }
        double[] magnitudes = magnitudes(mixture.means(), 0, mixture.components());
        boolean one = mixture.type() == CovarianceType.PPCA;
        double[] least = one ? new double[] {Arrays.stream(variances).sum() / d} : variances;
        return new Noise(mixture, least, new CovarianceRepair(least, one ? greatest(magnitudes) : magnitudes));
    }

    /**
     * The repair of noise variances.
     *
     * @param variances mean variance of each column, or of all columns together
     */
    record Noise(MixtureParameters mixture, double[] variances, CovarianceRepair repair) {
        /**
         * Repairs one component.
         *
         * @param noise as many numbers as the component has. Modified.
         * @param events receives a sentence if a variance was at rounding error. Modified.
         */
        void apply(double[] noise, int component, List<String> events) {
            for (int j = 0; j < noise.length; j++) {
                noise[j] = Math.max(noise[j], LEAST_NOISE * variances[j]);
            }
            double[] magnitudes = magnitudes(mixture.means(), component, component + 1);
            repair.diagonal(
                    DMatrixRMaj.wrap(1, noise.length, noise),
                    0,
                    noise.length == 1 ? greatest(magnitudes) : magnitudes,
                    name(mixture.type(), component),
                    events);
        }
    }

    /**
     * Repairs covariances in place.
     *
     * @param covariances covariances in the form of {@link MixtureParameters#of}. Modified if not positive definite.
     * @param weights k numbers of sum 1. Not modified.
     * @param means k × d. Not modified.
     * @param events receives a sentence for each covariance that was repaired. Modified.
     */
    static void covariances(
            CovarianceType type,
            List<DMatrixRMaj> covariances,
            double[] weights,
            DMatrixRMaj means,
            List<String> events) {
        requireFinite(type, covariances);
        double[] greatest = magnitudes(means, 0, means.numRows);
        if (type == CovarianceType.SPHERICAL) {
            greatest = greatest(greatest);
        }
        CovarianceRepair repair = new CovarianceRepair(variances(type, type.pooled(weights, covariances)), greatest);
        switch (type) {
            case FULL ->
                repair.full(
                        IntStream.range(0, means.numRows)
                                .mapToObj(k -> new CovarianceRepair.Named(
                                        covariances.get(k), magnitudes(means, k, k + 1), name(type, k)))
                                .toList(),
                        events);
            case TIED ->
                repair.full(List.of(new CovarianceRepair.Named(covariances.get(0), greatest, name(type, 0))), events);
            case DIAGONAL, SPHERICAL -> {
                for (int k = 0; k < means.numRows; k++) {
                    double[] magnitudes = magnitudes(means, k, k + 1);
                    repair.diagonal(
                            covariances.get(0),
                            k,
                            type == CovarianceType.SPHERICAL ? greatest(magnitudes) : magnitudes,
                            name(type, k),
                            events);
                }
            }
            case FACTOR, PPCA -> throw new IllegalArgumentException("factored covariances are never singular");
        }
    }

    private static String name(CovarianceType type, int component) {
        return type == CovarianceType.TIED ? "the tied covariance" : "the covariance of component " + component;
    }

    private static void requireFinite(CovarianceType type, List<DMatrixRMaj> covariances) {
        for (int m = 0; m < covariances.size(); m++) {
            DMatrixRMaj matrix = covariances.get(m);
            for (int i = 0; i < matrix.getNumElements(); i++) {
                if (!Double.isFinite(matrix.data[i])) {
                    throw new DivergedException(name(type, type == CovarianceType.FULL ? m : i / matrix.numCols)
                            + " holds "
                            + matrix.data[i]
                            + ", expected finite numbers: squares of the data overflow");
                }
            }
        }
    }

    /** Returns the diagonal of a pooled covariance. */
    private static double[] variances(CovarianceType type, DMatrixRMaj pooled) {
        boolean square = type.isSquare();
        double[] variances = new double[pooled.numCols];
        for (int j = 0; j < variances.length; j++) {
            variances[j] = pooled.get(square ? j : 0, j);
        }
        return variances;
    }

    /** Returns the greatest |μ_kj| of each column over some components. */
    private static double[] magnitudes(DMatrixRMaj means, int from, int to) {
        double[] greatest = new double[means.numCols];
        for (int k = from; k < to; k++) {
            for (int j = 0; j < greatest.length; j++) {
                greatest[j] = Math.max(greatest[j], Math.abs(means.get(k, j)));
            }
        }
        return greatest;
    }

    private static double[] greatest(double[] magnitudes) {
        return new double[] {Arrays.stream(magnitudes).max().orElse(0)};
    }
}
