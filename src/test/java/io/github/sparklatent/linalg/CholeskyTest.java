package io.github.sparklatent.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 31, 100})
    void theFactorTimesItsTransposeIsTheMatrix(int d) {
        DMatrixRMaj covariance = TestMatrices.covariance(d, 1);
        DMatrixRMaj lower = Cholesky.of(covariance).orElseThrow().lower();
        DMatrixRMaj product = new DMatrixRMaj(d, d);
        CommonOps_DDRM.multTransB(lower, lower, product);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                // |Σ − L Lᵀ| ≤ γ_(d+1) |L| |Lᵀ| (Higham 2002, theorem 10.3), and |L| |Lᵀ|_ij is at
                // most the root of Σ_ii Σ_jj; as much again for the product taken here.
                double bound = 2 * (d + 2) * TestMatrices.U * Math.sqrt(covariance.get(i, i) * covariance.get(j, j));
                assertThat(product.get(i, j)).isCloseTo(covariance.get(i, j), within(bound));
                if (j > i) {
                    assertThat(lower.get(i, j)).isZero();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 31})
    void whiteningMakesTheCovarianceTheIdentity(int d) {
        DMatrixRMaj covariance = TestMatrices.covariance(d, 2);
        DMatrixRMaj whitening = Cholesky.of(covariance).orElseThrow().whitening();
        DMatrixRMaj half = new DMatrixRMaj(d, d);
        DMatrixRMaj whitened = new DMatrixRMaj(d, d);
        CommonOps_DDRM.multTransA(whitening, covariance, half);
        CommonOps_DDRM.mult(half, whitening, whitened);
        // Eigenvalues lie between 1/2 and about 4.5: condition below 10, some d u per product.
        double bound = 10 * 10 * d * TestMatrices.U;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                assertThat(whitened.get(i, j)).isCloseTo(i == j ? 1 : 0, within(bound));
                if (j < i) {
                    assertThat(whitening.get(i, j)).isZero();
                }
            }
        }
    }

    @Test
    void logDeterminantOfAKnownMatrix() {
        DMatrixRMaj covariance = new DMatrixRMaj(new double[][] {{4, 2}, {2, 3}});
        assertThat(Cholesky.of(covariance).orElseThrow().logDeterminant()).isCloseTo(Math.log(8), within(1e-15));
    }

    @Test
    void logDeterminantWhereTheDeterminantUnderflows() {
        DMatrixRMaj covariance = CommonOps_DDRM.identity(300);
        CommonOps_DDRM.scale(1e-4, covariance);
        double expected = 300 * Math.log(1e-4);
        // 300 terms of one sign, added one by one.
        assertThat(Cholesky.of(covariance).orElseThrow().logDeterminant())
                .isCloseTo(expected, within(300 * TestMatrices.U * -expected));
    }

    @Test
    void columnsOfVeryDifferentUnitsAreNoHindrance() {
        DMatrixRMaj covariance = CommonOps_DDRM.diag(1e-40, 1, 1e40);
        covariance.set(0, 2, 0.5);
        covariance.set(2, 0, 0.5);
        assertThat(Cholesky.of(covariance)).isPresent();
    }

    @Test
    void notPositiveDefinite() {
        assertThat(Cholesky.of(new DMatrixRMaj(new double[][] {{1, 2}, {2, 1}})))
                .isEmpty();
        assertThat(Cholesky.of(new DMatrixRMaj(new double[][] {{-1}}))).isEmpty();
        assertThat(Cholesky.of(new DMatrixRMaj(new double[][] {{0}}))).isEmpty();
        assertThat(Cholesky.of(new DMatrixRMaj(new double[][] {{1, 0}, {0, 0}})))
                .isEmpty();
        assertThat(Cholesky.of(new DMatrixRMaj(new double[][] {{1, 1}, {1, 1}})))
                .isEmpty();
    }

    /** With d u Σ_ii = 2⁻⁵² (1 + 2⁻⁵²) a pivot of 2⁻⁵² may be rounding, one of 2⁻⁵⁰ may not. */
    @Test
    void aPivotThatMayBeRoundingIsNotPositive() {
        double ulp = 0x1.0p-52;
        assertThat(Cholesky.of(new DMatrixRMaj(new double[][] {{1, 1}, {1, 1 + ulp}})))
                .isEmpty();
        assertThat(Cholesky.of(new DMatrixRMaj(new double[][] {{1, 1}, {1, 1 + 4 * ulp}})))
                .isPresent();
    }

    /** 20 directions of 30: what is left of the last ten pivots is rounding, of either sign. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void rankDeficient(long seed) {
        DMatrixRMaj a = TestMatrices.normal(30, 20, seed);
        DMatrixRMaj covariance = new DMatrixRMaj(30, 30);
        CommonOps_DDRM.multTransB(a, a, covariance);
        assertThat(Cholesky.of(covariance)).isEmpty();
    }

    @Test
    void numbersThatAreNotFinite() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            for (int at = 0; at < 9; at++) {
                DMatrixRMaj covariance = CommonOps_DDRM.identity(3);
                covariance.data[at] = bad;
                covariance.data[at % 3 * 3 + at / 3] = bad;
                assertThat(Cholesky.of(covariance)).as("%s at %d", bad, at).isEmpty();
            }
        }
    }
}
