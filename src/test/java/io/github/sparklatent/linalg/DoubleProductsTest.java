package io.github.sparklatent.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kernel against the plain chain of fused multiply-adds, bit for bit: operands transposed or
 * not, with a stride and an offset, among numbers that must stay as they are.
 */
class DoubleProductsTest {
    private static final Map<String, DoubleTiles> TILES =
            ForcedWidths.all(
                    DoubleTiles.class,
                    Kernels.doubleTiles(),
                    new DoubleScalarTiles(),
                    "DoubleVectorTiles");

    private static final Map<String, DoubleStrips> STRIPS =
            ForcedWidths.all(
                    DoubleStrips.class,
                    Kernels.doubleStrips(),
                    new DoubleScalarStrips(),
                    "DoubleVectorStrips");

    /** m, k, n: one row, one column, primes, full tiles, more than a block of each dimension. */
    private static final int[][] SHAPES = {
        {1, 1, 1},
        {1, 7, 1},
        {1, 5, 71},
        {2, 3, 67},
        {3, 300, 130},
        {71, 5, 1},
        {67, 3, 2},
        {130, 2, 3},
        {5, 1, 7},
        {64, 1, 64},
        {8, 9, 32},
        {16, 4, 64},
        {4, 11, 4},
        {7, 13, 5},
        {13, 31, 37},
        {31, 259, 29},
        {9, 523, 17},
        {37, 6, 10},
        {41, 8, 4},
        {251, 3, 5},
        {3, 2, 2053},
        {5, 2, 2053},
        {3, 5, 3},
        {17, 270, 2},
        {2, 270, 17},
        {23, 19, 47},
        {17, 37, 73},
        {127, 3, 19},
        {3, 3, 300},
        {9, 700, 70},
        {30, 300, 170}
    };

    private final SplittableRandom random = new SplittableRandom(1);

    static Stream<String> kernels() {
        return TILES.keySet().stream();
    }

    private static DoubleProducts products(String kernel) {
        return new DoubleProducts(TILES.get(kernel), STRIPS.get(kernel));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void chainsOfMultiplyAdds(String kernel) {
        DoubleProducts products = products(kernel);
        for (int[] shape : SHAPES) {
            for (int form = 0; form < 8; form++) {
                DoubleView a = view(shape[0], shape[1], (form & 1) != 0);
                DoubleView b = view(shape[1], shape[2], (form & 2) != 0);
                check(products, a, b, (form & 4) != 0);
            }
        }
    }

    private void check(DoubleProducts products, DoubleView a, DoubleView b, boolean add) {
        DoubleView c = view(a.height(), b.width(), false);
        double[] expected = c.data().clone();
        for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.columns(); j++) {
                double sum = add ? expected[at(c, i, j)] : 0d;
                for (int p = 0; p < a.width(); p++) {
                    sum = Math.fma(a.data()[at(a, i, p)], b.data()[at(b, p, j)], sum);
                }
                expected[at(c, i, j)] = sum;
            }
        }
        if (add) {
            products.multiplyAdd(a, b, c);
        } else {
            products.multiply(a, b, c);
        }
        assertThat(Arrays.equals(c.data(), expected))
                .as("%s %s x %s add %s", a.height(), describe(a), describe(b), add)
                .isTrue();
    }

    private static String describe(DoubleView view) {
        return view.height() + " x " + view.width() + (view.transposed() ? " transposed" : "");
    }

    /** Random numbers seen at an offset, with a stride beyond the width and some behind the end. */
    private DoubleView view(int height, int width, boolean transposed) {
        int rows = transposed ? width : height;
        int columns = transposed ? height : width;
        double[] data = new double[3 + rows * (columns + 2) + 5];
        for (int i = 0; i < data.length; i++) {
            data[i] = (2 * random.nextDouble() - 1);
        }
        return new DoubleView(data, 3, rows, columns, columns + 2, transposed);
    }

    private static int at(DoubleView view, int row, int column) {
        return view.offset()
                + (view.transposed() ? column * view.stride() + row : row * view.stride() + column);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void nothingToSumIsZero(String kernel) {
        DoubleProducts products = products(kernel);
        DoubleView a = DoubleView.of(new double[0], 0, 2, 0);
        DoubleView b = DoubleView.of(new double[0], 0, 0, 3);
        double[] data = {9, 1, 2, 3, 4, 5, 6, 9};
        products.multiplyAdd(a, b, DoubleView.of(data, 1, 2, 3));
        assertThat(data).containsExactly(9, 1, 2, 3, 4, 5, 6, 9);
        products.multiply(a, b, DoubleView.of(data, 1, 2, 3));
        assertThat(data).containsExactly(9, 0, 0, 0, 0, 0, 0, 9);
        products.multiply(a, DoubleView.of(new double[0], 0, 0, 0), DoubleView.of(data, 0, 2, 0));
        products.multiply(DoubleView.of(data, 0, 0, 2), DoubleView.of(data, 0, 2, 3), b);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void infinitiesReachTheirElementsOnly(String kernel) {
        DMatrixRMaj a = new DMatrixRMaj(2, 2, true, 1, Double.POSITIVE_INFINITY, 1, 1);
        DMatrixRMaj b = new DMatrixRMaj(2, 2, true, 1, 1, 1, 0);
        DMatrixRMaj c = new DMatrixRMaj(2, 2);
        products(kernel).multiply(DoubleView.of(a), DoubleView.of(b), DoubleView.of(c));
        assertThat(c.data).containsExactly(Double.POSITIVE_INFINITY, Double.NaN, 2, 1);
    }

    @Test
    void shapesThatDoNotFitAreErrors() {
        DoubleProducts products = new DoubleProducts();
        DoubleView a = DoubleView.of(new double[6], 0, 2, 3);
        DoubleView square = DoubleView.of(new double[4], 0, 2, 2);
        assertThatThrownBy(() -> products.multiply(a, a, square))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("product of 2 x 3 and 2 x 3 into 2 x 2");
        assertThatThrownBy(() -> products.multiplyAdd(square, a, square))
                .hasMessage("product of 2 x 2 and 2 x 3 into 2 x 2");
        assertThatThrownBy(() -> products.multiply(a, a.transpose(), square.transpose()))
                .hasMessageContaining("transposed view");
    }
}
