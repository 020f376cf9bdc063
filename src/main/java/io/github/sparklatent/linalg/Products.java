package io.github.sparklatent.linalg;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Matrix products on row-major blocks, single-threaded: a Spark task is the unit of parallelism.
 *
 * <p>Every element is a chain of fused multiply-adds over the inner index in ascending order. The
 * inner loop runs along a row of the result, four terms of the sum at a time. Rows of the right
 * operand are packed into arrays of their own, so that all arrays of the inner loop share one
 * index: only then does the JIT of JDK 17 compile it to vector instructions, which makes it three
 * times as fast and does not change the order.
 *
 * <table>
 *   <caption>Shapes</caption>
 *   <tr><th>method</th><th>a</th><th>b</th><th>c</th><th>multiply-adds</th></tr>
 *   <tr><td>addProduct</td><td>n × m</td><td>m × p</td><td>n × p</td><td>n m p</td></tr>
 *   <tr><td>multiplyUpper</td><td>n × d</td><td>d × d upper</td><td>n × d</td><td>n d² / 2</td></tr>
 *   <tr><td>addTransposed</td><td>n × k</td><td>n × d</td><td>k × d</td><td>n k d</td></tr>
 *   <tr><td>addGram</td><td>n × d</td><td>n × d</td><td>d × d upper</td><td>n d² / 2</td></tr>
 * </table>
 *
 * <p>Holds buffers: for one thread.
 */
public final class Products {
    private static final int UNROLL = 4;

    private double[][] packed = new double[0][0];
    private double[] row = new double[0];

    /**
     * c += a b.
     *
     * @param a n × m. Not modified.
     * @param b m × p. Not modified.
     * @param c n × p. Modified.
     */
    public void addProduct(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
        requireInner(a.numCols, b.numRows);
        requireShape(c, a.numRows, b.numCols);
        pack(b);
        for (int i = 0; i < a.numRows; i++) {
            load(c, i, 0);
            accumulate(0, b.numCols, a.data, i * a.numCols, 1, 0, b.numRows);
            store(c, i, 0);
        }
    }

    /**
     * c = a u for an upper triangular u; the multiplications with the zeros below the diagonal are
     * left out.
     *
     * @param a n × d. Not modified.
     * @param u d × d with zeros below the diagonal. Not modified.
     * @param c n × d. Modified; its shape is set.
     */
    public void multiplyUpper(DMatrixRMaj a, DMatrixRMaj u, DMatrixRMaj c) {
        requireInner(a.numCols, u.numRows);
        requireShape(u, u.numRows, u.numRows);
        int d = u.numCols;
        c.reshape(a.numRows, d);
        pack(u);
        for (int i = 0; i < a.numRows; i++) {
            Arrays.fill(row, 0, d, 0);
            for (int m = 0; m < d; m += UNROLL) {
                accumulate(m, d, a.data, i * d + m, 1, m, Math.min(UNROLL, d - m));
            }
            store(c, i, 0);
        }
    }

    /**
     * c += aᵀ b.
     *
     * @param a n × k. Not modified.
     * @param b n × d. Not modified.
     * @param c k × d. Modified.
     */
    public void addTransposed(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
        requireInner(a.numRows, b.numRows);
        requireShape(c, a.numCols, b.numCols);
        pack(b);
        for (int i = 0; i < a.numCols; i++) {
            load(c, i, 0);
            accumulate(0, b.numCols, a.data, i, a.numCols, 0, b.numRows);
            store(c, i, 0);
        }
    }

    /**
     * The upper triangle of c += aᵀ diag(w) a = (diag(w) a)ᵀ a; what stands below the diagonal
     * stays.
     *
     * @param a n × d. Not modified.
     * @param weighted diag(w) a, n × d. Not modified.
     * @param c d × d. Modified on and above the diagonal.
     */
    public void addGram(DMatrixRMaj a, DMatrixRMaj weighted, DMatrixRMaj c) {
        int d = a.numCols;
        requireInner(a.numRows, weighted.numRows);
        requireShape(weighted, a.numRows, d);
        requireShape(c, d, d);
        pack(a);
        for (int i = 0; i < d; i++) {
            load(c, i, i);
            accumulate(i, d, weighted.data, i, d, 0, a.numRows);
            store(c, i, i);
        }
    }

    private void pack(DMatrixRMaj matrix) {
        int width = matrix.numCols;
        if (packed.length < matrix.numRows || row.length != width) {
            packed = new double[matrix.numRows][width];
            row = new double[width];
        }
        for (int i = 0; i < matrix.numRows; i++) {
            System.arraycopy(matrix.data, i * width, packed[i], 0, width);
        }
    }

    private void load(DMatrixRMaj c, int i, int from) {
        System.arraycopy(c.data, i * c.numCols + from, row, from, c.numCols - from);
    }

    private void store(DMatrixRMaj c, int i, int from) {
        System.arraycopy(row, from, c.data, i * c.numCols + from, c.numCols - from);
    }

    /**
     * row[j] += Σ_t a[at + t step] packed[first + t][j] for j in from .. to − 1, t ascending below
     * terms.
     */
    private void accumulate(int from, int to, double[] a, int at, int step, int first, int terms) {
        int t = 0;
        for (; t + UNROLL <= terms; t += UNROLL) {
            int i = at + t * step;
            int m = first + t;
            four(
                    row,
                    from,
                    to,
                    a[i],
                    packed[m],
                    a[i + step],
                    packed[m + 1],
                    a[i + 2 * step],
                    packed[m + 2],
                    a[i + 3 * step],
                    packed[m + 3]);
        }
        for (; t < terms; t++) {
            one(row, from, to, a[at + t * step], packed[first + t]);
        }
    }

    private static void one(double[] c, int from, int to, double a, double[] b) {
        for (int j = from; j < to; j++) {
            c[j] = Math.fma(a, b[j], c[j]);
        }
    }

    private static void four(
            double[] c,
            int from,
            int to,
            double a0,
            double[] b0,
            double a1,
            double[] b1,
            double a2,
            double[] b2,
            double a3,
            double[] b3) {
        for (int j = from; j < to; j++) {
            c[j] =
                    Math.fma(
                            a3,
                            b3[j],
                            Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], c[j]))));
        }
    }

    private static void requireInner(int left, int right) {
        if (left != right) {
            throw new IllegalArgumentException(
                    "product of inner dimensions "
                            + left
                            + " and "
                            + right
                            + ", expected equal ones");
        }
    }

    private static void requireShape(DMatrixRMaj matrix, int rows, int columns) {
        if (matrix.numRows != rows || matrix.numCols != columns) {
            throw new IllegalArgumentException(
                    "matrix is "
                            + matrix.numRows
                            + " x "
                            + matrix.numCols
                            + ", expected "
                            + rows
                            + " x "
                            + columns);
        }
    }
}
