package io.github.sparklatent.mixture.initialization;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.linalg.TestMatrices;
import java.math.BigDecimal;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The nearest centre is the one of the exact distances, wherever the rows are. */
class CentreSearchTest {
    /** The rows are two clusters a spread apart, the centres rows of both: many are rivals. */
    @ParameterizedTest
    @CsvSource({"1, 0, 0", "4, 10, 0", "7, 1e6, 0", "7, 1e9, 1e6", "33, 1e3, 1e9", "2, 1e7, 1e7"})
    void isTheNearestOfAll(int d, double spread, double offset) {
        DMatrixRMaj rows = TestMatrices.normal(200, d, 1);
        for (int i = 0; i < rows.getNumElements(); i++) {
            rows.data[i] += offset + (i / d % 2 == 0 ? spread : -spread);
        }
        DMatrixRMaj centres = TestMatrices.slice(rows, 20, 37);
        CentreSearch search = new CentreSearch(centres);
        search.search(rows);
        // Each of d differences is off by u of itself, its square and the sum by little more.
        double bound = 2 * (d + 3) * TestMatrices.U;
        for (int i = 0; i < rows.numRows; i++) {
            double[] row = TestMatrices.row(rows, i);
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; k < centres.numRows; k++) {
                least = Math.min(least, exact(row, TestMatrices.row(centres, k)));
            }
            double found = exact(row, TestMatrices.row(centres, search.nearest(i)));
            assertThat(found).isBetween(least, least * (1 + bound));
            assertThat(search.squaredDistance(i)).isBetween(found * (1 - bound), found * (1 + bound));
        }
    }

    @Test
    void theFirstOfEqualCentresIsTaken() {
        DMatrixRMaj rows = TestMatrices.normal(9, 3, 1);
        DMatrixRMaj centres = new DMatrixRMaj(4, 3);
        for (int k = 0; k < 4; k++) {
            System.arraycopy(rows.data, 3 * (k / 2), centres.data, 3 * k, 3);
        }
        CentreSearch search = new CentreSearch(centres);
        search.search(rows);
        assertThat(search.nearest(0)).isZero();
        assertThat(search.nearest(1)).isEqualTo(2);
        assertThat(search.squaredDistance(1)).isZero();
    }

    /** Nothing is nearer than anything else where all squares overflow. */
    @Test
    void rowsBeyondAllScalesAreAtTheFirstCentre() {
        DMatrixRMaj rows = new DMatrixRMaj(new double[][] {{1e200, 1}, {1, 1}, {-1e200, 1e200}});
        CentreSearch search = new CentreSearch(new DMatrixRMaj(new double[][] {{5, 5}, {0, 0}}));
        search.search(rows);
        assertThat(search.nearest(0)).isZero();
        assertThat(search.squaredDistance(0)).isInfinite();
        assertThat(search.nearest(1)).isEqualTo(1);
        assertThat(search.nearest(2)).isZero();
    }

    private static double exact(double[] x, double[] c) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int j = 0; j < x.length; j++) {
            BigDecimal difference = new BigDecimal(x[j]).subtract(new BigDecimal(c[j]));
            sum = sum.add(difference.multiply(difference));
        }
        return sum.doubleValue();
    }
}
