package io.github.sparklatent.gmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class MixtureFactorsTest {
    private static final double[] WEIGHTS = {0.5, 0.5};
    private static final DMatrixRMaj MEANS = new DMatrixRMaj(2, 3);
    private static final DMatrixRMaj INDEFINITE =
            new DMatrixRMaj(new double[][] {{1, 2, 0}, {2, 1, 0}, {0, 0, 1}});

    @Test
    void whichCovarianceIsNotPositiveDefinite() {
        refused(
                CovarianceType.FULL,
                List.of(CommonOps_DDRM.identity(3), INDEFINITE),
                "the covariance of component 1 is not positive definite");
        refused(
                CovarianceType.TIED,
                List.of(INDEFINITE),
                "the tied covariance is not positive definite");
    }

    @Test
    void whichVarianceIsNotPositive() {
        DMatrixRMaj variances = new DMatrixRMaj(new double[][] {{1, 1, 1}, {1, 1, 0}});
        refused(
                CovarianceType.DIAGONAL,
                List.of(variances),
                "component 1 has a variance of 0.0 in column 2, expected a positive number");
        refused(
                CovarianceType.SPHERICAL,
                List.of(new DMatrixRMaj(new double[][] {{-1}, {1}})),
                "component 0 has a variance of -1.0 in column 0, expected a positive number");
    }

    private static void refused(CovarianceType type, List<DMatrixRMaj> covariances, String why) {
        Mixture mixture = Mixture.of(type, WEIGHTS, MEANS, covariances);
        assertThatThrownBy(() -> MixtureFactors.of(mixture))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
        if (type != CovarianceType.DIAGONAL && type != CovarianceType.SPHERICAL) {
            assertThatThrownBy(() -> new MixtureSampler(mixture, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not positive definite");
        }
    }

    /**
     * Whether the common origin may be used depends on deviations, not on units or on the offset.
     */
    @Test
    void componentsNearEachOtherShareAnOrigin() {
        for (CovarianceType type : CovarianceType.values()) {
            for (double offset : new double[] {0, 1e6}) {
                assertThat(wellConditioned(type, 10, offset)).isTrue();
                assertThat(wellConditioned(type, 1000, offset)).isFalse();
            }
        }
    }

    private static boolean wellConditioned(CovarianceType type, double spread, double offset) {
        Mixture mixture = TestMixtures.of(type, 3, 2, spread, offset, 1);
        return MixtureFactors.of(mixture).centres().wellConditioned();
    }
}
