package io.github.sparklatent.scoring;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.scoring.ScoreDistribution.ScoreBuckets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
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

    final TreeMap<Long, Double> weights = new TreeMap<>(); // by bucket
    private SampleSize size = new SampleSize(0, 0, 0);

    private ReferenceScores() {}

    /**
     * Counts scores of rows of weight 1.
     *
     * @param scores anomaly scores, not NaN; may be empty. Not modified.
     */
    public static ReferenceScores of(double... scores) {
        return of(Arrays.stream(scores).mapToObj(score -> Cell.of(score, 1)));
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
        add(new SampleSize(cell.weight(), cell.rows(), cell.weightSquares()));
    }

    private void add(SampleSize other) {
        size = new SampleSize(
                size.weight() + other.weight(), size.rows() + other.rows(), size.squares() + other.squares());
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
     * Returns the distribution of these scores of training rows and others of held-out rows, or that of the held-out
     * rows alone. Few held-out rows are used alone if they are higher among the training rows than chance says: if u is
     * the share of the training rows above a held-out one, −log u has mean and variance 1 unless there is a bias. The
     * square of the estimate exceeds that of the bias by the squared standard error, so the held-out rows alone have
     * the smaller error if it is more than √2 standard errors.
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
        boolean alone =
                weights.isEmpty() || areEnough(heldOut.rows(), alertRate) || excess(heldOut) > Math.sqrt(CHANCE);
        return (alone ? heldOut : all).distribution(alone);
    }

    /** Returns these rows and others. */
    public ReferenceScores plus(ReferenceScores other) {
        ReferenceScores sum = new ReferenceScores();
        sum.addAll(this);
        sum.addAll(other);
        return sum;
    }

    private void addAll(ReferenceScores other) {
        other.weights.forEach((bucket, weight) -> weights.merge(bucket, weight, Double::sum));
        add(other.size);
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

    /** Returns how many standard errors the mean of −log u of held-out rows is above 1; 0 without them. */
    private double excess(ReferenceScores heldOut) {
        double row = size.weight() / rows();
        double above = 0.5 * row;
        double sum = 0;
        for (long bucket : plus(heldOut).weights.descendingKeySet()) {
            double same = weights.getOrDefault(bucket, 0.0);
            double u = (above + 0.5 * same) / (size.weight() + row);
            sum -= heldOut.weights.getOrDefault(bucket, 0.0) * StrictMath.log(u);
            above += same;
        }
        return heldOut.weights.isEmpty() ? 0 : (sum / heldOut.size.weight() - 1) * Math.sqrt(heldOut.rows());
    }
}
