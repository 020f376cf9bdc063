package io.github.sparklatent.nn;

/** Sums and differences over the columns of a row. */
public final class RowSums {
    private RowSums() {}

    /** Formats a number for a message; a float with its own digits only. */
    public static String shown(double value) {
        return value == (float) value ? String.valueOf((float) value) : String.valueOf(value);
    }

    /** Returns cell − b; 0 if the cell is missing. */
    public static float difference(float cell, float b) {
        return Missing.is(cell) ? 0 : cell - b;
    }

    /** Writes scale (a_j − b_j), all arrays from one offset on. */
    public static void scaledDifference(float[] a, float[] b, float scale, float[] to, int from, int length) {
        for (int j = from; j < from + length; j++) {
            to[j] = scale * difference(a[j], b[j]);
        }
    }

    /** Returns Σ_j a[from + j] in double; four partial sums hide the latency of an addition. */
    public static double sum(float[] a, int from, int length) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int end = from + (length & ~3);
        for (int j = from; j < end; j += 4) {
            first += a[j];
            second += a[j + 1];
            third += a[j + 2];
            fourth += a[j + 3];
        }
        for (int j = end; j < from + length; j++) {
            first += a[j];
        }
        return first + second + (third + fourth);
    }

    /** Returns Σ_j a[atA + j] · b[atB + j] in double. */
    public static double dot(float[] a, int atA, float[] b, int atB, int length) {
        double first = 0;
        double second = 0;
        int end = length & ~1;
        for (int j = 0; j < end; j += 2) {
            double left = a[atA + j];
            double right = a[atA + j + 1];
            first += left * b[atB + j];
            second += right * b[atB + j + 1];
        }
        if (end < length) {
            double left = a[atA + end];
            first += left * b[atB + end];
        }
        return first + second;
    }

    /**
     * Returns Σ_j t(s_j), s_j = (a[from + j] − b[from + j])², in double. The sum is the squared distance, with the same
     * bits, if no s_j is above the knee.
     *
     * <pre>
     *   t(s) = s                            s ≤ knee
     *   t(s) = knee (1 + log(s / knee))     s > knee
     * </pre>
     */
    public static double tailedDistance(float[] a, float[] b, int from, int length, double knee) {
        double first = 0;
        double second = 0;
        int end = from + (length & ~1);
        for (int j = from; j < end; j += 2) {
            double left = difference(a[j], b[j]);
            double right = difference(a[j + 1], b[j + 1]);
            first += tailed(left * left, knee);
            second += tailed(right * right, knee);
        }
        if (end < from + length) {
            double left = difference(a[end], b[end]);
            first += tailed(left * left, knee);
        }
        return first + second;
    }

    /** Returns t(s) of {@link #tailedDistance}. */
    public static double tailed(double square, double knee) {
        return square > knee ? knee * (1 + StrictMath.log(square / knee)) : square;
    }

    /** Returns Σ_j s_j t′(s_j) = Σ_j min(s_j, knee) for the squares and the function t of {@link #tailedDistance}. */
    public static double tailSlopes(float[] a, float[] b, int from, int length, double knee) {
        double first = 0;
        double second = 0;
        int end = from + (length & ~1);
        for (int j = from; j < end; j += 2) {
            double left = difference(a[j], b[j]);
            double right = difference(a[j + 1], b[j + 1]);
            first += Math.min(left * left, knee);
            second += Math.min(right * right, knee);
        }
        if (end < from + length) {
            double left = difference(a[end], b[end]);
            first += Math.min(left * left, knee);
        }
        return first + second;
    }
}
