package io.github.sparklatent.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kernel against the plain chain of fused multiply-adds, bit for bit: operands transposed or
 * not, with a stride and an offset, among numbers that must stay as they are.
 */
class FloatProductsTest {
    private static final Map<String, FloatTiles> TILES =
            ForcedWidths.all(
                    FloatTiles.class,
                    Kernels.floatTiles(),
                    new FloatScalarTiles(),
                    "FloatVectorTiles");

    private static final Map<String, FloatStrips> STRIPS =
            ForcedWidths.all(
                    FloatStrips.class,
                    Kernels.floatStrips(),
                    new FloatScalarStrips(),
                    "FloatVectorStrips");

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

    private static FloatProducts products(String kernel) {
        return new FloatProducts(TILES.get(kernel), STRIPS.get(kernel));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void chainsOfMultiplyAdds(String kernel) {
        FloatProducts products = products(kernel);
        for (int[] shape : SHAPES) {
            for (int form = 0; form < 8; form++) {
                FloatView a = view(shape[0], shape[1], (form & 1) != 0);
                FloatView b = view(shape[1], shape[2], (form & 2) != 0);
                check(products, a, b, (form & 4) != 0);
            }
        }
    }

    private void check(FloatProducts products, FloatView a, FloatView b, boolean add) {
        FloatView c = view(a.height(), b.width(), false);
        float[] expected = c.data().clone();
        for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.columns(); j++) {
                float sum = add ? expected[at(c, i, j)] : 0f;
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

    private static String describe(FloatView view) {
        return view.height() + " x " + view.width() + (view.transposed() ? " transposed" : "");
    }

    /** Random numbers seen at an offset, with a stride beyond the width and some behind the end. */
    private FloatView view(int height, int width, boolean transposed) {
        int rows = transposed ? width : height;
        int columns = transposed ? height : width;
        float[] data = new float[3 + rows * (columns + 2) + 5];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) (2 * random.nextDouble() - 1);
        }
        return new FloatView(data, 3, rows, columns, columns + 2, transposed);
    }

    private static int at(FloatView view, int row, int column) {
        return view.offset()
                + (view.transposed() ? column * view.stride() + row : row * view.stride() + column);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void nothingToSumIsZero(String kernel) {
        FloatProducts products = products(kernel);
        FloatView a = FloatView.of(new float[0], 0, 2, 0);
        FloatView b = FloatView.of(new float[0], 0, 0, 3);
        float[] data = {9, 1, 2, 3, 4, 5, 6, 9};
        products.multiplyAdd(a, b, FloatView.of(data, 1, 2, 3));
        assertThat(data).containsExactly(9, 1, 2, 3, 4, 5, 6, 9);
        products.multiply(a, b, FloatView.of(data, 1, 2, 3));
        assertThat(data).containsExactly(9, 0, 0, 0, 0, 0, 0, 9);
        products.multiply(a, FloatView.of(new float[0], 0, 0, 0), FloatView.of(data, 0, 2, 0));
        products.multiply(FloatView.of(data, 0, 0, 2), FloatView.of(data, 0, 2, 3), b);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void infinitiesReachTheirElementsOnly(String kernel) {
        FMatrixRMaj a = new FMatrixRMaj(2, 2, true, 1, Float.POSITIVE_INFINITY, 1, 1);
        FMatrixRMaj b = new FMatrixRMaj(2, 2, true, 1, 1, 1, 0);
        FMatrixRMaj c = new FMatrixRMaj(2, 2);
        products(kernel).multiply(FloatView.of(a), FloatView.of(b), FloatView.of(c));
        assertThat(c.data).containsExactly(Float.POSITIVE_INFINITY, Float.NaN, 2, 1);
    }

    @Test
    void shapesThatDoNotFitAreErrors() {
        FloatProducts products = new FloatProducts();
        FloatView a = FloatView.of(new float[6], 0, 2, 3);
        FloatView square = FloatView.of(new float[4], 0, 2, 2);
        assertThatThrownBy(() -> products.multiply(a, a, square))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("product of 2 x 3 and 2 x 3 into 2 x 2");
        assertThatThrownBy(() -> products.multiplyAdd(square, a, square))
                .hasMessage("product of 2 x 2 and 2 x 3 into 2 x 2");
        assertThatThrownBy(() -> products.multiply(a, a.transpose(), square.transpose()))
                .hasMessageContaining("transposed view");
    }
}
