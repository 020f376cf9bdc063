package io.github.sparklatent.ml.anomaly;

import io.github.sparklatent.learn.NumberOrder;
import org.apache.spark.sql.api.java.UDF1;

/**
 * Cuts the real numbers into buckets, so that counts of scores can be added in any order. The upper end of a bucket is
 * above the numbers in it by at most 2⁻¹⁶ of their size.
 */
final class ScoreBuckets {
    /** Bits of the mantissa that distinguish buckets. */
    static final int MANTISSA = 16;

    private static final int DROPPED = 52 - MANTISSA;

    private ScoreBuckets() {}

    /** Returns a function that returns the bucket of a number; null for NaN or null. */
    static UDF1<Double, Long> function() {
        return score -> score == null || score.isNaN() ? null : of(score);
    }

    /** Returns the bucket of a number that is not NaN. Greater numbers have greater buckets. */
    static long of(double score) {
        return -(-NumberOrder.place(score) >> DROPPED); // rounded up, so that the end is not below the number
    }

    /** Returns the greatest number of a bucket. */
    static double end(long bucket) {
        return NumberOrder.number(bucket << DROPPED);
    }
}
