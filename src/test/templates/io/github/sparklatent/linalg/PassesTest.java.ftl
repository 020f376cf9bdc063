<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}PassesTest.java"/>
package io.github.sparklatent.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.linalg.kernels.ForcedWidths;
import io.github.sparklatent.linalg.kernels.${T}Im2col;
import io.github.sparklatent.linalg.kernels.${T}ScalarIm2col;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same bits from every kernel, those of a plain loop, and nothing written beside. */
class ${T}PassesTest {
    private static final int LANES = ${T}Passes.LANES;
    private static final int COUNT = 5;
    private static final int FROM = 3;
    private static final int AT = 2;

    private static final Map<String, ${T}Im2col> KERNELS =
            ForcedWidths.all(
                    ${T}Im2col.class,
                    Kernels.choose(${T}Im2col.class, "${T}%sIm2col"),
                    new ${T}ScalarIm2col(),
                    "${T}VectorIm2col");

    static Stream<String> kernels() {
        return KERNELS.keySet().stream();
    }

    private static ${t}[] numbers(int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ${t}[] numbers = new ${t}[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = ${p.cast}(2 * random.nextDouble() - 1);
        }
        return numbers;
    }

    @Test
    void rowsAreAddedInTheirOrder() {
        for (int width : new int[] {1, 2, 7, 16, 31, 64, 65, 100, 200}) {
            ${t}[] rows = numbers(FROM + COUNT * width, 1);
            ${t}[] sums = numbers(AT + width + 1, 2);
            ${t}[] expected = sums.clone();
            for (int i = 0; i < COUNT; i++) {
                for (int j = 0; j < width; j++) {
                    expected[AT + j] += rows[FROM + i * width + j];
                }
            }
            ${T}Passes.addRows(rows, FROM, COUNT, width, sums, AT);
            assertThat(sums).as("%d columns", width).isEqualTo(expected);
        }
    }

    @Test
    void everyShapeIsTransposed() {
        for (int rows : new int[] {0, 1, 3, 4, 5, 8, 11}) {
            for (int columns : new int[] {0, 1, 2, 7, 16}) {
                ${t}[] in = numbers(rows * columns, 1);
                ${t}[] out = new ${t}[rows * columns + 1];
                ${T}Passes.transpose(in, rows, columns, out);
                for (int k = 0; k < in.length; k++) {
                    assertThat(out[k % columns * rows + k / columns]).isEqualTo(in[k]);
                }
                assertThat(out[in.length]).isZero();
            }
        }
        assertThatThrownBy(() -> ${T}Passes.transpose(new ${t}[6], 2, 3, new ${t}[5]))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void lanesAreATransposeAndItsWayBack() {
        int places = 9;
        int stride = 12;
        ${t}[] in = numbers(FROM + LANES * stride, 1);
        for (int count : new int[] {1, 3, 4, 7, LANES}) {
            ${t}[] out = numbers(AT + places * LANES + 1, 2);
            ${t} before = out[0];
            ${t} after = out[AT + places * LANES];
            ${T}Passes.toLanes(in, FROM, stride, count, out, AT, places);
            for (int p = 0; p < places; p++) {
                for (int lane = 0; lane < LANES; lane++) {
                    ${t} expected = lane < count ? in[FROM + lane * stride + p] : 0f;
                    assertThat(out[AT + p * LANES + lane]).isEqualTo(expected);
                }
            }
            assertThat(out[0]).isEqualTo(before);
            assertThat(out[AT + places * LANES]).isEqualTo(after);

            ${t}[] back = new ${t}[in.length];
            ${T}Passes.fromLanes(out, AT, back, FROM, stride, count, places);
            for (int k = 0; k < in.length; k++) {
                int lane = (k - FROM) / stride;
                boolean written = k >= FROM && lane < count && (k - FROM) % stride < places;
                assertThat(back[k]).isEqualTo(written ? in[k] : 0f);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void gridsAreCopiedAndAddedPlaceByPlace(String name) {
        ${T}Im2col kernel = KERNELS.get(name);
        int lines = 3;
        int places = 5;
        for (int step : new int[] {LANES, 2 * LANES, 3 * LANES}) {
            int line = 2 * places * step;
            ${t}[] image = numbers(FROM + lines * line, 1);
            ${t}[] out = new ${t}[AT + lines * places * LANES];
            ${t}[] sums = image.clone();
            kernel.gather(image, FROM, line, step, out, AT, lines, places);
            kernel.scatter(out, AT, sums, FROM, line, step, lines, places);
            ${t}[] twice = image.clone();
            for (int k = 0; k < lines * places * LANES; k++) {
                int place = k / LANES;
                int from = FROM + place / places * line + place % places * step + k % LANES;
                assertThat(out[AT + k]).isEqualTo(image[from]);
                twice[from] += image[from];
            }
            assertThat(sums).isEqualTo(twice);
        }
    }

    @Test
    void rangesBeyondTheArraysAreErrors() {
        ${t}[] grid = new ${t}[5 * LANES];
        ${t}[] few = new ${t}[4 * LANES - 1];
        assertThatThrownBy(() -> ${T}Passes.gather(grid, 0, 2 * LANES, LANES, few, 0, 2, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ${T}Passes.scatter(grid, 0, few, 0, 2 * LANES, LANES, 2, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ${T}Passes.addRows(new ${t}[6], 1, 2, 3, new ${t}[9], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ${T}Passes.addRows(new ${t}[9], 1, 2, 3, new ${t}[3], 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void thePassesAreThoseOfTheKernel() {
        ${t}[] sums = {1f, 2f};
        ${T}Passes.addRows(new ${t}[] {3f, 4f, 5f, 6f}, 0, 2, 2, sums, 0);
        assertThat(sums).containsExactly(9f, 12f);
        ${t}[] copy = new ${t}[LANES];
        ${T}Passes.gather(numbers(LANES, 3), 0, 0, 0, copy, 0, 1, 1);
        assertThat(copy).isEqualTo(numbers(LANES, 3));
        ${T}Passes.scatter(numbers(LANES, 3), 0, copy, 0, 0, 0, 1, 1);
        assertThat(copy[1]).isEqualTo(2 * numbers(LANES, 3)[1]);
    }
}
</#list>
