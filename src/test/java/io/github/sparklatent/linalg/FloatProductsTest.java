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
 * Every kernel against plain sums, bit for bit: a chain of fused multiply-adds, or for long sums of
 * few columns several that are added by halves. Operands transposed or not, with a stride or dense,
 * at an offset, among numbers that must stay as they are.
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

    private static final Map<String, FloatThinTiles> THIN =
            ForcedWidths.all(
                    FloatThinTiles.class,
                    Kernels.floatThinTiles(),
                    new FloatScalarThinTiles(),
                    "FloatVectorThinTiles");

    private static final Map<String, FloatJoinedTiles> JOINED =
            ForcedWidths.all(
                    FloatJoinedTiles.class,
                    Kernels.floatJoinedTiles(),
                    new FloatScalarJoinedTiles(),
                    "FloatVectorJoinedTiles");

    private static final Map<String, FloatStreams> STREAMS =
            ForcedWidths.all(
                    FloatStreams.class,
                    Kernels.floatStreams(),
                    new FloatScalarStreams(),
                    "FloatVectorStreams");

    private static final Map<String, FloatShallowTiles> SHALLOW =
            ForcedWidths.all(
                    FloatShallowTiles.class,
                    Kernels.floatShallowTiles(),
                    new FloatScalarShallowTiles(),
                    "FloatVectorShallowTiles");

    private static final Map<String, FloatTransposition> TRANSPOSITIONS =
            ForcedWidths.all(
                    FloatTransposition.class,
                    Kernels.floatTransposition(),
                    new FloatScalarTransposition(),
                    "FloatVectorTransposition");

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
        {4, 1, 71},
        {5, 1, 1039},
        {4, 2, 1025},
        {7, 7, 509},
        {4, 8, 1039},
        {3, 6, 64},
        {8, 4, 100},
        {2, 5, 8200},
        {4, 6, 32},
        {4, 6, 33},
        {5, 8, 16},
        {5, 8, 17},
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
        {30, 300, 170},
        {1, 255, 1},
        {1, 256, 1},
        {1, 271, 1},
        {9, 255, 3},
        {17, 287, 1},
        {1030, 259, 1},
        {1, 256, 2},
        {2, 267, 3},
        {3, 321, 3},
        {4, 262, 7},
        {5, 509, 7},
        {6, 258, 5},
        {7, 257, 4},
        {8, 260, 8},
        {16, 257, 3},
        {17, 259, 3},
        {50, 256, 4},
        {21, 300, 2},
        {600, 263, 6},
        {1100, 256, 7},
        {300, 17, 5},
        {131, 12, 7},
        {33, 63, 8},
        {259, 9, 4},
        {47, 2, 1100},
        {5, 3, 1100},
        {17, 20_000, 7},
        {19, 45, 67},
        {33, 280, 530},
        {65, 80, 2053},
        {140_000, 2, 9}
    };

    private final SplittableRandom random = new SplittableRandom(1);

    static Stream<String> kernels() {
        return TILES.keySet().stream();
    }

    private static FloatProducts products(String kernel) {
        return new FloatProducts(
                TILES.get(kernel),
                STRIPS.get(kernel),
                THIN.get(kernel),
                JOINED.get(kernel),
                STREAMS.get(kernel),
                SHALLOW.get(kernel),
                TRANSPOSITIONS.get(kernel));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sumsOfMultiplyAdds(String kernel) {
        FloatProducts products = products(kernel);
        for (int[] shape : SHAPES) {
            for (int form = 0; form < 16; form++) {
                int gap = (form & 8) != 0 ? 0 : 2;
                FloatView a = view(shape[0], shape[1], gap, (form & 1) != 0);
                FloatView b = view(shape[1], shape[2], gap, (form & 2) != 0);
                FloatView c = view(shape[0], shape[2], gap, false);
                check(products, a, b, c, (form & 4) != 0);
            }
        }
    }

    private static void check(
            FloatProducts products, FloatView a, FloatView b, FloatView c, boolean add) {
        float[] expected = c.data().clone();
        for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.columns(); j++) {
                expected[at(c, i, j)] = sum(a, i, b, j, add ? expected[at(c, i, j)] : null);
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

    /** One element, from a start if there is one. */
    private static float sum(FloatView a, int i, FloatView b, int j, Float start) {
        int depth = a.width();
        int parts = depth < 256 || b.width() > 7 ? 1 : b.width() > 1 ? 4 : 64 / Float.BYTES;
        float[] sums = new float[parts];
        if (parts == 1 && start != null) {
            sums[0] = start;
        }
        for (int p = 0; p < depth; p++) {
            float x = a.data()[at(a, i, p)];
            sums[p % parts] = Math.fma(x, b.data()[at(b, p, j)], sums[p % parts]);
        }
        if (parts == 1) {
            return sums[0];
        }
        float sum = byHalves(sums);
        return start != null ? start + sum : sum;
    }

    private static float byHalves(float[] sums) {
        if (sums.length == 1) {
            return sums[0];
        }
        float[] half = new float[sums.length / 2];
        for (int l = 0; l < half.length; l++) {
            half[l] = sums[l] + sums[l + half.length];
        }
        return byHalves(half);
    }

    private static String describe(FloatView view) {
        return view.height() + " x " + view.width() + (view.transposed() ? " transposed" : "");
    }

    /** Random numbers at an offset, with a gap between rows; behind the end where there is one. */
    private FloatView view(int height, int width, int gap, boolean transposed) {
        int rows = transposed ? width : height;
        int columns = transposed ? height : width;
        float[] data = new float[3 + rows * (columns + gap) + 2 * gap];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) (2 * random.nextDouble() - 1);
        }
        return new FloatView(data, 3, rows, columns, columns + gap, transposed);
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
        FloatView turned = FloatView.of(new float[600], 0, 300, 2).transpose();
        products.multiply(
                turned, FloatView.of(new float[0], 0, 300, 0), FloatView.of(data, 0, 2, 0));
        products.multiply(
                FloatView.of(data, 0, 0, 300),
                FloatView.of(new float[300], 0, 300, 1),
                FloatView.of(data, 0, 0, 1));
        assertThat(data).containsExactly(9, 0, 0, 0, 0, 0, 0, 9);
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

    @ParameterizedTest
    @MethodSource("kernels")
    void whatIsReadTooFarReachesNoResult(String kernel) {
        FloatProducts products = products(kernel);
        for (int n = 1; n < 10; n++) {
            for (int height : new int[] {9, 17}) {
                for (int form = 0; form < 8; form++) {
                    boolean transposed = (form & 1) != 0;
                    int gap = (form & 2) != 0 ? 3 : 0;
                    boolean wide = (form & 4) != 0;
                    FloatView left = view(height, 259, gap, false);
                    FloatView right = view(259, n, gap, transposed);
                    Arrays.fill(left.data(), Float.POSITIVE_INFINITY);
                    Arrays.fill(right.data(), Float.POSITIVE_INFINITY);
                    products.multiply(left, right, view(height, n, gap, false));
                    FloatView a = beside(view(height, wide ? 7 : 257, gap, false));
                    FloatView b = beside(view(a.width(), wide ? 30 + n : n, gap, transposed));
                    check(products, a, b, view(height, b.width(), gap, false), false);
                }
            }
        }
    }

    /** NaN between the rows, before and behind them, and infinity in every second row. */
    private static FloatView beside(FloatView view) {
        float[] data = view.data();
        for (int at = 0; at < data.length; at++) {
            int row = Math.floorDiv(at - view.offset(), view.stride());
            int column = Math.floorMod(at - view.offset(), view.stride());
            if (row < 0 || row >= view.rows() || column >= view.columns()) {
                data[at] = Float.NaN;
            } else if (!view.transposed() && view.columns() > 200 && row % 2 == 1) {
                data[at] = Float.POSITIVE_INFINITY;
            }
        }
        return view;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sumsThatUnderflowKeepTheSignOfZero(String kernel) {
        FloatProducts products = products(kernel);
        for (int n = 1; n < 10; n++) {
            for (int depth = 256; depth < 260; depth++) {
                FloatView a = view(5, depth, 0, false);
                FloatView b = view(depth, n, 0, false);
                Arrays.fill(a.data(), Float.MIN_VALUE);
                Arrays.fill(b.data(), -0.25f);
                FloatView c = view(5, n, 0, false);
                check(products, a, b, c, false);
                assertThat(Float.compare(c.data()[c.offset()], -0f)).isZero();
            }
        }
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
