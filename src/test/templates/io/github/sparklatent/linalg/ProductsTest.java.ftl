<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}ProductsTest.java"/>
package io.github.sparklatent.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.linalg.kernels.ForcedWidths;
import io.github.sparklatent.linalg.kernels.${T}Gemm;
import io.github.sparklatent.linalg.kernels.${T}ScalarGemm;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.ejml.data.${T[0]}MatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares every kernel with plain sums, bit for bit: a chain of fused multiply-adds, or for long
 * sums of few columns several chains that are added by halves. Operands are transposed or not, have a
 * stride or are dense, and lie at an offset among numbers that must not change.
 */
class ${T}ProductsTest {
    private static final Map<String, ${T}Gemm> KERNELS =
            ForcedWidths.all(
                    ${T}Gemm.class, Kernels.${t}Gemm(), new ${T}ScalarGemm(), "${T}VectorGemm");

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
        return KERNELS.keySet().stream();
    }

    private static ${T}Products products(String kernel) {
        return new ${T}Products(KERNELS.get(kernel));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sumsOfMultiplyAdds(String kernel) {
        ${T}Products products = products(kernel);
        for (int[] shape : SHAPES) {
            for (int form = 0; form < 16; form++) {
                int gap = (form & 8) != 0 ? 0 : 2;
                ${T}View a = view(shape[0], shape[1], gap, (form & 1) != 0);
                ${T}View b = view(shape[1], shape[2], gap, (form & 2) != 0);
                ${T}View c = view(shape[0], shape[2], gap, false);
                check(products, a, b, c, (form & 4) != 0);
            }
        }
    }

    private static void check(
            ${T}Products products, ${T}View a, ${T}View b, ${T}View c, boolean add) {
        ${t}[] expected = c.data().clone();
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
    private static ${t} sum(${T}View a, int i, ${T}View b, int j, ${T} start) {
        int depth = a.width();
        int parts = depth < 256 || b.width() > 7 ? 1 : b.width() > 1 ? 4 : 64 / ${T}.BYTES;
        ${t}[] sums = new ${t}[parts];
        if (parts == 1 && start != null) {
            sums[0] = start;
        }
        for (int p = 0; p < depth; p++) {
            ${t} x = a.data()[at(a, i, p)];
            sums[p % parts] = Math.fma(x, b.data()[at(b, p, j)], sums[p % parts]);
        }
        if (parts == 1) {
            return sums[0];
        }
        ${t} sum = byHalves(sums);
        return start != null ? start + sum : sum;
    }

    private static ${t} byHalves(${t}[] sums) {
        if (sums.length == 1) {
            return sums[0];
        }
        ${t}[] half = new ${t}[sums.length / 2];
        for (int l = 0; l < half.length; l++) {
            half[l] = sums[l] + sums[l + half.length];
        }
        return byHalves(half);
    }

    private static String describe(${T}View view) {
        return view.height() + " x " + view.width() + (view.transposed() ? " transposed" : "");
    }

    /** Random numbers at an offset, with a gap between rows; behind the end where there is one. */
    private ${T}View view(int height, int width, int gap, boolean transposed) {
        int rows = transposed ? width : height;
        int columns = transposed ? height : width;
        ${t}[] data = new ${t}[3 + rows * (columns + gap) + 2 * gap];
        for (int i = 0; i < data.length; i++) {
            data[i] = ${p.cast}(2 * random.nextDouble() - 1);
        }
        return new ${T}View(data, 3, rows, columns, columns + gap, transposed);
    }

    private static int at(${T}View view, int row, int column) {
        return view.offset()
                + (view.transposed() ? column * view.stride() + row : row * view.stride() + column);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void nothingToSumIsZero(String kernel) {
        ${T}Products products = products(kernel);
        ${T}View a = ${T}View.of(new ${t}[0], 0, 2, 0);
        ${T}View b = ${T}View.of(new ${t}[0], 0, 0, 3);
        ${t}[] data = {9, 1, 2, 3, 4, 5, 6, 9};
        products.multiplyAdd(a, b, ${T}View.of(data, 1, 2, 3));
        assertThat(data).containsExactly(9, 1, 2, 3, 4, 5, 6, 9);
        products.multiply(a, b, ${T}View.of(data, 1, 2, 3));
        assertThat(data).containsExactly(9, 0, 0, 0, 0, 0, 0, 9);
        products.multiply(a, ${T}View.of(new ${t}[0], 0, 0, 0), ${T}View.of(data, 0, 2, 0));
        products.multiply(${T}View.of(data, 0, 0, 2), ${T}View.of(data, 0, 2, 3), b);
        ${T}View turned = ${T}View.of(new ${t}[600], 0, 300, 2).transpose();
        products.multiply(
                turned, ${T}View.of(new ${t}[0], 0, 300, 0), ${T}View.of(data, 0, 2, 0));
        products.multiply(
                ${T}View.of(data, 0, 0, 300),
                ${T}View.of(new ${t}[300], 0, 300, 1),
                ${T}View.of(data, 0, 0, 1));
        assertThat(data).containsExactly(9, 0, 0, 0, 0, 0, 0, 9);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void infinitiesReachTheirElementsOnly(String kernel) {
        ${T[0]}MatrixRMaj a = new ${T[0]}MatrixRMaj(2, 2, true, 1, ${T}.POSITIVE_INFINITY, 1, 1);
        ${T[0]}MatrixRMaj b = new ${T[0]}MatrixRMaj(2, 2, true, 1, 1, 1, 0);
        ${T[0]}MatrixRMaj c = new ${T[0]}MatrixRMaj(2, 2);
        products(kernel).multiply(${T}View.of(a), ${T}View.of(b), ${T}View.of(c));
        assertThat(c.data).containsExactly(${T}.POSITIVE_INFINITY, ${T}.NaN, 2, 1);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void whatIsReadTooFarReachesNoResult(String kernel) {
        ${T}Products products = products(kernel);
        for (int n = 1; n < 10; n++) {
            for (int height : new int[] {9, 17}) {
                for (int form = 0; form < 8; form++) {
                    boolean transposed = (form & 1) != 0;
                    int gap = (form & 2) != 0 ? 3 : 0;
                    boolean wide = (form & 4) != 0;
                    ${T}View left = view(height, 259, gap, false);
                    ${T}View right = view(259, n, gap, transposed);
                    Arrays.fill(left.data(), ${T}.POSITIVE_INFINITY);
                    Arrays.fill(right.data(), ${T}.POSITIVE_INFINITY);
                    products.multiply(left, right, view(height, n, gap, false));
                    ${T}View a = beside(view(height, wide ? 7 : 257, gap, false));
                    ${T}View b = beside(view(a.width(), wide ? 30 + n : n, gap, transposed));
                    check(products, a, b, view(height, b.width(), gap, false), false);
                }
            }
        }
    }

    /** NaN between the rows, before and behind them, and infinity in every second row. */
    private static ${T}View beside(${T}View view) {
        ${t}[] data = view.data();
        for (int at = 0; at < data.length; at++) {
            int row = Math.floorDiv(at - view.offset(), view.stride());
            int column = Math.floorMod(at - view.offset(), view.stride());
            if (row < 0 || row >= view.rows() || column >= view.columns()) {
                data[at] = ${T}.NaN;
            } else if (!view.transposed() && view.columns() > 200 && row % 2 == 1) {
                data[at] = ${T}.POSITIVE_INFINITY;
            }
        }
        return view;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sumsThatUnderflowKeepTheSignOfZero(String kernel) {
        ${T}Products products = products(kernel);
        for (int n = 1; n < 10; n++) {
            for (int depth = 256; depth < 260; depth++) {
                ${T}View a = view(5, depth, 0, false);
                ${T}View b = view(depth, n, 0, false);
                Arrays.fill(a.data(), ${T}.MIN_VALUE);
                Arrays.fill(b.data(), -0.25f);
                ${T}View c = view(5, n, 0, false);
                check(products, a, b, c, false);
                assertThat(${T}.compare(c.data()[c.offset()], -0f)).isZero();
            }
        }
    }

    @Test
    void shapesThatDoNotFitAreErrors() {
        ${T}Products products = new ${T}Products();
        ${T}View a = ${T}View.of(new ${t}[6], 0, 2, 3);
        ${T}View square = ${T}View.of(new ${t}[4], 0, 2, 2);
        assertThatThrownBy(() -> products.multiply(a, a, square))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("product of 2 x 3 and 2 x 3 into 2 x 2");
        assertThatThrownBy(() -> products.multiplyAdd(square, a, square))
                .hasMessage("product of 2 x 2 and 2 x 3 into 2 x 2");
        assertThatThrownBy(() -> products.multiply(a, a.transpose(), square.transpose()))
                .hasMessageContaining("transposed view");
    }
}
</#list>
