package io.github.sparklatent.linalg;

import org.ejml.data.DMatrixRMaj;

/**
 * Sums of exponentials that neither overflow nor vanish.
 *
 * <p>{@link DoubleFunctions} is used throughout: its results are the same on every processor, where
 * those of {@code Math.exp} need not be. Rows are taken a few at a time, so that a pass over them
 * finds them in the first-level cache.
 */
public final class LogSumExp {
    /** Numbers taken at a time. */
    private static final int CHUNK = 2048;

    private LogSumExp() {}

    /**
     * Normalises each row in place.
     *
     * <pre>
     *   s_i  = log Σ_k exp(a_ik)        (largest term factored out first)
     *   r_ik = exp(a_ik − s_i)
     * </pre>
     *
     * A row may hold −∞ (a component of weight 0). A row of nothing else (so far out that its
     * squared distances overflow) has the sum −∞ and equal shares.
     *
     * @param a n × k. Log joint density on entry, responsibilities on return. Modified.
     * @param sums s of at least n entries, in nats. Modified.
     */
    public static void normalizeRows(DMatrixRMaj a, double[] sums) {
        int k = a.numCols;
        int height = Math.max(1, CHUNK / Math.max(1, k));
        double[] greatest = new double[Math.min(height, a.numRows)];
        for (int i = 0; i < a.numRows; i += height) {
            normalize(a.data, i * k, k, Math.min(height, a.numRows - i), greatest, sums, i);
        }
    }

    private static void normalize(
            double[] a, int from, int k, int rows, double[] greatest, double[] sums, int to) {
        for (int i = 0; i < rows; i++) {
            greatest[i] = greatest(a, from + i * k, k);
            shift(a, from + i * k, k, greatest[i]);
        }
        DoubleFunctions.exp(a, from, a, from, rows * k);
        for (int i = 0; i < rows; i++) {
            double sum = sum(a, from + i * k, k);
            sums[to + i] = sum;
            scale(a, from + i * k, k, 1 / sum);
        }
        DoubleFunctions.log(sums, to, sums, to, rows);
        for (int i = 0; i < rows; i++) {
            sums[to + i] += greatest[i];
        }
    }

    private static double greatest(double[] a, int from, int length) {
        double m0 = Double.NEGATIVE_INFINITY;
        double m1 = m0;
        double m2 = m0;
        double m3 = m0;
        int j = from;
        for (; j + 4 <= from + length; j += 4) {
            m0 = a[j] > m0 ? a[j] : m0;
            m1 = a[j + 1] > m1 ? a[j + 1] : m1;
            m2 = a[j + 2] > m2 ? a[j + 2] : m2;
            m3 = a[j + 3] > m3 ? a[j + 3] : m3;
        }
        for (; j < from + length; j++) {
            m0 = a[j] > m0 ? a[j] : m0;
        }
        m0 = m1 > m0 ? m1 : m0;
        m2 = m3 > m2 ? m3 : m2;
        return m2 > m0 ? m2 : m0;
    }

    /** a − greatest, or zeros where all are −∞; a NaN stays one. */
    private static void shift(double[] a, int from, int length, double greatest) {
        if (greatest == Double.NEGATIVE_INFINITY) {
            for (int j = from; j < from + length; j++) {
                a[j] = a[j] == greatest ? 0 : a[j];
            }
            return;
        }
        for (int j = from; j < from + length; j++) {
            a[j] -= greatest;
        }
    }

    /** In four interleaved partial sums, which the processor adds side by side. */
    private static double sum(double[] a, int from, int length) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = from;
        for (; j + 4 <= from + length; j += 4) {
            s0 += a[j];
            s1 += a[j + 1];
            s2 += a[j + 2];
            s3 += a[j + 3];
        }
        for (; j < from + length; j++) {
            s0 += a[j];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static void scale(double[] a, int from, int length, double factor) {
        for (int j = from; j < from + length; j++) {
            a[j] *= factor;
        }
    }
}
