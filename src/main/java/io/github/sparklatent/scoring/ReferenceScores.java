package io.github.sparklatent.scoring;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.scoring.ScoreDistribution.ScoreBuckets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Weights of the anomaly scores of reference rows. They have the same bits however the rows are distributed, because
 * rows are counted in buckets. A row of weight w counts as w equal rows; if the weights are no counts, only their
 * ratios matter, see {@link SampleSize}.
 *
 * <p>A model gives the rows that it was trained on lower scores than other rows, so only held-out rows show how many
 * rows exceed a score. If r is the alert rate, the threshold of m held-out rows is exceeded by a share of all rows
 * around r, whose relative standard error is
 *
 * <pre>
 *   √((1 − r) / (r m))
 * </pre>
 *
 * <p>This is 10% or less for m ≥ 100 (1 − r) / r. Of fewer held-out rows, it may be larger than the bias of the
 * training rows.
 */
public final class ReferenceScores {
    /** Squared standard errors above which an estimated bias is larger than the standard error. */
    private static final double CHANCE = 2;

    /** Relative standard error for which held-out rows are enough. */
    private static final double ENOUGH = 0.1;

    /** Bits of the weights that are summed, so that a sum of 2³⁰ of them is a long. */
    private static final int BITS = 32;

    /**
     * Rows with scores in the same bucket and weights in [2^e, 2^(e+1)), which count as m 2^(e−31) with an integer m.
     *
     * @param exponent e
     * @param sum Σ m
     * @param squares Σ m²
     */
    public record Cell(long bucket, int exponent, long rows, double sum, double squares) {
        static Cell of(double score, double weight) {
            double m = mantissa(weight);
            return new Cell(ScoreBuckets.of(score), Math.getExponent(weight), 1, m, m * m);
        }

        /** Returns m of a weight. */
        public static long mantissa(double weight) {
            return (long) Math.rint(Math.scalb(weight, BITS - 1 - Math.getExponent(weight)));
        }

        private double scaled(double number) {
            return Math.scalb(number, exponent - BITS + 1);
        }

        double weight() {
            return scaled(sum);
        }

        double weightSquares() {
            return scaled(scaled(squares));
        }
    }

    private final TreeMap<Long, Double> weights = new TreeMap<>();
    private SampleSize size = new SampleSize(0, 0, 0);

    private ReferenceScores() {}

    /**
     * Counts scores of rows of weight 1.
     *
     * @param scores anomaly scores, not NaN; may be empty. Not modified.
     */
    public static ReferenceScores of(double... scores) {
        double[] ones = new double[scores.length];
        Arrays.fill(ones, 1);
        return of(scores, ones);
    }

    /** Counts scores of rows of any weights above 0. */
    static ReferenceScores of(double[] scores, double[] weights) {
        return of(IntStream.range(0, scores.length).mapToObj(i -> Cell.of(scores[i], weights[i])));
    }

    /** Sums cells in one order, so that the sums always have the same bits. */
    public static ReferenceScores of(Stream<Cell> cells) {
        ReferenceScores known = new ReferenceScores();
        cells.sorted(Comparator.comparingLong(Cell::bucket)
                        .thenComparingInt(Cell::exponent)
                        .thenComparingDouble(Cell::sum))
                .forEach(known::add);
        return known;
    }

    private void add(Cell cell) {
        weights.merge(cell.bucket(), cell.weight(), Double::sum);
        size = new SampleSize(
                size.weight() + cell.weight(), size.rows() + cell.rows(), size.squares() + cell.weightSquares());
    }

    /**
     * Returns whether held-out rows are so many that the threshold follows from them alone, whose share of alerts then
     * has a relative standard error of at most 10%.
     *
     * @param heldOut number of held-out rows, weights counted
     * @param alertRate share of the rows above the threshold, above 0 and at most 1
     */
    public static boolean areEnough(double heldOut, double alertRate) {
        return heldOut > 0 && relativeError(heldOut, alertRate) <= ENOUGH;
    }

    /**
     * Returns the relative standard error of the share of alerts, if the threshold is from held-out rows alone.
     *
     * @param heldOut number of held-out rows, weights counted, above 0
     * @param alertRate share of the rows above the threshold, above 0 and at most 1
     */
    public static double relativeError(double heldOut, double alertRate) {
        return Math.sqrt((1 - alertRate) / (alertRate * heldOut));
    }

    /** Returns the number of rows that have a score, weights counted. */
    public double rows() {
        return size.weight() == 0 ? 0 : size.number();
    }

    /**
     * Returns the distribution of these scores of training rows and of others of held-out rows, or that of the held-out
     * rows alone. Of few held-out rows, this depends on the number of them above the threshold of the training rows.
     * Its excess over the alert rate estimates the bias of the training rows. The square of the estimate exceeds that
     * of the bias by the squared standard error. So the held-out rows alone have the smaller error if the excess is
     * more than √2 standard errors, and if at least one of them is expected above the threshold.
     *
     * @param heldOut scores of held-out rows; may be empty
     * @param alertRate share of the rows above the threshold, between 0 and 1
     * @throws DataException if no row has a score
     */
    public ScoreDistribution with(ReferenceScores heldOut, double alertRate) {
        ReferenceScores all = plus(heldOut);
        if (all.weights.isEmpty()) {
            throw new DataException("no row has an anomaly score, expected at least one");
        }
        boolean alone = weights.isEmpty()
                || areEnough(heldOut.rows(), alertRate)
                || heldOut.excess(distribution(false), alertRate) > Math.sqrt(CHANCE);
        return (alone ? heldOut : all).distribution(alone);
    }

    /** Returns these rows and others. */
    ReferenceScores plus(ReferenceScores other) {
        ReferenceScores sum = new ReferenceScores();
        sum.addAll(this);
        sum.addAll(other);
        return sum;
    }

    private void addAll(ReferenceScores other) {
        other.weights.forEach((bucket, weight) -> weights.merge(bucket, weight, Double::sum));
        size = new SampleSize(
                size.weight() + other.size.weight(),
                size.rows() + other.size.rows(),
                size.squares() + other.size.squares());
    }

    private ScoreDistribution distribution(boolean heldOut) {
        return ScoreDistribution.of(weights, rows(), heldOut);
    }

    /** Returns the first three cumulants of the scores; zeros if there is none. */
    public double[] cumulants() {
        double mean = mean(score -> score);
        double second = mean(score -> (score - mean) * (score - mean));
        return new double[] {mean, second, mean(score -> (score - mean) * (score - mean) * (score - mean))};
    }

    private double mean(DoubleUnaryOperator function) {
        double sum = 0;
        for (Map.Entry<Long, Double> bucket : weights.entrySet()) {
            sum += bucket.getValue() * function.applyAsDouble(ScoreBuckets.end(bucket.getKey()));
        }
        return weights.isEmpty() ? 0 : sum / size.weight();
    }

    /**
     * Returns how many standard errors the number of rows above the threshold of a distribution is above the expected
     * one; 0 if less than one row is expected.
     */
    private double excess(ScoreDistribution distribution, double alertRate) {
        double expected = rows() * alertRate;
        if (expected < 1) {
            return 0;
        }
        long threshold = ScoreBuckets.of(distribution.exceededBy(alertRate));
        double above = weights.tailMap(threshold, false).values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum()
                / size.weight()
                * rows();
        return (above - expected) / Math.sqrt(expected * (1 - alertRate));
    }
}
