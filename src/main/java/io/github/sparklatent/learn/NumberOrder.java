package io.github.sparklatent.learn;

/**
 * Whole numbers in the same order as the real numbers, so that a shift to the right cuts the real numbers into buckets
 * with a relative width.
 */
public final class NumberOrder {
    private NumberOrder() {}

    /** Returns the place of a number that is not NaN. Zeros of both signs have the same. */
    public static long place(double number) {
        return flip(Double.doubleToLongBits(number + 0.0));
    }

    public static double number(long place) {
        return Double.longBitsToDouble(flip(place));
    }

    /** Bits of negative numbers grow with their size. */
    private static long flip(long bits) {
        return bits < 0 ? Long.MIN_VALUE - bits : bits;
    }
}
