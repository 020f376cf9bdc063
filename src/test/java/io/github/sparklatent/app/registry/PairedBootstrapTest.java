package io.github.sparklatent.app.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The lower end of the interval of a mean. */
class PairedBootstrapTest {
    /** With many keys the percentile interval is the normal one: mean − 1.645 s / sqrt(n). */
    @Test
    void theLowerEndIsTheNormalOne() {
        int n = 4000;
        double[] values = new Random(1).doubles(n).map(u -> -Math.log(u)).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double deviation = Math.sqrt(
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / n);
        double error = deviation / Math.sqrt(n);
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        // The quantile of 2,000 replicates has a standard error of 0.047 errors; four of them.
        assertThat(Comparison.lowerEnd(values, ones, 0.95, 7)).isCloseTo(mean - 1.645 * error, within(0.19 * error));
    }

    /** Keys of ten equal rows are worth one row each, so the interval is sqrt(10) times wider. */
    @Test
    void rowsOfOneKeyAreDrawnTogether() {
        int keys = 200;
        double[] sums = new Random(2).doubles(keys, -1, 1).map(v -> 10 * v).toArray();
        double[] counts = new double[keys];
        Arrays.fill(counts, 10);
        double mean = Arrays.stream(sums).sum() / (10 * keys);
        double[] rows = new double[10 * keys];
        double[] ones = new double[10 * keys];
        Arrays.fill(ones, 1);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = sums[i / 10] / 10;
        }
        double together = mean - Comparison.lowerEnd(sums, counts, 0.95, 3);
        double apart = mean - Comparison.lowerEnd(rows, ones, 0.95, 3);
        assertThat(together / apart).isCloseTo(Math.sqrt(10), within(0.4));
    }

    @Test
    void equalValuesHaveNoWidth() {
        assertThat(Comparison.lowerEnd(new double[] {2, 2, 2}, new double[] {1, 1, 1}, 0.95, 1))
                .isEqualTo(2);
    }
}
