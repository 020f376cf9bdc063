package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import org.apache.commons.math3.util.MathArrays;
import org.ejml.data.DMatrixRMaj;

/** Compares the parameters of two mixtures. */
public final class Parameters {
    private Parameters() {}

    /** Returns the component whose mean has the least distance to a point. */
    public static int nearest(MixtureParameters mixture, double... point) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < mixture.components(); k++) {
            double distance = MathArrays.distance(TestMatrices.row(mixture.means(), k), point);
            if (distance < least) {
                least = distance;
                nearest = k;
            }
        }
        return nearest;
    }

    /**
     * Each parameter differs by at most the tolerance times its natural scale.
     *
     * <p>A weight is measured against itself; a mean against the larger of |μ| and the column's deviation in the
     * component, as data are rounded in the one and spread by the other; a covariance against the two deviations, since
     * |Σ_ij| ≤ σ_i σ_j. A diagonal entry of Σ is thus measured against itself, and the units of a column do not matter.
     */
    public static void assertClose(MixtureParameters found, MixtureParameters expected, double tolerance) {
        for (int k = 0; k < expected.components(); k++) {
            double weight = expected.weight(k);
            assertThat(found.weight(k)).isCloseTo(weight, within(tolerance * weight));
            DMatrixRMaj covariance = found.covariance(k);
            DMatrixRMaj expectedCovariance = expected.covariance(k);
            for (int i = 0; i < expected.dimension(); i++) {
                double deviation = Math.sqrt(expected.variance(k, i));
                double mean = expected.means().get(k, i);
                assertThat(found.means().get(k, i))
                        .as("mean %d, column %d", k, i)
                        .isCloseTo(mean, within(tolerance * Math.max(Math.abs(mean), deviation)));
                for (int j = 0; j < expected.dimension(); j++) {
                    double scale = deviation * Math.sqrt(expected.variance(k, j));
                    assertThat(covariance.get(i, j))
                            .as("covariance %d, columns %d and %d", k, i, j)
                            .isCloseTo(expectedCovariance.get(i, j), within(tolerance * scale));
                }
            }
        }
    }
}
