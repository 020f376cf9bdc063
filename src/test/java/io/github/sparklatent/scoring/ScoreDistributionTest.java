package io.github.sparklatent.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.scoring.ScoreDistribution.ScoreBuckets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreDistributionTest {
    private static ScoreDistribution of(double... scores) {
        return ReferenceScores.of(scores).with(ReferenceScores.of(), 0.01);
    }

    private static ScoreDistribution damaged(double[] shares, double[] scores) {
        return new ScoreDistribution(shares, scores, 2, false);
    }

    private static double[] normal(long seed, int n) {
        Random random = new Random(seed);
        double[] scores = new double[n];
        for (int i = 0; i < n; i++) {
            scores[i] = 3 * random.nextGaussian() - 1;
        }
        return scores;
    }

    @Test
    void bucketsKeepTheOrderOfNumbers() {
        double[] numbers = {-1e300, -7.5, -1, -1e-9, 0, 1e-300, 0.1, 1, 1 + 0x1p-16, 3, 1e300};
        for (int i = 0; i < numbers.length; i++) {
            double end = ScoreBuckets.end(ScoreBuckets.of(numbers[i]));
            assertThat(end).isGreaterThanOrEqualTo(numbers[i]);
            assertThat(end - numbers[i]).isLessThanOrEqualTo(Math.abs(numbers[i]) * 0x1p-16);
            if (i > 0) {
                assertThat(ScoreBuckets.of(numbers[i])).isGreaterThan(ScoreBuckets.of(numbers[i - 1]));
            }
        }
        assertThat(ScoreBuckets.of(-0.0)).isEqualTo(ScoreBuckets.of(0.0));
    }

    /** The percentile must be that of counting, up to the width of the quantiles and buckets. */
    @Test
    void percentilesAreThoseOfCounting() {
        double[] scores = normal(1, 20_000);
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        ScoreDistribution known = of(scores);

        for (int i = 100; i < 19_800; i += 100) {
            assertThat(known.percentile(sorted[i])).isCloseTo(i / 200.0, within(0.11));
        }
        for (int above : new int[] {200, 100, 50, 20, 10}) {
            assertThat(100 - known.percentile(sorted[20_000 - above]))
                    .isCloseTo(above / 200.0, within(0.04 * above / 200.0 + 0.005));
        }
        assertThat(known.percentile(-100)).isZero();
        assertThat(known.percentile(100)).isEqualTo(100);
        assertThat(known.percentile(Double.NaN)).isNaN();
    }

    /** From 1% on one row above the threshold is enough, below it a hundred are. */
    @Test
    void lowAlertRatesOfFewRowsAreDoubtful() {
        assertThat(of(normal(1, 500)).doubt(0.01)).isEmpty();
        assertThat(of(normal(1, 50)).doubt(0.01).orElseThrow())
                .contains("0.01 is one row in 100, but only 50 reference rows", "score.top (Python: top)");
        assertThat(of(normal(1, 20_000)).doubt(0.005)).isEmpty();
        assertThat(of(normal(1, 20_000)).doubt(0.0049)).isPresent();
    }

    @Test
    void theThresholdIsExceededByTheAlertRate() {
        double[] scores = normal(2, 50_000);
        ScoreDistribution known = of(scores);

        for (double rate : new double[] {0.5, 0.1, 0.01, 0.002, 0.0005}) {
            double threshold = known.exceededBy(rate);
            long above =
                    Arrays.stream(scores).filter(score -> score > threshold).count();
            assertThat(above / 50_000.0).isCloseTo(rate, within(0.03 * rate + 2.0 / 50_000));
            assertThat(known.rate(threshold)).isCloseTo(rate, within(1e-3 * rate));
        }
    }

    /**
     * Of 99 rows and another one like them, each is the greatest with the same probability, so the rate 1% is exceeded
     * by no row but one above all 99; the rate 2% by one above 98 of them.
     */
    @Test
    void aFurtherRowExceedsTheThresholdWithTheAlertRate() {
        double[] scores = IntStream.rangeClosed(1, 99).asDoubleStream().toArray();
        assertThat(of(scores).exceededBy(0.01)).isEqualTo(99);
        assertThat(of(scores).exceededBy(0.02)).isEqualTo(98);
    }

    /**
     * Scores with a share 1 / x above x ≥ 1, and the least score 0. Over 4,000 samples the share above a threshold has
     * a standard error of some 0.0002.
     */
    @Test
    void fewRowsHaveThresholdsBeyondTheGreatestScore() {
        Random random = new Random(4);
        for (int rows : new int[] {12, 50}) {
            double sum = 0;
            for (int sample = 0; sample < 4_000; sample++) {
                double[] scores = new double[rows + 1];
                for (int i = 0; i < rows; i++) {
                    scores[i] = 1 / (1 - random.nextDouble());
                }
                double threshold = of(scores).exceededBy(0.01);
                assertThat(threshold)
                        .isGreaterThanOrEqualTo(Arrays.stream(scores).max().getAsDouble());
                sum += 1 / threshold;
            }
            // The least row is no sample, so a further row is beyond j high ones more often by 1 / rows.
            assertThat(sum / 4_000).isBetween(0.0094, 0.0106 * (rows + 1) / rows);
        }
    }

    @Test
    void scoresBeyondTheGreatestAreFinite() {
        assertThat(of(7).exceededBy(0.01)).isCloseTo(7, within(1e-3));
        assertThat(of(1, 2, 3, 4, 5, 6).exceededBy(0.01)).isCloseTo(6, within(1e-3));
        assertThat(of(1, 1, 1, 1, 1, 1, 1, 1e300).exceededBy(0.01)).isCloseTo(1e300, within(1e296));
        assertThat(of(0, 1, 1e290, 1e300, 1e302, 1e304, 1e306).exceededBy(0.001))
                .isEqualTo(Double.MAX_VALUE);
    }

    @Test
    void equalScoresCountHalf() {
        ScoreDistribution known = of(1, 2, 2, 2, 2, 2, 2, 2, 2, 3);

        // One row is less, and half of eight are equal, of ten and the row itself.
        assertThat(known.percentile(2)).isCloseTo(100 * 5 / 11.0, within(0.1));
    }

    /** The score 1.23456789 is not at the end of its bucket. */
    @Test
    void equalScoresWithinABucketCountHalf() {
        double[] scores = normal(3, 1000);
        Arrays.fill(scores, 0, 800, 1.23456789);
        long less = Arrays.stream(scores).filter(score -> score < 1.23456789).count();

        assertThat(of(scores).percentile(1.23456789)).isCloseTo((less + 400) / 10.0, within(0.15));
    }

    @Test
    void theTableOfADamagedModelIsRefused() {
        assertThatThrownBy(() -> damaged(new double[] {0, 1}, new double[] {2, 1}))
                .hasMessageContaining("not below the one before");
        assertThatThrownBy(() -> damaged(new double[] {0, 0}, new double[] {1, 1}))
                .hasMessageContaining("increase from 0");
        assertThatThrownBy(() -> damaged(new double[] {0, 0.5}, new double[] {1, 1}))
                .hasMessageContaining("expected 1");
    }

    /** Weights of 1e16 beside 1 count as so many rows. */
    @Test
    void sharesIncreaseForAnyNumberOfRows() {
        for (double rows : new double[] {1, 1e6, 1e13, 1e16, 1e300}) {
            double[] shares = ScoreDistribution.shares(rows);
            assertThat(IntStream.range(1, shares.length)).allMatch(i -> shares[i] > shares[i - 1]);
        }
    }
}
