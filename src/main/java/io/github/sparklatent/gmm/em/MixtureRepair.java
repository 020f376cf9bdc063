package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.Mixture;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Makes covariances of a mixture positive definite. */
public final class MixtureRepair {
    private MixtureRepair() {}

    /**
     * Returns a copy of a mixture in which every covariance is positive definite. For parameters
     * that this library did not compute.
     *
     * @param mixture Not modified.
     * @param events receives a sentence for each covariance that was repaired. Modified.
     * @throws io.github.sparklatent.learn.DivergedException if a covariance cannot be repaired
     */
    public static Mixture of(Mixture mixture, List<String> events) {
        List<DMatrixRMaj> covariances =
                mixture.covariances().stream().map(DMatrixRMaj::copy).toList();
        covariances(mixture.type(), covariances, mixture.means(), events);
        return Mixture.of(mixture.type(), mixture.weights(), mixture.means(), covariances);
    }

    /**
     * Repairs covariances in place.
     *
     * @param covariances in the form of {@link Mixture#of}. Modified if not positive definite.
     * @param means k × d. Not modified.
     * @param events receives a sentence for each covariance that was repaired. Modified.
     */
    static void covariances(
            CovarianceType type,
            List<DMatrixRMaj> covariances,
            DMatrixRMaj means,
            List<String> events) {
        if (type == CovarianceType.TIED) {
            double[] magnitudes = magnitudes(means, 0, means.numRows);
            CovarianceRepair.full(covariances.get(0), magnitudes, "the tied covariance", events);
            return;
        }
        for (int k = 0; k < means.numRows; k++) {
            double[] magnitudes = magnitudes(means, k, k + 1);
            String name = "the covariance of component " + k;
            switch (type) {
                case FULL -> CovarianceRepair.full(covariances.get(k), magnitudes, name, events);
                case SPHERICAL ->
                        CovarianceRepair.diagonal(
                                covariances.get(0), k, greatest(magnitudes), name, events);
                default ->
                        CovarianceRepair.diagonal(covariances.get(0), k, magnitudes, name, events);
            }
        }
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
