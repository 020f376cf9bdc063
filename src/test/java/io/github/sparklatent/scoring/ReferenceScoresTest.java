package io.github.sparklatent.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A model has given its training rows the scores 1 to 10,000. */
class ReferenceScoresTest {
    private static final ReferenceScores TRAINING = ReferenceScores.of(scores(10_000, 0));

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
        return TRAINING.with(ReferenceScores.of(heldOut), rate);
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

    /** Held-out rows below shares u^c of the training rows: −log u has the mean c, ± 1 / √m. */
    @Test
    void fewHeldOutRowsAreUsedIfTheyShowABias() {
        for (int rows : new int[] {50, 1_000}) { // half a row is expected above the threshold, or ten
            double limit = Math.sqrt(2.0 / rows);
            for (double excess : new double[] {0, 0.9 * limit, 1.1 * limit, 1}) {
                double[] heldOut = IntStream.range(0, rows)
                        .mapToDouble(i -> 10_000 * (1 - Math.pow((i + 0.5) / rows, 1 + excess)))
                        .toArray();
                assertThat(known(heldOut, 0.01).heldOut()).isEqualTo(excess > limit);
                if (excess > limit) {
                    assertThat(share(heldOut, threshold(heldOut, 0.01))).isLessThanOrEqualTo(0.01);
                }
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
        assertThat(ReferenceScores.areEnough(0, 1)).isFalse();
        assertThat(ReferenceScores.areEnough(1, 1)).isTrue();
        assertThat(ReferenceScores.areEnough(1, 0.01)).isFalse();
    }

    @Test
    void rowsThatShowNothingAboutTheTailAreAddedToTheOthers() {
        double[] above = {5_000, 5_001};
        assertThat(threshold(above, 0.01)).isBetween(9_890.0, 9_910.0);
        assertThat(threshold(new double[0], 0.01)).isBetween(9_890.0, 9_910.0);
        assertThat(ReferenceScores.of().with(ReferenceScores.of(above), 0.01).exceededBy(0.5))
                .isEqualTo(5_001);
    }

    /** A row of weight w gives the distribution of w equal rows. */
    @Test
    void weightsCountAsRepeatedRows() {
        double[] scores = new Random(1).doubles(3_000).toArray();
        double[] weights = Arrays.stream(scores).map(x -> x > 0.9 ? 3 : 1).toArray();
        double[] repeated = IntStream.range(0, scores.length)
                .boxed()
                .flatMapToDouble(i -> DoubleStream.generate(() -> scores[i]).limit((int) weights[i]))
                .toArray();
        ScoreDistribution weighted = ReferenceScores.of().with(WeightedScores.of(scores, weights), 0.01);
        ScoreDistribution many = ReferenceScores.of().with(ReferenceScores.of(repeated), 0.01);
        double[] twice = IntStream.range(0, 60).mapToDouble(i -> scores[i / 2]).toArray();
        double[] two = new double[30];
        Arrays.fill(two, 2);
        assertThat(ReferenceScores.of()
                        .with(WeightedScores.of(Arrays.copyOf(scores, 30), two), 0.01)
                        .exceededBy(0.01))
                .isEqualTo(ReferenceScores.of()
                        .with(ReferenceScores.of(twice), 0.01)
                        .exceededBy(0.01))
                .isGreaterThan(Arrays.stream(twice).max().getAsDouble());
        assertThat(weighted.rows()).isEqualTo(repeated.length);
        assertThat(weighted.shares()).containsExactly(many.shares());
        assertThat(weighted.scores()).containsExactly(many.scores());
        // 3,000 rows without their weights: a tenth of the scores is above 0.9, not a quarter.
        assertThat(weighted.exceededBy(0.2)).isGreaterThan(0.9);
        assertThat(ReferenceScores.of().with(ReferenceScores.of(scores), 0.01).exceededBy(0.2))
                .isLessThan(0.9);
    }

    /** The bias of the training rows shows in the same held-out rows, repeated or weighted. */
    @Test
    void theChoiceOfTheKnownRowsCountsWeights() {
        double[] heldOut = scores(4_000, 16);
        double[] weights = new double[heldOut.length];
        Arrays.fill(weights, 3);
        ScoreDistribution weighted = TRAINING.with(WeightedScores.of(heldOut, weights), 0.01);
        assertThat(weighted.heldOut()).isTrue();
        assertThat(weighted.rows()).isEqualTo(12_000);
        assertThat(TRAINING.with(ReferenceScores.of(heldOut), 0.01).heldOut()).isFalse();
    }

    /** Only ratios of weights below one mean anything: the sum 1 is not one row. */
    @Test
    void theUnitOfSmallWeightsDoesNotMatter() {
        double[] heldOut = scores(9_900, 20);
        double[] weights = new double[heldOut.length];
        Arrays.fill(weights, 1.0 / heldOut.length);
        ScoreDistribution small = TRAINING.with(WeightedScores.of(heldOut, weights), 0.01);
        ScoreDistribution plain = TRAINING.with(ReferenceScores.of(heldOut), 0.01);
        assertThat(small.rows()).isEqualTo(9_900);
        assertThat(small.scores()).containsExactly(plain.scores());
    }

    @Test
    void cumulantsAreThoseOfTheScores() {
        double[] cumulants = ReferenceScores.of(0, 0, 0, 4).cumulants();
        assertThat(cumulants[0]).isCloseTo(1, within(1e-3));
        assertThat(cumulants[1]).isCloseTo(3, within(1e-3));
        assertThat(cumulants[2]).isCloseTo(6, within(1e-2));
        assertThat(ReferenceScores.of().cumulants()).containsExactly(0, 0, 0);
    }
}
