package io.github.sparklatent.mixture.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.training.MixtureEvaluation;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixtureParametersTest {
    private static final DMatrixRMaj MEANS = new DMatrixRMaj(new double[][] {{1, 2}, {3, 4}});
    private static final DMatrixRMaj SQUARE = new DMatrixRMaj(new double[][] {{5, 1}, {1, 6}});
    private static final DMatrixRMaj OTHER = new DMatrixRMaj(new double[][] {{7, 0}, {0, 8}});
    private static final DMatrixRMaj COLUMN = new DMatrixRMaj(new double[][] {{5}, {6}});

    /** k − 1 weights, k d means, and covariances counted by hand. */
    @ParameterizedTest
    @CsvSource({
        "FULL, 2, 3, 19", // 1 + 6 + 2 · 6
        "TIED, 2, 3, 13", // 1 + 6 + 6
        "DIAGONAL, 2, 3, 13", // 1 + 6 + 2 · 3
        "SPHERICAL, 2, 3, 9", // 1 + 6 + 2
        "FULL, 1, 1, 2",
        "TIED, 1, 1, 2",
        "DIAGONAL, 1, 1, 2",
        "SPHERICAL, 1, 1, 2",
        "FULL, 10, 64, 21449", // 9 + 640 + 10 · 2080
        "TIED, 10, 64, 2729", // 9 + 640 + 2080
        "DIAGONAL, 10, 64, 1289", // 9 + 640 + 640
        "SPHERICAL, 10, 64, 659" // 9 + 640 + 10
    })
    void freeParameters(CovarianceType type, int k, int d, long expected) {
        assertThat(TestMixtures.of(type, k, d, 1, 0, 1).freeParameters()).isEqualTo(expected);
    }

    @Test
    void freeParametersBeyondAnInt() {
        assertThat(CovarianceType.FULL.freeParameters(100, 50_000, 0)).isEqualTo(125_002_500_000L);
    }

    @Test
    void informationCriteria() {
        MixtureParameters mixture = TestMixtures.of(CovarianceType.FULL, 2, 3, 1, 0, 1);
        assertThat(MixtureEvaluation.bic(mixture.freeParameters(), -2.5, 100))
                .isCloseTo(500 + 19 * Math.log(100), within(1e-12));
    }

    @Test
    void covariancesOfEachType() {
        MixtureParameters full = mixture(CovarianceType.FULL, SQUARE, OTHER);
        assertThat(full.covariance(1).data).containsExactly(7, 0, 0, 8);
        assertThat(full.variance(0, 1)).isEqualTo(6);
        MixtureParameters tied = mixture(CovarianceType.TIED, SQUARE);
        assertThat(tied.covariance(1).data).containsExactly(5, 1, 1, 6);
        assertThat(tied.variance(1, 0)).isEqualTo(5);
        MixtureParameters diagonal = mixture(CovarianceType.DIAGONAL, OTHER);
        assertThat(diagonal.covariance(0).data).containsExactly(7, 0, 0, 0);
        assertThat(diagonal.variance(1, 1)).isEqualTo(8);
        MixtureParameters spherical = mixture(CovarianceType.SPHERICAL, COLUMN);
        assertThat(spherical.covariance(1).data).containsExactly(6, 0, 0, 6);
        assertThat(spherical.variance(0, 1)).isEqualTo(5);
    }

    @Test
    void weightsThatAreNoDistribution() {
        for (double bad : new double[] {-0.5, Double.NaN}) {
            refused(
                    new double[] {bad, 1.5},
                    MEANS,
                    List.of(SQUARE),
                    "mixture has a weight of " + bad + ", expected a number not below 0");
        }
        refused(new double[] {0.5, 0.6}, MEANS, List.of(SQUARE), "the mixture's weights sum to 1.1, expected 1");
        refused(
                new double[] {0.5, Double.POSITIVE_INFINITY},
                MEANS,
                List.of(SQUARE),
                "the mixture's weights sum to Infinity, expected 1");
    }

    @Test
    void numbersThatAreNotFinite() {
        DMatrixRMaj bad = SQUARE.copy();
        bad.set(1, 0, Double.NaN);
        double[] weights = {0.5, 0.5};
        refused(weights, bad, List.of(SQUARE), "the mixture's means hold NaN");
        refused(weights, MEANS, List.of(bad), "the mixture's covariances hold NaN");
    }

    private static MixtureParameters mixture(CovarianceType type, DMatrixRMaj... covariances) {
        return MixtureParameters.of(type, new double[] {0.5, 0.5}, MEANS, List.of(covariances));
    }

    private static void refused(double[] weights, DMatrixRMaj means, List<DMatrixRMaj> covariances, String why) {
        assertThatThrownBy(() -> MixtureParameters.of(CovarianceType.TIED, weights, means, covariances))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(why);
    }
}
