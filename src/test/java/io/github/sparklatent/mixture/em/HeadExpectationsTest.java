package io.github.sparklatent.mixture.em;

import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationContract;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.initialization.KMeansStart.KMeans;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Nested;

/** The expectations that keep no scatter: evaluation, and the clusters of k-means. */
class HeadExpectationsTest {
    private static final int ROWS = 23;
    private static final MixtureParameters MIXTURE = TestMixtures.of(CovarianceType.FULL, 3, 2, 2, 0, 6);
    private static final DMatrixRMaj DATA = TestMixtures.rowsAround(MIXTURE, ROWS, 7);
    private static final double[] WEIGHTS = TestMixtures.weights(ROWS, 8);

    abstract static class Contract extends ExpectationContract {
        @Override
        protected DMatrixRMaj rows() {
            return DATA.copy();
        }

        @Override
        protected double[] weights() {
            return WEIGHTS;
        }
    }

    @Nested
    class Likelihood extends Contract {
        @Override
        protected Expectation expectation() {
            return WeightedResponsibilities.head(Fits.density(MIXTURE), MIXTURE.components());
        }

        @Override
        protected Naive naive() {
            double[] sums = Arrays.copyOf(
                    new NaiveExpectation(MixedMixture.of(MIXTURE)).sums(DATA, WEIGHTS), StatisticsLayout.SIZES + 3);
            double[] bounds = new double[sums.length];
            // n terms w_i log p, below 100 in magnitude and weights below 2.5, each off by 4 d u.
            Arrays.fill(bounds, ROWS * 2.5 * 100 * (4 * 2 + ROWS) * TestMatrices.U);
            return new Naive(sums, bounds);
        }
    }

    @Nested
    class NearestCentres extends Contract {
        @Override
        protected Expectation expectation() {
            return new KMeans(3).expectation(MIXTURE.means());
        }

        @Override
        protected Naive naive() {
            DMatrixRMaj centres = MIXTURE.means();
            double[] sums = new double[StatisticsLayout.SIZES + 3 + 3 * 2];
            for (int i = 0; i < ROWS; i++) {
                int nearest = 0;
                double least = Double.POSITIVE_INFINITY;
                for (int k = 0; k < 3; k++) {
                    double a = DATA.get(i, 0) - centres.get(k, 0);
                    double b = DATA.get(i, 1) - centres.get(k, 1);
                    if (a * a + b * b < least) {
                        least = a * a + b * b;
                        nearest = k;
                    }
                }
                sums[0] -= WEIGHTS[i] * least;
                sums[1] += WEIGHTS[i];
                sums[2]++;
                sums[StatisticsLayout.SIZES + nearest] += WEIGHTS[i];
                for (int j = 0; j < 2; j++) {
                    sums[StatisticsLayout.SIZES + 3 + nearest * 2 + j] +=
                            WEIGHTS[i] * (DATA.get(i, j) - centres.get(nearest, j));
                }
            }
            double[] bounds = new double[sums.length];
            // As above; squared distances are below 40 here.
            Arrays.fill(bounds, ROWS * 2.5 * 40 * (4 + ROWS) * TestMatrices.U);
            return new Naive(sums, bounds);
        }
    }
}
