package io.github.sparklatent.linalg;

import io.github.sparklatent.linalg.kernels.ColumnKernel;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * Sums of exponentials that neither overflow nor vanish.
 *
 * <p>Each sum is over the entries of one column. {@link DoubleFunctions} computes the columns side by side. Its results
 * are the same on every processor; the results of {@code Math.exp} may differ. Some columns at a time are copied to a
 * dense chunk that fits into the first-level cache. Without the copy, rows whose addresses are a power of two apart
 * would evict each other from the cache.
 */
public final class LogSumExp {
    private static final ColumnKernel COLUMNS = Kernels.choose(ColumnKernel.class, "%sColumnKernel");

    /** A term of a sum that is less than the greatest by as many nats does not change it. */
    public static final double NEGLIGIBLE = 40;

    /** Numbers per chunk. */
    private static final int CHUNK = 2048;

    /** Columns per chunk, at least. */
    private static final int MIN_WIDTH = 64;

    private LogSumExp() {}

    /** Returns log Σ exp(terms). */
    public static double of(double[] terms) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (double term : terms) {
            greatest = Math.max(greatest, term);
        }
        if (greatest == Double.NEGATIVE_INFINITY) {
            return greatest;
        }
        double sum = 0;
        for (double term : terms) {
            sum += term - greatest > -NEGLIGIBLE ? StrictMath.exp(term - greatest) : 0;
        }
        return greatest + StrictMath.log(sum);
    }

    /**
     * Normalises each column in place.
     *
     * <pre>
     *   s_i  = log Σ_k exp(a_ki)        (largest term factored out first)
     *   r_ki = exp(a_ki − s_i)
     * </pre>
     *
     * A column may hold −∞ (a component of weight 0). If it holds nothing else, because the row is so far from all
     * components that its squared distances overflow, the sum is −∞ and all shares are equal.
     *
     * @param a k × n. Log joint density on entry, responsibilities on return. Modified.
     * @param sums s of at least n entries, in nats. Modified.
     */
    public static void normalizeColumns(DMatrixRMaj a, double[] sums) {
        int n = a.numCols;
        int k = a.numRows;
        Objects.checkFromIndexSize(0, n, sums.length);
        int width = Math.min(n, Math.max(MIN_WIDTH, CHUNK / Math.max(1, k)));
        double[] chunk = new double[k * width];
        double[] greatest = new double[width];
        for (int i = 0; i < n; i += width) {
            int columns = Math.min(width, n - i);
            for (int j = 0; j < k; j++) {
                System.arraycopy(a.data, j * n + i, chunk, j * columns, columns);
            }
            normalize(chunk, k, columns, greatest, sums, i);
            for (int j = 0; j < k; j++) {
                System.arraycopy(chunk, j * columns, a.data, j * n + i, columns);
            }
        }
    }

    private static void normalize(double[] a, int k, int width, double[] greatest, double[] sums, int to) {
        COLUMNS.shift(a, k, width, greatest);
        DoubleFunctions.exp(a, 0, a, 0, k * width);
        COLUMNS.divide(a, k, width, sums, to);
        for (int i = 0; i < width; i++) {
            if (sums[to + i] == 0) {
                for (int j = 0; j < k; j++) {
                    a[j * width + i] = 1.0 / k;
                }
            }
        }
        DoubleFunctions.log(sums, to, sums, to, width);
        for (int i = 0; i < width; i++) {
            sums[to + i] += greatest[i];
        }
    }
}
