package io.github.sparklatent.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each product against the scalar chain of fused multiply-adds, bit for bit, and against plain sums of products taken
 * backwards, within the bound of both: γ_n Σ |a_t b_t|, γ_n ≈ n u (Higham 2002, section 3.1), so 2 n u of the terms'
 * sum.
 */
class ProductsTest {
    private final Products products = new Products();

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "1, 7, 1",
        "7, 1, 1",
        "1, 1, 7",
        "2, 3, 5",
        "7, 4, 11",
        "13, 17, 3",
        "5, 2, 13",
        "31, 5, 29",
        "3, 64, 8",
        "11, 67, 37"
    })
    void addProduct(int n, int m, int p) {
        DMatrixRMaj a = TestMatrices.uniform(n, m, 1);
        DMatrixRMaj b = TestMatrices.uniform(m, p, 2);
        DMatrixRMaj c = TestMatrices.uniform(n, p, 3);
        DMatrixRMaj before = c.copy();
        products.addProduct(a, b, c);
        check(before, c, a, b, false);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 7", "7, 1", "2, 3", "13, 5", "5, 13", "3, 8", "31, 29", "3, 67"})
    void multiplyUpper(int n, int d) {
        DMatrixRMaj a = TestMatrices.uniform(n, d, 1);
        DMatrixRMaj u = TestMatrices.uniform(d, d, 2);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                u.set(i, j, 0);
            }
        }
        DMatrixRMaj c = TestMatrices.uniform(2, 3, 3);
        products.multiplyUpper(a, u, c);
        check(new DMatrixRMaj(n, d), c, a, u, false);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 3, 7", "7, 1, 5", "7, 5, 1", "2, 3, 5", "29, 7, 13", "67, 4, 8"})
    void addTransposed(int n, int k, int d) {
        DMatrixRMaj a = TestMatrices.uniform(n, k, 1);
        DMatrixRMaj b = TestMatrices.uniform(n, d, 2);
        DMatrixRMaj c = TestMatrices.uniform(k, d, 3);
        DMatrixRMaj before = c.copy();
        products.addTransposed(a, b, c);
        check(before, c, CommonOps_DDRM.transpose(a, null), b, false);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 7", "7, 1", "2, 3", "13, 5", "5, 13", "67, 8", "31, 29"})
    void addGram(int n, int d) {
        DMatrixRMaj a = TestMatrices.uniform(n, d, 1);
        DMatrixRMaj weighted = TestMatrices.uniform(n, d, 2);
        DMatrixRMaj c = TestMatrices.uniform(d, d, 3);
        DMatrixRMaj before = c.copy();
        products.addGram(a, weighted, c);
        check(before, c, CommonOps_DDRM.transpose(weighted, null), a, true);
    }

    @Test
    void oneInstanceServesChangingShapes() {
        for (int size : new int[] {13, 2, 7, 1, 17, 5}) {
            addProduct(size, 19 - size, size + 1);
            multiplyUpper(3, size);
            addTransposed(size, 3, 18 - size);
            addGram(19 - size, size);
        }
    }

    @Test
    void theBufferOfAReshapedMatrixMayBeLonger() {
        DMatrixRMaj a = TestMatrices.uniform(9, 5, 1);
        a.reshape(3, 5);
        DMatrixRMaj b = TestMatrices.uniform(5, 2, 2);
        DMatrixRMaj c = new DMatrixRMaj(3, 2);
        DMatrixRMaj expected = new DMatrixRMaj(3, 2);
        products.addProduct(a, b, c);
        new Products().addProduct(TestMatrices.slice(a, 0, 3), b, expected);
        assertThat(c.data).containsExactly(expected.data);
    }

    private static void check(
            DMatrixRMaj before, DMatrixRMaj after, DMatrixRMaj left, DMatrixRMaj right, boolean upperOnly) {
        assertThat(after.numRows).isEqualTo(before.numRows);
        assertThat(after.numCols).isEqualTo(before.numCols);
        for (int i = 0; i < after.numRows; i++) {
            for (int j = 0; j < after.numCols; j++) {
                double found = after.get(i, j);
                if (upperOnly && j < i) {
                    assertThat(found).isEqualTo(before.get(i, j));
                    continue;
                }
                double chain = before.get(i, j);
                for (int t = 0; t < left.numCols; t++) {
                    chain = Math.fma(left.get(i, t), right.get(t, j), chain);
                }
                assertThat(found).as("element %d, %d", i, j).isEqualTo(chain);
                double sum = 0;
                double magnitude = Math.abs(before.get(i, j));
                for (int t = left.numCols - 1; t >= 0; t--) {
                    sum += left.get(i, t) * right.get(t, j);
                    magnitude += Math.abs(left.get(i, t) * right.get(t, j));
                }
                double bound = 2 * (left.numCols + 1) * TestMatrices.U * magnitude;
                assertThat(found).isCloseTo(before.get(i, j) + sum, within(bound));
            }
        }
    }
}
