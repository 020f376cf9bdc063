package io.github.sparklatent.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {
    private final DMatrixRMaj x = new DMatrixRMaj(new double[][] {{1, -2, 3}, {4, 5, -6}});
    private final DMatrixRMaj out = new DMatrixRMaj(7, 1);

    @Test
    void subtractTakesOneRowFromEach() {
        DMatrixRMaj centres = new DMatrixRMaj(new double[][] {{9, 9, 9}, {1, 1, 2}});
        Rows.subtract(x, centres, 1, out);
        assertShape(2, 3);
        assertThat(out.data).startsWith(0, -3, 1, 3, 4, -8);
    }

    @Test
    void scaleTakesTheNamedRowOfWeights() {
        DMatrixRMaj weights = new DMatrixRMaj(new double[][] {{9, 9}, {2, -1}});
        Rows.scale(x, weights, 1, out);
        assertShape(2, 3);
        assertThat(out.data).startsWith(2, -4, 6, -4, -5, 6);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 64, 67})
    void squaredNormOfOneRow(int d) {
        DMatrixRMaj rows = TestMatrices.normal(3, d, d);
        for (int i = 0; i < 3; i++) {
            double sum = 0;
            for (int j = 0; j < d; j++) {
                sum += rows.get(i, j) * rows.get(i, j);
            }
            // All terms are positive: each way of adding is exact to d u.
            assertThat(Rows.squaredNorm(rows, i)).isCloseTo(sum, within(2 * (d + 1) * TestMatrices.U * sum));
        }
    }

    @Test
    void argMaxIsTheFirstAmongEquals() {
        DMatrixRMaj a = new DMatrixRMaj(new double[][] {
            {3, 1, 2},
            {1, 5, 5},
            {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, -1e300}
        });
        assertThat(Rows.argMax(a, 0)).isZero();
        assertThat(Rows.argMax(a, 1)).isEqualTo(1);
        assertThat(Rows.argMax(a, 2)).isEqualTo(2);
    }

    private void assertShape(int rows, int columns) {
        assertThat(out.numRows).isEqualTo(rows);
        assertThat(out.numCols).isEqualTo(columns);
    }
}
