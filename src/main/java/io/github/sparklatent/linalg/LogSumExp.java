package io.github.sparklatent.linalg;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Sums of exponentials that neither overflow nor vanish.
 *
 * <p>{@link StrictMath} is used throughout: its results are the same on every processor, where
 * those of {@code Math.exp} need not be.
 */
public final class LogSumExp {
    /** exp(−745.14) is the last that is above 0 in double precision. */
    private static final double VANISHES = -745.2;

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
        for (int i = 0; i < a.numRows; i++) {
            sums[i] = normalize(a.data, i * k, k);
        }
    }

    private static double normalize(double[] a, int from, int length) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int j = from; j < from + length; j++) {
            greatest = Math.max(greatest, a[j]);
        }
        if (greatest == Double.NEGATIVE_INFINITY) {
            Arrays.fill(a, from, from + length, 1.0 / length);
            return greatest;
        }
        double sum = 0;
        for (int j = from; j < from + length; j++) {
            double shifted = a[j] - greatest;
            double e = shifted < VANISHES ? 0 : StrictMath.exp(shifted);
            a[j] = e;
            sum += e;
        }
        double inverse = 1 / sum;
        for (int j = from; j < from + length; j++) {
            a[j] *= inverse;
        }
        return greatest + StrictMath.log(sum);
    }
}
