package io.github.sparklatent.linalg;

import static java.lang.Double.NEGATIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class LogSumExpTest {
    @Test
    void tameRowsAgreeWithThePlainFormula() {
        int k = 7;
        DMatrixRMaj a = TestMatrices.uniform(50, k, 1);
        DMatrixRMaj normalized = a.copy();
        double[] sums = new double[50];
        LogSumExp.normalizeRows(normalized, sums);
        for (int i = 0; i < 50; i++) {
            double sum = 0;
            for (int j = 0; j < k; j++) {
                sum += Math.exp(a.get(i, j));
            }
            // Both sums of k exponentials are exact to about (k + 2) u; entries are below 1 and the
            // logarithm is below log(k e), so 20 k u covers the roundings of either way.
            double bound = 20 * k * TestMatrices.U;
            assertThat(sums[i]).isCloseTo(Math.log(sum), within(bound));
            for (int j = 0; j < k; j++) {
                assertThat(normalized.get(i, j))
                        .isCloseTo(Math.exp(a.get(i, j)) / sum, within(bound));
            }
        }
    }

    @Test
    void rowsSumToOneHoweverFarFromZero() {
        DMatrixRMaj a = TestMatrices.uniform(20, 5, 2);
        for (int i = 0; i < 100; i++) {
            a.data[i] = -1e5 + 30 * a.data[i];
        }
        LogSumExp.normalizeRows(a, new double[20]);
        for (int i = 0; i < 20; i++) {
            double sum = 0;
            for (int j = 0; j < 5; j++) {
                sum += a.get(i, j);
            }
            assertThat(sum).isCloseTo(1, within(10 * TestMatrices.U));
        }
    }

    @Test
    void aConstantAddedToARowIsAddedToItsSum() {
        // Powers of two, so that the differences between entries do not change at all.
        check(row(1024, 1025), 1024 + 1 + Math.log1p(Math.exp(-1)), 1e-12);
        check(row(-1048576, -1048575), -1048575 + Math.log1p(Math.exp(-1)), 1e-9);
    }

    @Test
    void smallSharesVanishWithoutATrace() {
        DMatrixRMaj a = row(0, -800);
        assertThat(normalize(a)).isZero();
        assertThat(a.data).containsExactly(1, 0);
        a = row(-2800, -2000);
        assertThat(normalize(a)).isEqualTo(-2000);
        assertThat(a.data).containsExactly(0, 1);
    }

    @Test
    void theSmallestNumberThatIsNotZeroStays() {
        DMatrixRMaj a = row(0, -745.1, -745.3);
        normalize(a);
        assertThat(a.data).containsExactly(1, Double.MIN_VALUE, 0);
    }

    @Test
    void aComponentOfWeightZeroHasNoShare() {
        DMatrixRMaj a = row(NEGATIVE_INFINITY, -3, NEGATIVE_INFINITY, -3);
        assertThat(normalize(a)).isEqualTo(-3 + StrictMath.log(2));
        assertThat(a.data).containsExactly(0, 0.5, 0, 0.5);
    }

    @Test
    void aRowThatNoComponentReachesIsSharedEqually() {
        DMatrixRMaj a = row(NEGATIVE_INFINITY, NEGATIVE_INFINITY);
        assertThat(normalize(a)).isEqualTo(NEGATIVE_INFINITY);
        assertThat(a.data).containsExactly(0.5, 0.5);
    }

    @Test
    void theLargestNumbersNeitherOverflowNorCancel() {
        DMatrixRMaj a = row(1e300, 1e300, -1e300);
        assertThat(normalize(a)).isEqualTo(1e300);
        assertThat(a.data).containsExactly(0.5, 0.5, 0);
        a = row(-Double.MAX_VALUE, Double.MAX_VALUE);
        assertThat(normalize(a)).isEqualTo(Double.MAX_VALUE);
        assertThat(a.data).containsExactly(0, 1);
    }

    @Test
    void notANumberStaysVisible() {
        assertThat(normalize(row(0, Double.NaN))).isNaN();
    }

    @Test
    void onlyTheRowsOfTheMatrixAreTouched() {
        DMatrixRMaj a = TestMatrices.uniform(4, 3, 3);
        double[] all = a.data.clone();
        a.reshape(2, 3);
        double[] sums = {0, 0, 7};
        LogSumExp.normalizeRows(a, sums);
        assertThat(sums[2]).isEqualTo(7);
        assertThat(a.data).endsWith(java.util.Arrays.copyOfRange(all, 6, 12));
    }

    private static void check(DMatrixRMaj a, double expected, double bound) {
        assertThat(normalize(a)).isCloseTo(expected, within(bound));
    }

    private static DMatrixRMaj row(double... entries) {
        return new DMatrixRMaj(1, entries.length, true, entries);
    }

    private static double normalize(DMatrixRMaj row) {
        double[] sums = new double[1];
        LogSumExp.normalizeRows(row, sums);
        return sums[0];
    }
}
