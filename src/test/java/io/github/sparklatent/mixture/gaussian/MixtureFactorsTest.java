package io.github.sparklatent.mixture.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixedSampler;
import io.github.sparklatent.mixture.TestMixtures;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MixtureFactorsTest {
    private static final double[] WEIGHTS = {0.5, 0.5};
    private static final DMatrixRMaj MEANS = new DMatrixRMaj(2, 3);
    private static final DMatrixRMaj INDEFINITE = new DMatrixRMaj(new double[][] {{1, 2, 0}, {2, 1, 0}, {0, 0, 1}});

    @Test
    void whichCovarianceIsNotPositiveDefinite() {
        refused(
                CovarianceType.FULL,
                List.of(CommonOps_DDRM.identity(3), INDEFINITE),
                "the covariance of component 1 is not positive definite");
        refused(CovarianceType.TIED, List.of(INDEFINITE), "the tied covariance is not positive definite");
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
        MixtureParameters mixture = MixtureParameters.of(type, WEIGHTS, MEANS, covariances);
        assertThatThrownBy(() -> MixtureFactors.of(mixture))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
        if (type != CovarianceType.DIAGONAL && type != CovarianceType.SPHERICAL) {
            assertThatThrownBy(() -> new MixedSampler(MixedMixture.of(mixture), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not positive definite");
        }
    }

    /** Whether the common origin may be used depends on deviations, not on units or on the offset. */
    @Test
    void componentsNearEachOtherShareAnOrigin() {
        for (CovarianceType type : TestMixtures.UNFACTORED) {
            for (double offset : new double[] {0, 1e6}) {
                assertThat(wellConditioned(type, 10, offset)).isTrue();
                assertThat(wellConditioned(type, 1000, offset)).isFalse();
            }
        }
    }

    /** The second component's λ is some 10⁶, or 10⁸. */
    @ParameterizedTest
    @EnumSource(names = {"FULL", "DIAGONAL", "SPHERICAL"})
    void aNarrowComponentOfLittleWeightLeavesItselfTheOrigin(CovarianceType type) {
        assertThat(nearWhere(type, 1e-3, 1e-6)).containsExactly(true, true, true, true);
        assertThat(nearWhere(type, 0.1, 1e-6)).containsExactly(true, false, true, true);
        assertThat(nearWhere(type, 1e-6, 1e-8)).containsExactly(true, false, true, true);
    }

    private static boolean[] nearWhere(CovarianceType type, double weight, double variance) {
        double rest = (1 - weight) / 3;
        DMatrixRMaj means = new DMatrixRMaj(new double[][] {{0, 1}, {1, 0}, {0, -1}, {-1, 0}});
        double[] variances = {1, variance, 1, 1};
        List<DMatrixRMaj> covariances = switch (type) {
            case DIAGONAL, SPHERICAL -> {
                int columns = type == CovarianceType.DIAGONAL ? 2 : 1;
                DMatrixRMaj all = new DMatrixRMaj(4, columns);
                for (int i = 0; i < all.data.length; i++) {
                    all.data[i] = variances[i / columns];
                }
                yield List.of(all);
            }
            default ->
                Arrays.stream(variances)
                        .mapToObj(v -> CommonOps_DDRM.diag(v, v))
                        .toList();
        };
        double[] weights = {rest, weight, rest, rest};
        return MixtureFactors.of(MixtureParameters.of(type, weights, means, covariances))
                .centres()
                .near();
    }

    /** λ is some 10⁶ of each: a hundredth of the precision of each is lost by all together. */
    @Test
    void manyComponentsOfLittleWeightLoseNoMoreThanFew() {
        for (int components : new int[] {4, 100}) {
            double[] weights = new double[components];
            Arrays.fill(weights, 1.0 / components);
            DMatrixRMaj means = new DMatrixRMaj(components, 1);
            DMatrixRMaj variances = new DMatrixRMaj(components, 1);
            for (int k = 0; k < components; k++) {
                means.set(k, 0, k % 2 == 0 ? 1000 : -1000);
                variances.set(k, 0, 1);
            }
            MixtureParameters mixture =
                    MixtureParameters.of(CovarianceType.DIAGONAL, weights, means, List.of(variances));
            int[] near = MixtureFactors.of(mixture).centres().components(true);
            assertThat(near).as("%d components", components).hasSize(components == 4 ? 0 : 1);
        }
    }

    /** The last component stands 3000 deviations away, of which its weight makes a part. */
    @Test
    void aTiedCovarianceLosesWhatItsComponentsDoTogether() {
        assertThat(tied(0.1)).containsOnly(true).hasSize(3);
        assertThat(tied(0.2)).containsOnly(false).hasSize(3);
    }

    private static boolean[] tied(double weight) {
        double[] weights = {(1 - weight) / 2, (1 - weight) / 2, weight};
        DMatrixRMaj means = new DMatrixRMaj(new double[][] {{-1}, {1}, {3000}});
        List<DMatrixRMaj> covariance = List.of(CommonOps_DDRM.identity(1));
        return MixtureFactors.of(MixtureParameters.of(CovarianceType.TIED, weights, means, covariance))
                .centres()
                .near();
    }

    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void allCoresFindTheSameBits(CovarianceType type) {
        MixtureParameters mixture = TestMixtures.of(type, 5, 7, 1, 0, 1);
        DMatrixRMaj x = TestMatrices.normal(20, 7, 3);
        DMatrixRMaj one = new DMatrixRMaj(0, 0);
        DMatrixRMaj all = new DMatrixRMaj(0, 0);
        MixtureFactors.of(mixture).completeDensities().apply(x, one);
        MixtureFactors.inParallel(mixture).completeDensities().apply(x, all);
        assertThat(all.data).isEqualTo(one.data);
    }

    /** So few components would not be worth the monomials of so many columns. */
    @Test
    void fewFullCovariancesAreCentredOneByOne() {
        assertThat(wellConditioned(6, 64)).isTrue();
        assertThat(wellConditioned(5, 64)).isFalse();
        assertThat(wellConditioned(1, 8)).isFalse();
        assertThat(wellConditioned(3, 8)).isTrue();
    }

    /**
     * Columns that add up to nearly a constant: each for itself has nine thousand times the precision of its variance,
     * less than may be lost, but the terms of all add up.
     */
    @Test
    void columnsThatAddUpToAConstantAreCentred() {
        int d = 100;
        MixtureParameters round = TestMixtures.of(CovarianceType.FULL, 8, d, 0.1, 0, 1);
        for (double width : new double[] {1, 1.0 / (9000 * d)}) {
            DMatrixRMaj covariance = CommonOps_DDRM.identity(d);
            for (int i = 0; i < d * d; i++) {
                covariance.data[i] -= (1 - width) / d;
            }
            MixtureParameters mixture = MixtureParameters.of(
                    CovarianceType.FULL, round.weights(), round.means(), Collections.nCopies(8, covariance));
            boolean near = MixtureFactors.of(mixture).centres().wellConditioned();
            assertThat(near).isEqualTo(width == 1);
        }
    }

    private static boolean wellConditioned(int components, int dimension) {
        MixtureParameters mixture = TestMixtures.of(CovarianceType.FULL, components, dimension, 0.1, 0, 1);
        return MixtureFactors.of(mixture).centres().wellConditioned();
    }

    private static boolean wellConditioned(CovarianceType type, double spread, double offset) {
        MixtureParameters mixture = TestMixtures.of(type, 3, 2, spread, offset, 1);
        return MixtureFactors.of(mixture).centres().wellConditioned();
    }
}
