package io.github.sparklatent.scoring;

import io.github.sparklatent.learn.NumberOrder;

/**
 * Cuts the real numbers into buckets, so that counts of scores can be added in any order. The upper end of a bucket is
 * above the numbers in it by at most 2⁻¹⁶ of their size.
 */
public final class ScoreBuckets {
    /** Bits of the mantissa that distinguish buckets. */
    private static final int MANTISSA = 16;

    private static final int DROPPED = 52 - MANTISSA;

    private ScoreBuckets() {}

    /** Returns the bucket of a number that is not NaN. Greater numbers have greater buckets. */
    public static long of(double score) {
        return -(-NumberOrder.place(score) >> DROPPED); // rounded up, so that the end is not below the number
    }

    /** Returns the greatest number of a bucket. */
    public static double end(long bucket) {
        return NumberOrder.number(bucket << DROPPED);
    }
}
