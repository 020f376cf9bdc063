package io.github.sparklatent.ml.anomaly;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.github.sparklatent.learn.DataException;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Counts of the anomaly scores of known rows. They have the same bits however the rows are
 * distributed, because rows are counted in buckets.
 *
 * <p>A model gives the rows that it was trained on lower scores than other rows, so only held-out
 * rows show how many rows exceed a score. If r is the alert rate, the threshold of m held-out rows
 * is exceeded by a share of all rows around r, whose relative standard error is
 *
 * <pre>
 *   √((1 − r) / (r m))
 * </pre>
 *
 * <p>This is 10% or less for m ≥ 100 (1 − r) / r. Of fewer held-out rows, it may be larger than the
 * bias of the training rows.
 */
public final class KnownScores {
    /** Squared standard errors above which an estimated bias is larger than the standard error. */
    private static final double CHANCE = 2;

    /** Relative standard error for which held-out rows are enough. */
    private static final double ENOUGH = 0.1;

    private final TreeMap<Long, Long> counts = new TreeMap<>();

    private KnownScores() {}

    /**
     * Counts scores on the workers.
     *
     * @param scores one column of anomaly scores. Rows without a score are not counted.
     */
    public static KnownScores of(Dataset<Row> scores) {
        String name = scores.columns()[0];
        KnownScores known = new KnownScores();
        scores.select(
                        udf(ScoreBuckets.function(), DataTypes.LongType)
                                .apply(col(name).cast(DataTypes.DoubleType))
                                .as("bucket"))
                .where(col("bucket").isNotNull())
                .groupBy("bucket")
                .agg(count(lit(1)))
                .collectAsList()
                .forEach(row -> known.counts.put(row.getLong(0), row.getLong(1)));
        return known;
    }

    /**
     * Counts scores.
     *
     * @param scores anomaly scores, not NaN; may be empty. Not modified.
     */
    public static KnownScores of(double... scores) {
        KnownScores known = new KnownScores();
        Arrays.stream(scores)
                .forEach(score -> known.counts.merge(ScoreBuckets.of(score), 1L, Long::sum));
        return known;
    }

    /**
     * Returns whether held-out rows are so many that the threshold follows from them alone, whose
     * share of alerts then has a relative standard error of at most 10%.
     *
     * @param heldOut number of held-out rows
     * @param alertRate share of the rows above the threshold, above 0 and at most 1
     */
    public static boolean areEnough(long heldOut, double alertRate) {
        return heldOut > 0 && relativeError(heldOut, alertRate) <= ENOUGH;
    }

    /**
     * Returns the relative standard error of the share of alerts, if the threshold is from held-out
     * rows alone.
     *
     * @param heldOut number of held-out rows, at least 1
     * @param alertRate share of the rows above the threshold, above 0 and at most 1
     */
    public static double relativeError(long heldOut, double alertRate) {
        return Math.sqrt((1 - alertRate) / (alertRate * heldOut));
    }

    /** Returns the number of rows that have a score. */
    public long rows() {
        return rows(counts);
    }

    /**
     * Returns the distribution of these scores of training rows and of others of held-out rows, or
     * that of the held-out rows alone. Of few held-out rows, this depends on the number of them
     * above the threshold of the training rows. Its excess over the alert rate estimates the bias
     * of the training rows. The square of the estimate exceeds that of the bias by the squared
     * standard error. So the held-out rows alone have the smaller error if the excess is more than
     * √2 standard errors, and if at least one of them is expected above the threshold.
     *
     * @param heldOut scores of held-out rows; may be empty
     * @param alertRate share of the rows above the threshold, between 0 and 1
     * @throws DataException if no row has a score
     */
    public ScoreDistribution with(KnownScores heldOut, double alertRate) {
        TreeMap<Long, Long> all = new TreeMap<>(counts);
        heldOut.counts.forEach((bucket, rows) -> all.merge(bucket, rows, Long::sum));
        if (all.isEmpty()) {
            throw new DataException("no row has an anomaly score, expected at least one");
        }
        boolean alone =
                counts.isEmpty()
                        || areEnough(heldOut.rows(), alertRate)
                        || isBiased(heldOut, alertRate);
        return ScoreDistribution.of(alone ? heldOut.counts : all, alone);
    }

    private boolean isBiased(KnownScores heldOut, double alertRate) {
        double threshold = ScoreDistribution.of(counts, false).exceededBy(alertRate);
        double expected = heldOut.rows() * alertRate;
        double excess = rows(heldOut.counts.tailMap(ScoreBuckets.of(threshold), false)) - expected;
        return expected >= 1 && excess > Math.sqrt(CHANCE * expected * (1 - alertRate));
    }

    private static long rows(SortedMap<Long, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
