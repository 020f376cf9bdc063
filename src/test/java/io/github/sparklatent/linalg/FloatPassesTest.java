package io.github.sparklatent.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same bits from every kernel, those of a plain loop, and nothing written beside. */
class FloatPassesTest {
    private static final int COUNT = 5;
    private static final int FROM = 3;
    private static final int AT = 2;

    private static final Map<String, FloatSweeps> KERNELS =
            ForcedWidths.all(
                    FloatSweeps.class,
                    Kernels.floatSweeps(),
                    new FloatScalarSweeps(),
                    "FloatVectorSweeps");

    static Stream<String> kernels() {
        return KERNELS.keySet().stream();
    }

    private static float[] numbers(int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (float) (2 * random.nextDouble() - 1);
        }
        return numbers;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void rowsAreAddedInTheirOrder(String name) {
        for (int width : new int[] {1, 2, 7, 16, 31, 64, 65, 100, 200}) {
            float[] rows = numbers(FROM + COUNT * width, 1);
            float[] sums = numbers(AT + width + 1, 2);
            float[] expected = sums.clone();
            for (int i = 0; i < COUNT; i++) {
                for (int j = 0; j < width; j++) {
                    expected[AT + j] += rows[FROM + i * width + j];
                }
            }
            KERNELS.get(name).addRows(rows, FROM, COUNT, width, sums, AT);
            assertThat(sums).as("%d columns", width).isEqualTo(expected);
        }
    }

    @Test
    void rangesBeyondTheArraysAreErrors() {
        assertThatThrownBy(() -> FloatPasses.addRows(new float[6], 1, 2, 3, new float[9], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> FloatPasses.addRows(new float[9], 1, 2, 3, new float[3], 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void thePassesAreThoseOfTheKernel() {
        float[] sums = {1f, 2f};
        FloatPasses.addRows(new float[] {3f, 4f, 5f, 6f}, 0, 2, 2, sums, 0);
        assertThat(sums).containsExactly(9f, 12f);
    }
}
