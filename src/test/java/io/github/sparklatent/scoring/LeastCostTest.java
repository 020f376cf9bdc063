package io.github.sparklatent.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeastCostTest {
    private static final double[] NORMAL = drawn(1, 2000, 0, 1);
    private static final double[] ODD = drawn(2, 40, 4, 2);

    private static double[] drawn(long seed, int rows, double mean, double deviation) {
        Random random = new Random(seed);
        return IntStream.range(0, rows)
                .mapToDouble(i -> mean + deviation * random.nextGaussian())
                .toArray();
    }

    private static Map<String, Object> of(double[] odd, double[] normal, double missed, double review) {
        return LeastCost.of(ReferenceScores.of(odd), ReferenceScores.of(normal), missed, review);
    }

    private static double above(double[] scores, double threshold) {
        return Arrays.stream(scores).filter(score -> score > threshold).count();
    }

    private static double cost(double threshold, double missed) {
        return missed * (40 - above(ODD, threshold)) + above(ODD, threshold) + above(NORMAL, threshold);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 5, 50, 1000})
    void noScoreOfARowIsACheaperThreshold(double missed) {
        Map<String, Object> least = of(ODD, NORMAL, missed, 1);
        double cheapest = Stream.of(ODD, NORMAL, new double[] {-10})
                .flatMapToDouble(Arrays::stream)
                .map(threshold -> cost(threshold, missed))
                .min()
                .orElseThrow();
        double threshold = (double) least.get("threshold");
        double found = above(ODD, threshold);
        assertThat((double) least.get("cost")).isEqualTo(cheapest).isEqualTo(cost(threshold, missed));
        assertThat((double) least.get("rows")).isEqualTo(found + above(NORMAL, threshold));
        assertThat((double) least.get("recall")).isEqualTo(found / 40, within(1e-12));
        assertThat((double) least.get("precision")).isEqualTo(found / (double) least.get("rows"), within(1e-12));
        assertThat(least).containsEntry("costOfNone", 40 * missed).containsEntry("costOfAll", 2040.0);
    }

    @Test
    void ofEqualCostsTheFewestRowsAreFlagged() {
        assertThat(of(ODD, NORMAL, 0, 1)).containsEntry("rows", 0.0);
        assertThat(of(ODD, NORMAL, 1, 1)).containsEntry("rows", 0.0); // a review costs as much as it saves
        double least = Arrays.stream(ODD).min().orElseThrow();
        assertThat(of(ODD, NORMAL, 1, 0)).containsEntry("rows", 40 + above(NORMAL, least));
        assertThat(of(new double[0], NORMAL, 50, 1)).containsEntry("rows", 0.0);
        assertThat(of(ODD, new double[0], 50, 1)).containsEntry("rows", 40.0);
    }

    @Test
    void aRowOfWeightThreeIsThreeRowsInTheIntervalToo() {
        double[] three =
                Stream.of(ODD, ODD, ODD).flatMapToDouble(Arrays::stream).toArray();
        double[] threes = Arrays.stream(ODD).map(score -> 3).toArray();
        assertThat(LeastCost.of(WeightedScores.of(ODD, threes), ReferenceScores.of(NORMAL), 5, 1))
                .isEqualTo(of(three, NORMAL, 5, 1));
    }

    /** Thresholds of other rows differ by √2 times its error, so it has 83% of them if it is right in 95% of cases. */
    @Test
    void theIntervalHasMostThresholdsOfOtherRows() {
        Map<String, Object> least = of(drawn(2, 200, 4, 2), NORMAL, 5, 1);
        assertThat(IntStream.range(10, 110)
                        .mapToDouble(i -> (double) of(drawn(i, 200, 4, 2), drawn(-i, 2000, 0, 1), 5, 1)
                                .get("threshold"))
                        .filter(other -> other >= (double) least.get("lower") && other <= (double) least.get("upper"))
                        .count())
                .isBetween(60L, 96L);
    }
}
