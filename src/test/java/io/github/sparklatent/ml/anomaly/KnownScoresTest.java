package io.github.sparklatent.ml.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A model has given its training rows the scores 1 to 10,000. */
class KnownScoresTest {
    private static final KnownScores TRAINING = KnownScores.of(scores(10_000, 0));

    /** The scores 1 to 10,000, evenly spaced, plus a number. */
    private static double[] scores(int rows, double shift) {
        return IntStream.rangeClosed(1, rows)
                .mapToDouble(i -> i * (10_000.0 / rows) + shift)
                .toArray();
    }

    private static double threshold(double[] heldOut, double rate) {
        return known(heldOut, rate).exceededBy(rate);
    }

    private static ScoreDistribution known(double[] heldOut, double rate) {
        return TRAINING.with(KnownScores.of(heldOut), rate);
    }

    private static double share(double[] scores, double threshold) {
        return Arrays.stream(scores).filter(x -> x > threshold).count() / (double) scores.length;
    }

    @Test
    void manyHeldOutRowsAreUsedAlone() {
        double[] heldOut = scores(9_900, 20); // the standard error of their 1% is 10%
        assertThat(share(heldOut, threshold(heldOut, 0.01))).isBetween(0.0098, 0.01);
        double[] fewer = scores(9_800, 10);
        assertThat(share(fewer, threshold(fewer, 0.01))).isGreaterThan(0.0102);
        assertThat(share(fewer, threshold(fewer, 0.05))).isBetween(0.0498, 0.05);
    }

    /** Of 1000 rows, 10 are expected above the threshold, and √2 standard errors are 4.45. */
    @Test
    void fewHeldOutRowsAreUsedIfTheyShowABias() {
        for (int above : new int[] {10, 14, 15, 60}) {
            double[] heldOut = scores(1_000, 10 * (above - 10) - 5);
            assertThat(share(heldOut, 9_900)).isEqualTo(above / 1000.0);
            double found = share(heldOut, threshold(heldOut, 0.01));
            if (above <= 14) {
                assertThat(found).isGreaterThan(0.0099 + 0.7 * (above - 10) / 1000.0);
            } else {
                assertThat(found).isEqualTo(0.009); // 1001 · 0.99, rounded up, is 991
            }
        }
    }

    @Test
    void theKnownRowsAreCounted() {
        assertThat(known(scores(9_900, 0), 0.01).rows()).isEqualTo(9_900);
        assertThat(known(scores(9_900, 0), 0.01).heldOut()).isTrue();
        assertThat(known(scores(100, 0), 0.01).rows()).isEqualTo(10_100);
        assertThat(known(scores(100, 0), 0.01).heldOut()).isFalse();
    }

    @Test
    void noRowIsNotEnough() {
        assertThat(KnownScores.areEnough(0, 1)).isFalse();
        assertThat(KnownScores.areEnough(1, 1)).isTrue();
        assertThat(KnownScores.areEnough(1, 0.01)).isFalse();
    }

    @Test
    void rowsThatShowNothingAboutTheTailAreAddedToTheOthers() {
        double[] above = {20_000, 20_001};
        assertThat(threshold(above, 0.01)).isBetween(9_890.0, 9_910.0);
        assertThat(threshold(new double[0], 0.01)).isBetween(9_890.0, 9_910.0);
        assertThat(KnownScores.of().with(KnownScores.of(above), 0.01).exceededBy(0.5))
                .isEqualTo(20_001);
    }
}
