package io.github.sparklatent.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forms and moments by every kernel against plain chains of fused multiply-adds, bit for bit. */
class MonomialsTest {
    private static final Map<String, DoubleTiles> TILES =
            ForcedWidths.all(
                    DoubleTiles.class,
                    Kernels.doubleTiles(),
                    new DoubleScalarTiles(),
                    "DoubleVectorTiles");
    private static final Map<String, MonomialPanels> PANELS =
            ForcedWidths.all(
                    MonomialPanels.class,
                    Kernels.monomialPanels(),
                    new ScalarMonomialPanels(),
                    "VectorMonomialPanels");

    /** n, d, k: one of each, primes, whole tiles, more than a slice of rows or of monomials. */
    private static final int[][] SHAPES = {
        {2, 1, 1},
        {2, 3, 2},
        {17, 8, 8},
        {5, 2, 13},
        {33, 7, 9},
        {200, 15, 3},
        {401, 16, 17},
        {64, 33, 16},
        {7, 100, 5}
    };

    private static final int BLOCKS = 2;

    static Stream<String> kernels() {
        return TILES.keySet().stream();
    }

    @Test
    void theyAreOneTheNumbersAndTheirProducts() {
        assertThat(Monomials.quadratic(3).count()).isEqualTo(10);
        assertThat(Monomials.squares(3).count()).isEqualTo(7);
        assertThat(of(Monomials.quadratic(3), new double[] {2, 3, 5}))
                .containsExactly(1, 2, 3, 5, 4, 6, 10, 9, 15, 25);
        assertThat(of(Monomials.squares(3), new double[] {2, 3, 5}))
                .containsExactly(1, 2, 3, 5, 4, 9, 25);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void formsAreChains(String kernel) {
        for (int[] shape : SHAPES) {
            for (Monomials monomials : both(shape[1])) {
                DMatrixRMaj coefficients = TestMatrices.normal(shape[2], monomials.count(), 1);
                MonomialForms forms =
                        new MonomialForms(
                                monomials, coefficients, TILES.get(kernel), PANELS.get(kernel));
                DMatrixRMaj origin = TestMatrices.normal(1, shape[1], 2);
                int[] places = places(shape[2]);
                for (int block = 0; block < BLOCKS; block++) {
                    DMatrixRMaj x = TestMatrices.normal(shape[0] - block, shape[1], 3 + block);
                    DMatrixRMaj out = new DMatrixRMaj(shape[2] + 1, x.numRows);
                    forms.compute(x, origin);
                    forms.copy(places, out);
                    assertThat(forms.value(shape[2] - 1, x.numRows - 1))
                            .isEqualTo(out.get(1, x.numRows - 1));
                    assertThat(out.data)
                            .as(
                                    "%d x %d, %d forms, %d monomials",
                                    x.numRows, shape[1], shape[2], monomials.count())
                            .containsExactly(forms(monomials, coefficients, x, origin).data);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void momentsAreChains(String kernel) {
        for (int[] shape : SHAPES) {
            for (Monomials monomials : both(shape[1])) {
                MonomialMoments moments =
                        new MonomialMoments(
                                monomials, shape[2], TILES.get(kernel), PANELS.get(kernel));
                DMatrixRMaj origin = TestMatrices.normal(1, shape[1], 2);
                double[][] expected = new double[shape[2]][monomials.count()];
                for (int block = 0; block < BLOCKS; block++) {
                    DMatrixRMaj x = TestMatrices.normal(shape[0] - block, shape[1], 3 + block);
                    DMatrixRMaj weights = TestMatrices.uniform(shape[2] + 1, x.numRows, 5 + block);
                    moments.add(x, origin, weights, places(shape[2]));
                    addMoments(monomials, x, origin, weights, expected);
                }
                for (int k = 0; k < shape[2]; k++) {
                    for (int m = 0; m < monomials.count(); m++) {
                        assertThat(moments.sum(k, m)).isEqualTo(expected[k][m]);
                    }
                }
            }
        }
    }

    @Test
    void blocksWithARowOutOfReachAreNotAdded() {
        Monomials monomials = Monomials.quadratic(3);
        DMatrixRMaj origin = new DMatrixRMaj(1, 3);
        for (double far : new double[] {1e101, -1e101, Double.POSITIVE_INFINITY, Double.NaN}) {
            DMatrixRMaj x = TestMatrices.normal(20, 3, 1);
            DMatrixRMaj weights = TestMatrices.uniform(1, 20, 2);
            MonomialForms forms = new MonomialForms(monomials, TestMatrices.normal(1, 10, 3));
            MonomialMoments moments = new MonomialMoments(monomials, 1);
            assertThat(forms.compute(x, origin)).isTrue();
            assertThat(moments.add(x, origin, weights, new int[1])).isTrue();
            double before = moments.sum(0, 9);
            x.set(19, 2, far);
            assertThat(forms.compute(x, origin)).isFalse();
            assertThat(moments.add(x, origin, weights, new int[1])).isFalse();
            assertThat(moments.sum(0, 9)).isEqualTo(before);
        }
    }

    private static List<Monomials> both(int dimension) {
        return List.of(Monomials.quadratic(dimension), Monomials.squares(dimension));
    }

    /** All rows but the first, in descending order. */
    private static int[] places(int count) {
        int[] places = new int[count];
        for (int k = 0; k < count; k++) {
            places[k] = count - k;
        }
        return places;
    }

    private static double[] of(Monomials monomials, double[] y) {
        List<Double> values = new ArrayList<>();
        values.add(1.0);
        for (double number : y) {
            values.add(number);
        }
        boolean squares = monomials.count() == 2 * y.length + 1;
        for (int i = 0; i < y.length; i++) {
            for (int j = i; j < (squares ? i + 1 : y.length); j++) {
                values.add(y[i] * y[j]);
            }
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] of(Monomials monomials, DMatrixRMaj x, int row, DMatrixRMaj origin) {
        double[] y = TestMatrices.row(x, row);
        for (int j = 0; j < y.length; j++) {
            y[j] -= origin.data[j];
        }
        return of(monomials, y);
    }

    private static DMatrixRMaj forms(
            Monomials monomials, DMatrixRMaj coefficients, DMatrixRMaj x, DMatrixRMaj origin) {
        int k = coefficients.numRows;
        DMatrixRMaj values = new DMatrixRMaj(k + 1, x.numRows);
        for (int i = 0; i < x.numRows; i++) {
            double[] monomial = of(monomials, x, i, origin);
            for (int c = 0; c < k; c++) {
                double sum = 0;
                for (int m = 0; m < monomial.length; m++) {
                    sum = Math.fma(coefficients.get(c, m), monomial[m], sum);
                }
                values.set(k - c, i, sum);
            }
        }
        return values;
    }

    private static void addMoments(
            Monomials monomials,
            DMatrixRMaj x,
            DMatrixRMaj origin,
            DMatrixRMaj weights,
            double[][] sums) {
        for (int i = 0; i < x.numRows; i++) {
            double[] monomial = of(monomials, x, i, origin);
            for (int c = 0; c < sums.length; c++) {
                double weight = weights.get(sums.length - c, i);
                for (int m = 0; m < monomial.length; m++) {
                    sums[c][m] = Math.fma(weight, monomial[m], sums[c][m]);
                }
            }
        }
    }
}
