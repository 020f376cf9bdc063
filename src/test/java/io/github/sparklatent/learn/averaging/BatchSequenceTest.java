package io.github.sparklatent.learn.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.averaging.LocalSteps.BatchSequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchSequenceTest {
    /** Cumulative weights of n rows of weight 1. */
    static double[] ones(int n) {
        return IntStream.rangeClosed(1, n).asDoubleStream().toArray();
    }

    private static List<Integer> rowsOfEpoch(BatchSequence batches, long epoch) {
        List<Integer> rows = new ArrayList<>();
        for (long batch = epoch * batches.perEpoch(); batch < (epoch + 1) * batches.perEpoch(); batch++) {
            for (int i = 0; i < batches.size(batch); i++) {
                rows.add(batches.order(batch)[batches.from(batch) + i]);
            }
        }
        return rows;
    }

    @ParameterizedTest
    @CsvSource({"10, 3, 4", "12, 3, 4", "1, 8, 1", "7, 7, 1", "7, 100, 1", "5, 1, 5"})
    void aPassMeetsEachRowOnce(int rows, int batchSize, int perEpoch) {
        BatchSequence batches = new BatchSequence(0, ones(rows), batchSize, 1);
        assertThat(batches.perEpoch()).isEqualTo(perEpoch);
        for (long epoch : new long[] {0, 1, 1_000_000}) {
            List<Integer> met = rowsOfEpoch(batches, epoch);
            assertThat(met).hasSize(rows).doesNotHaveDuplicates();
            assertThat(met).allMatch(row -> row >= 0 && row < rows);
        }
    }

    @Test
    void batchesAreFullButForThePassesLast() {
        BatchSequence batches = new BatchSequence(0, ones(10), 4, 1);
        assertThat(List.of(batches.size(0), batches.size(1), batches.size(2), batches.size(3)))
                .containsExactly(4, 4, 2, 4);
    }

    @Test
    void orderAndKeysDependOnSeedPartitionAndPlaceOnly() {
        Set<List<Integer>> orders = new HashSet<>();
        Set<Long> keys = new HashSet<>();
        for (long seed : new long[] {1, 2}) {
            for (int partition : new int[] {0, 1}) {
                BatchSequence forwards = new BatchSequence(partition, ones(30), 7, seed);
                BatchSequence backwards = new BatchSequence(partition, ones(30), 7, seed);
                List<Integer> second = rowsOfEpoch(backwards, 1);
                orders.add(rowsOfEpoch(forwards, 0));
                orders.add(rowsOfEpoch(forwards, 1));
                assertThat(rowsOfEpoch(forwards, 1)).isEqualTo(second);
                assertThat(rowsOfEpoch(backwards, 0)).isEqualTo(rowsOfEpoch(forwards, 0));
                for (long batch = 0; batch < 10; batch++) {
                    keys.add(forwards.key(batch));
                    assertThat(backwards.key(batch)).isEqualTo(forwards.key(batch));
                }
            }
        }
        assertThat(orders).hasSize(8);
        assertThat(keys).hasSize(40);
    }

    /** 6,000 draws of 6 permutations: a share's deviation is √(1/6 · 5/6 / 6000) = 0.0048; six. */
    @Test
    void everyOrderIsAsLikelyAsAnother() {
        Map<List<Integer>, Integer> counts = new HashMap<>();
        for (long epoch = 0; epoch < 6000; epoch++) {
            counts.merge(rowsOfEpoch(new BatchSequence(3, ones(3), 1, 9), epoch), 1, Integer::sum);
        }
        assertThat(counts).hasSize(6);
        assertThat(counts.values())
                .allSatisfy(count -> assertThat(count / 6000.0).isCloseTo(1 / 6.0, within(0.029)));
    }

    /** Weights 1, 0, 2, 5 of four rows: 0.5, 0, 1, 2.5 draws in expectation. */
    @Test
    void rowsAreDrawnInProportionToTheirWeights() {
        BatchSequence batches = new BatchSequence(0, new double[] {1, 1, 3, 8}, 3, 4);
        int epochs = 4000;
        int[] draws = new int[4];
        for (long epoch = 0; epoch < epochs; epoch++) {
            List<Integer> met = rowsOfEpoch(batches, epoch);
            assertThat(met).hasSize(4).doesNotContain(1);
            assertThat(Collections.frequency(met, 0)).isLessThanOrEqualTo(1);
            assertThat(Collections.frequency(met, 2)).isEqualTo(1);
            assertThat(Collections.frequency(met, 3)).isBetween(2, 3);
            met.forEach(row -> draws[row]++);
        }
        // A draw more or less in an epoch has a deviation of 1/2: 0.008 of the mean; six.
        assertThat(draws[0] / (double) epochs).isCloseTo(0.5, within(0.048));
        assertThat(draws[3] / (double) epochs).isCloseTo(2.5, within(0.048));
    }
}
