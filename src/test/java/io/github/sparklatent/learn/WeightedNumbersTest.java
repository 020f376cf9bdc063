package io.github.sparklatent.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Quantiles of weighted numbers. */
class WeightedNumbersTest {
    /** The numbers 1 to n, of weight 1. */
    private static WeightedNumbers upTo(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return WeightedNumbers.of(
                IntStream.rangeClosed(1, n).mapToDouble(i -> i).toArray(), ones);
    }

    /** The median of an even number of rows is between two of them, which both count as they are. */
    @Test
    void theLowerLimitIsNotAboveTheUpperOne() {
        for (int n = 1; n <= 6; n++) {
            WeightedNumbers.Limits limits = upTo(n).limits(0.5);
            assertThat(limits.least()).isEqualTo((n + 1) / 2);
            assertThat(limits.greatest()).isEqualTo(n / 2 + 1);
            assertThat(limits.winsorised(limits.least())).isEqualTo(limits.least());
        }
        assertThat(upTo(8).limits(0.25)).isEqualTo(new WeightedNumbers.Limits(3, 6));
    }
}
