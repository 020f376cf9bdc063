package io.github.sparklatent.scoring;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparklatent.columns.NumberCounts;
import io.github.sparklatent.learn.Require;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * The distribution of the anomaly scores of reference rows, as quantiles. Between two quantiles it is linear. Quantiles
 * are denser in the upper tail, where alerts are: they are at shares 0, 0.001, ..., 0.99, and then at shares whose
 * distance to 1 falls by 2% from one to the next.
 */
public final class ScoreDistribution implements Serializable {
    /**
     * Cuts the real numbers into buckets, so that counts of scores can be added in any order. The upper end of a bucket
     * is above the numbers in it by at most 2⁻¹⁶ of their size.
     */
    public static final class ScoreBuckets {
        /** Bits of the mantissa that distinguish buckets. */
        private static final int MANTISSA = 16;

        private static final int DROPPED = 52 - MANTISSA;

        private ScoreBuckets() {}

        /** Returns the bucket of a number that is not NaN. Greater numbers have greater buckets. */
        public static long of(double score) {
            return -(-NumberCounts.place(score) >> DROPPED); // rounded up, so that the end is not below the number
        }

        /** Returns the greatest number of a bucket. */
        public static double end(long bucket) {
            return NumberCounts.number(bucket << DROPPED);
        }
    }

    private static final long serialVersionUID = 1L;

    private static final int BODY = 990;
    private static final double BODY_STEP = 0.001;
    private static final double TAIL_RATIO = 0.98;

    /** Share of the scores that count as high, and at least how many of them. */
    private static final double HIGH = 0.1;

    private static final int MIN_HIGH = 5;

    /** A share that is met up to the rounding errors of sums counts as met. */
    private static final double ROUNDING = 1e-12;

    private final double[] shares;
    private final double[] scores;
    private final long rows;
    private final boolean heldOut;

    /**
     * Creates a distribution.
     *
     * @param shares shares of the rows whose score is not above a quantile, increasing from 0 to 1. Not modified.
     * @param scores quantiles, finite and not decreasing. Not modified.
     * @param rows number of reference rows, weights counted
     * @param heldOut whether all of them were held out from the training
     * @throws IllegalArgumentException if the arrays are not of this form
     */
    @JsonCreator
    public ScoreDistribution(
            @JsonProperty("shares") double[] shares,
            @JsonProperty("scores") double[] scores,
            @JsonProperty("rows") long rows,
            @JsonProperty("heldOut") boolean heldOut) {
        Require.that(
                shares.length == scores.length && shares.length >= 2,
                "a distribution of scores has %d shares and %d quantiles, expected as many of each," + " at least two",
                shares.length,
                scores.length);
        for (int i = 0; i < shares.length; i++) {
            Require.that(
                    Double.isFinite(scores[i]) && (i == 0 || scores[i] >= scores[i - 1]),
                    "quantile %d of a distribution of scores is %s, expected a finite number not"
                            + " below the one before",
                    i,
                    scores[i]);
            Require.that(
                    i == 0 ? shares[i] == 0 : shares[i] > shares[i - 1],
                    "share %d of a distribution of scores is %s, expected shares that increase from" + " 0",
                    i,
                    shares[i]);
        }
        Require.that(
                shares[shares.length - 1] == 1,
                "the last share of a distribution of scores is %s, expected 1",
                shares[shares.length - 1]);
        this.shares = shares.clone();
        this.scores = scores.clone();
        this.rows = rows;
        this.heldOut = heldOut;
    }

    /**
     * Creates the distribution of weighted rows. The quantile of a share p is the score at the rank (n + 1) p of n
     * rows, rounded up: another row that is like them exceeds it with a probability of at most 1 − p (Vovk et al.,
     * Algorithmic Learning in a Random World, 2005). If a rank is above n, the excess of a score over the least one is
     * taken to fall as a power beyond that of a high score (Hill 1975). If t is this excess, and Λ = Σ log(xᵢ / t) that
     * of the j scores above it, another excess is above x with a probability of
     *
     * <pre>
     *   (j + 1) / (n + 1) (1 + log(x / t) / Λ)⁻ʲ
     * </pre>
     *
     * <p>since the logarithms are exponential, with a mean whose logarithm is as likely to be anywhere. Without j
     * scores above another one that is not the least, the greatest score is the quantile.
     *
     * @param weights total weight in each bucket of {@link ScoreBuckets}; at least one bucket
     * @param rows number n of rows for which the total weight counts
     * @param heldOut whether all rows were held out from the training
     */
    static ScoreDistribution of(NavigableMap<Long, Double> weights, double rows, boolean heldOut) {
        Require.that(!weights.isEmpty(), "there are no scores, expected at least one");
        double total = 0;
        for (double weight : weights.values()) {
            total += weight;
        }
        List<double[]> quantiles = new ArrayList<>();
        double[] wanted = shares(rows);
        double upTo = 0;
        int next = 0;
        for (Map.Entry<Long, Double> bucket : weights.entrySet()) {
            upTo += bucket.getValue();
            while (next < wanted.length && isReached(upTo / total, wanted[next], rows)) {
                quantiles.add(new double[] {wanted[next], ScoreBuckets.end(bucket.getKey())});
                next++;
            }
        }
        double last = ScoreBuckets.end(weights.lastKey());
        for (; next < wanted.length; next++) {
            last = wanted[next] < 1 ? beyond(wanted[next], weights, rows, total) : last;
            quantiles.add(new double[] {wanted[next], last});
        }
        return new ScoreDistribution(
                quantiles.stream().mapToDouble(quantile -> quantile[0]).toArray(),
                quantiles.stream().mapToDouble(quantile -> quantile[1]).toArray(),
                Math.round(rows),
                heldOut);
    }

    /** Returns the quantile of a share above n / (n + 1), not below the greatest score. */
    private static double beyond(double share, NavigableMap<Long, Double> weights, double rows, double total) {
        double least = ScoreBuckets.end(weights.firstKey());
        double greatest = ScoreBuckets.end(weights.lastKey());
        double above = 0;
        double logs = 0;
        for (Map.Entry<Long, Double> bucket : weights.descendingMap().entrySet()) {
            double excess = ScoreBuckets.end(bucket.getKey()) - least;
            if (excess == 0) {
                break;
            }
            if (above >= Math.max(MIN_HIGH, HIGH * rows)) {
                double odds = (above + 1) / ((rows + 1) * (1 - share));
                double stretch = (logs - above * StrictMath.log(excess)) * (StrictMath.pow(odds, 1 / above) - 1);
                double quantile = least + excess * StrictMath.exp(stretch);
                return Math.min(Math.max(quantile, greatest), Double.MAX_VALUE);
            }
            double counted = bucket.getValue() / total * rows;
            above += counted;
            logs += counted * StrictMath.log(excess);
        }
        return greatest;
    }

    /** Returns whether a share of n rows has the rank (n + 1) p. */
    public static boolean isReached(double upTo, double share, double rows) {
        return upTo * rows * (1 + ROUNDING) >= share * (rows + 1);
    }

    /** Returns the shares of the quantiles of n rows. */
    public static double[] shares(double rows) {
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i <= BODY; i++) {
            shares.add(i * BODY_STEP);
        }
        for (double tail = 0.01 * TAIL_RATIO; tail * rows >= 1 && tail > ROUNDING; tail *= TAIL_RATIO) {
            shares.add(1 - tail);
        }
        shares.add(1.0);
        return shares.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Returns a copy of the shares, increasing from 0 to 1. */
    public double[] shares() {
        return shares.clone();
    }

    /** Returns a copy of the quantiles at the shares. */
    public double[] scores() {
        return scores.clone();
    }

    /** Returns the number of reference rows, weights counted. */
    public long rows() {
        return rows;
    }

    /** Returns whether all reference rows were held out from the training. */
    public boolean heldOut() {
        return heldOut;
    }

    /**
     * Returns the share of the reference rows with a lower score, in percent from 0 to 100, the row itself counted
     * among them. Scores of the same bucket of {@link ScoreBuckets} count half.
     */
    public double percentile(double score) {
        if (Double.isNaN(score)) {
            return Double.NaN;
        }
        double counted = ScoreBuckets.end(ScoreBuckets.of(score)); // as the reference scores were
        return 50 * (share(counted, -1) + share(counted, 1));
    }

    /** Returns the share of the reference rows below a score (a step of -1), or up to it (of 1). */
    private double share(double score, int step) {
        int at = Arrays.binarySearch(scores, score);
        if (at < 0) {
            return between(-at - 1, score);
        }
        while (at + step >= 0 && at + step < scores.length && scores[at + step] == score) {
            at += step;
        }
        return shares[at];
    }

    private double between(int next, double score) {
        if (next == 0) {
            return 0;
        }
        if (next == scores.length) {
            return 1;
        }
        double part = (score - scores[next - 1]) / (scores[next] - scores[next - 1]);
        return shares[next - 1] + part * (shares[next] - shares[next - 1]);
    }

    /** Returns the share of the reference rows that exceed a score: the alert rate of a threshold. */
    public double rate(double score) {
        return 1 - percentile(score) / 100;
    }

    /**
     * Returns a warning if few reference rows decide about an alert rate: less than one is above the threshold, or less
     * than 100 at a rate below 1%, to which thresholds are not extrapolated.
     */
    public Optional<String> doubt(double rate) {
        return (rows + 1) * rate >= (rate < 0.01 ? 100 : 1)
                ? Optional.empty()
                : Optional.of(
                        "an alert rate of %s is one row in %d, but only %d reference rows, %s, show which scores other rows have, so the share of alerts is uncertain: hold out more rows, set a greater rate, or select a number of rows with score.top (Python: top)"
                                .formatted(
                                        rate,
                                        Math.round(1 / rate),
                                        rows,
                                        heldOut ? "held out" : "some of the training"));
    }

    /**
     * Returns the score that a share of the reference rows exceeds. {@code rate}: share of the rows, between 0 and 1.
     */
    public double exceededBy(double rate) {
        double share = 1 - rate;
        int at = Arrays.binarySearch(shares, share);
        if (at >= 0) {
            return scores[at];
        }
        int next = -at - 1;
        double part = (share - shares[next - 1]) / (shares[next] - shares[next - 1]);
        return scores[next - 1] + part * (scores[next] - scores[next - 1]);
    }
}
