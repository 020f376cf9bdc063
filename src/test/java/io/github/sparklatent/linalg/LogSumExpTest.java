package io.github.sparklatent.linalg;

import static java.lang.Double.NEGATIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.kernels.ColumnKernel;
import io.github.sparklatent.linalg.kernels.ForcedWidths;
import io.github.sparklatent.linalg.kernels.ScalarColumnKernel;
import java.util.Map;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LogSumExpTest {
    private static final Map<String, ColumnKernel> COLUMNS = ForcedWidths.all(
            ColumnKernel.class,
            Kernels.choose(ColumnKernel.class, "%sColumnKernel"),
            new ScalarColumnKernel(),
            "VectorColumnKernel");

    @Test
    void tameColumnsAgreeWithThePlainFormula() {
        int k = 7;
        DMatrixRMaj a = TestMatrices.uniform(k, 50, 1);
        DMatrixRMaj normalized = a.copy();
        double[] sums = new double[50];
        LogSumExp.normalizeColumns(normalized, sums);
        for (int i = 0; i < 50; i++) {
            double sum = 0;
            for (int j = 0; j < k; j++) {
                sum += Math.exp(a.get(j, i));
            }
            // Both sums of k exponentials are exact to about (k + 2) u; entries are below 1 and the
            // logarithm is below log(k e), so 20 k u covers the roundings of either way.
            double bound = 20 * k * TestMatrices.U;
            assertThat(sums[i]).isCloseTo(Math.log(sum), within(bound));
            for (int j = 0; j < k; j++) {
                assertThat(normalized.get(j, i)).isCloseTo(Math.exp(a.get(j, i)) / sum, within(bound));
            }
        }
    }

    @Test
    void columnsSumToOneHoweverFarFromZero() {
        DMatrixRMaj a = TestMatrices.uniform(5, 20, 2);
        for (int i = 0; i < 100; i++) {
            a.data[i] = -1e5 + 30 * a.data[i];
        }
        LogSumExp.normalizeColumns(a, new double[20]);
        for (int i = 0; i < 20; i++) {
            double sum = 0;
            for (int j = 0; j < 5; j++) {
                sum += a.get(j, i);
            }
            assertThat(sum).isCloseTo(1, within(10 * TestMatrices.U));
        }
    }

    @Test
    void aConstantAddedToAColumnIsAddedToItsSum() {
        // Powers of two, so that the differences between entries do not change at all.
        check(column(1024, 1025), 1024 + 1 + Math.log1p(Math.exp(-1)), 1e-12);
        check(column(-1048576, -1048575), -1048575 + Math.log1p(Math.exp(-1)), 1e-9);
    }

    @Test
    void smallSharesVanishWithoutATrace() {
        DMatrixRMaj a = column(0, -800);
        assertThat(normalize(a)).isZero();
        assertThat(a.data).containsExactly(1, 0);
        a = column(-2800, -2000);
        assertThat(normalize(a)).isEqualTo(-2000);
        assertThat(a.data).containsExactly(0, 1);
    }

    @Test
    void theSmallestNumberThatIsNotZeroStays() {
        DMatrixRMaj a = column(0, -745.1, -745.3);
        normalize(a);
        assertThat(a.data).containsExactly(1, Double.MIN_VALUE, 0);
    }

    @Test
    void aComponentOfWeightZeroHasNoShare() {
        DMatrixRMaj a = column(NEGATIVE_INFINITY, -3, NEGATIVE_INFINITY, -3);
        assertThat(normalize(a)).isEqualTo(-3 + StrictMath.log(2));
        assertThat(a.data).containsExactly(0, 0.5, 0, 0.5);
    }

    @Test
    void aColumnThatNoComponentReachesIsSharedEqually() {
        DMatrixRMaj a = column(NEGATIVE_INFINITY, NEGATIVE_INFINITY);
        assertThat(normalize(a)).isEqualTo(NEGATIVE_INFINITY);
        assertThat(a.data).containsExactly(0.5, 0.5);
    }

    @Test
    void theLargestNumbersNeitherOverflowNorCancel() {
        DMatrixRMaj a = column(1e300, 1e300, -1e300);
        assertThat(normalize(a)).isEqualTo(1e300);
        assertThat(a.data).containsExactly(0.5, 0.5, 0);
        a = column(-Double.MAX_VALUE, Double.MAX_VALUE);
        assertThat(normalize(a)).isEqualTo(Double.MAX_VALUE);
        assertThat(a.data).containsExactly(0, 1);
    }

    @Test
    void notANumberStaysVisible() {
        assertThat(normalize(column(0, Double.NaN))).isNaN();
    }

    @Test
    void onlyTheColumnsOfTheMatrixAreTouched() {
        DMatrixRMaj a = TestMatrices.uniform(3, 4, 3);
        double[] all = a.data.clone();
        a.reshape(3, 2);
        double[] sums = {0, 0, 7};
        LogSumExp.normalizeColumns(a, sums);
        assertThat(sums[2]).isEqualTo(7);
        assertThat(a.data).endsWith(java.util.Arrays.copyOfRange(all, 6, 12));
    }

    /** Chunks begin and end anywhere; each column is computed as if it were alone. */
    @ParameterizedTest
    @CsvSource({"1, 1", "3, 7", "8, 1024", "33, 130", "40, 65", "3000, 3"})
    void aColumnHasTheSameBitsAmongOthers(int k, int n) {
        DMatrixRMaj a = TestMatrices.normal(k, n, 5);
        CommonOps_DDRM.scale(10, a);
        DMatrixRMaj together = a.copy();
        double[] sums = new double[n];
        LogSumExp.normalizeColumns(together, sums);
        for (int i = 0; i < n; i++) {
            DMatrixRMaj alone = CommonOps_DDRM.extractColumn(a, i, null);
            assertThat(normalize(alone)).isEqualTo(sums[i]);
            assertThat(alone.data).isEqualTo(CommonOps_DDRM.extractColumn(together, i, null).data);
        }
    }

    /** With a NaN, an unreached column, and columns that fill no vector. */
    @ParameterizedTest
    @MethodSource("kernels")
    void columnKernelsHaveTheSameBitsAtEachWidth(String kernel) {
        for (int columns : new int[] {1, 2, 7, 8, 21, 64}) {
            DMatrixRMaj a = TestMatrices.normal(5, columns, 6);
            a.data[columns / 2] = Double.NaN;
            for (int j = 0; j < 5 && columns > 2; j++) {
                a.data[j * columns] = NEGATIVE_INFINITY;
            }
            double[] expected = a.data.clone();
            double[] greatest = new double[columns];
            double[] sums = new double[columns];
            COLUMNS.get("scalar").shift(expected, 5, columns, greatest);
            COLUMNS.get("scalar").divide(expected, 5, columns, sums, 0);
            double[] found = a.data.clone();
            double[] foundGreatest = new double[columns];
            double[] foundSums = new double[columns + 1];
            COLUMNS.get(kernel).shift(found, 5, columns, foundGreatest);
            COLUMNS.get(kernel).divide(found, 5, columns, foundSums, 1);
            assertThat(found).isEqualTo(expected);
            assertThat(foundGreatest).isEqualTo(greatest);
            assertThat(foundSums).endsWith(sums);
        }
    }

    static Stream<String> kernels() {
        return COLUMNS.keySet().stream();
    }

    private static void check(DMatrixRMaj a, double expected, double bound) {
        assertThat(normalize(a)).isCloseTo(expected, within(bound));
    }

    private static DMatrixRMaj column(double... entries) {
        return new DMatrixRMaj(entries.length, 1, true, entries);
    }

    private static double normalize(DMatrixRMaj column) {
        double[] sums = new double[1];
        LogSumExp.normalizeColumns(column, sums);
        return sums[0];
    }
}
