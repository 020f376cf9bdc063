package io.github.sparklatent.learn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.averaging.Divergence;
import io.github.sparklatent.learn.averaging.WeightedAverage;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {
    /** More than three ranges, the last one of another length. */
    private static final int LONG = 3 * Ranges.LENGTH + 17;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Ranges.LENGTH, Ranges.LENGTH + 1, LONG})
    void everyEntryIsMetOnce(int length) {
        AtomicIntegerArray met = new AtomicIntegerArray(length);
        Ranges.each(length, (from, to) -> IntStream.range(from, to).forEach(i -> met.incrementAndGet(i)));
        assertThat(IntStream.range(0, length).map(met::get)).allMatch(count -> count == 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Ranges.LENGTH - 1, Ranges.LENGTH, LONG - 1})
    void aSingleEntryIsFound(int entry) {
        Divergence divergence = new Divergence("round", List.of(new LearningRate("it", 1)), false);
        double[] doubles = new double[LONG];
        float[] floats = new float[LONG];
        divergence.requireFinite(doubles);
        divergence.requireFinite(floats);
        doubles[entry] = Double.NEGATIVE_INFINITY;
        floats[entry] = Float.NaN;
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> divergence.requireFinite(doubles))
                .withMessageContaining("a parameter is -Infinity");
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> divergence.requireFinite(floats))
                .withMessageContaining("a parameter is NaN");
    }

    /** A long vector's entries are those of short ones. */
    @ParameterizedTest
    @EnumSource(OuterOptimizer.Type.class)
    void updatesAreEntryByEntry(OuterOptimizer.Type type) {
        OuterOptimizer outer = OuterOptimizer.of(type);
        float[] parameters = numbers(1);
        double[] mean = mean(numbers(2), numbers(3));
        float[] vectors = outer.start(LONG);
        float[] next = outer.update(parameters, mean, vectors, 2);
        for (int i = 0; i < LONG; i += 4099) {
            float[] own = outer.start(1);
            float[] alone = outer.update(new float[] {parameters[i]}, new double[] {mean[i]}, own, 2);
            assertThat(next[i]).as("entry %d", i).isEqualTo(alone[0]);
            for (int v = 0; v < own.length; v++) {
                assertThat(vectors[v * LONG + i]).as("vector %d of %d", v, i).isEqualTo(own[v]);
            }
        }
    }

    @Test
    void averagesAreEntryByEntry() {
        float[] first = numbers(2);
        float[] second = numbers(3);
        double[] mean = mean(first, second);
        for (int i = 0; i < LONG; i++) {
            assertThat(mean[i]).isEqualTo(0.25 * first[i] + 0.75 * second[i]);
        }
        WeightedAverage inOneThread = new WeightedAverage(LONG, 4, false);
        inOneThread.add(first, 1);
        inOneThread.add(second, 3);
        assertThat(inOneThread.values()).isEqualTo(mean);
    }

    private static double[] mean(float[] first, float[] second) {
        WeightedAverage average = new WeightedAverage(LONG, 4, true);
        average.add(first, 1);
        average.add(second, 3);
        return average.values();
    }

    private static float[] numbers(int phase) {
        float[] numbers = new float[LONG];
        for (int i = 0; i < LONG; i++) {
            numbers[i] = (float) Math.sin(phase * (i + 1));
        }
        return numbers;
    }
}
