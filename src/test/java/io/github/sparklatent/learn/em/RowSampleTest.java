package io.github.sparklatent.learn.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.Block;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSampleTest {
    private static final int OTHERS = 15_000;
    private static final int DRAWN = 4000;

    /** Different rows, and rows of zeros of as much weight, in two partitions. */
    private static RowBlocks half(int zeros) {
        DMatrixRMaj rows = new DMatrixRMaj(OTHERS + zeros, 1);
        Arrays.setAll(rows.data, i -> i < OTHERS ? i + 1 : 0);
        double[] weights = new double[rows.numRows];
        Arrays.setAll(weights, i -> i < OTHERS ? 1 : (double) OTHERS / zeros);
        int middle = OTHERS + zeros / 2;
        return new InMemoryRowBlocks(
                List.of(List.of(block(rows, weights, 0, middle)), List.of(block(rows, weights, middle, rows.numRows))));
    }

    private static Block block(DMatrixRMaj rows, double[] weights, int from, int to) {
        return new Block(
                new DMatrixRMaj(to - from, 1, true, Arrays.copyOfRange(rows.data, from, to)),
                Arrays.copyOfRange(weights, from, to),
                to - from);
    }

    /** One row of the weight of all others, some of great weight, and copies that were not merged. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, OTHERS})
    void copiesHaveTheirShareOfTheSample(int zeros) {
        for (long seed = 1; seed <= 5; seed++) {
            RowSample sample = RowSample.of(half(zeros), "rows", seed, DRAWN);
            double[] weights = sample.weights();
            double total = Arrays.stream(weights).sum();
            double ofZeros = IntStream.range(0, weights.length)
                    .filter(i -> sample.rows().get(i)[0] == 0)
                    .mapToDouble(i -> weights[i])
                    .sum();
            // The deviation of a share of 4,000 rows is 0.008, that of all weights at most 1 / √4,000.
            assertThat(ofZeros / total).isCloseTo(0.5, within(0.035));
            assertThat(total).isCloseTo(2.0 * OTHERS, within(4 * 2.0 * OTHERS / Math.sqrt(DRAWN)));
            long copies =
                    sample.withCopies().stream().filter(row -> row[0] == 0).count();
            assertThat(copies / (double) sample.withCopies().size()).isCloseTo(ofZeros / total, within(0.01));
            assertThat(sample.first(100).weights()).hasSize(100);
        }
    }

    @Test
    void aSmallTableIsTakenWhole() {
        RowSample whole = RowSample.of(half(2), "rows", 1, OTHERS + 2);
        assertThat(whole.rows()).hasSize(OTHERS + 2);
        assertThat(Arrays.stream(whole.weights()).sum()).isEqualTo(2.0 * OTHERS);
    }
}
