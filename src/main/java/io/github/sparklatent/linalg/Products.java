package io.github.sparklatent.linalg;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Products of row-major double matrices, as mixtures use them. They are single-threaded, because a Spark task is the
 * unit of parallelism.
 *
 * <p>{@link DoubleProducts} computes every element as a chain of fused multiply-adds over the inner index in ascending
 * order, or as several chains ({@link DoubleLongSums}). Whole blocks on the empty side of triangular matrices are left
 * out.
 *
 * <table>
 *   <caption>Shapes</caption>
 *   <tr><th>method</th><th>a</th><th>b</th><th>c</th><th>multiply-adds</th></tr>
 *   <tr><td>addProduct</td><td>n × m</td><td>m × p</td><td>n × p</td><td>n m p</td></tr>
 *   <tr><td>multiplyUpper</td><td>n × d</td><td>d × d upper</td><td>n × d</td><td>n d² / 2</td></tr>
 *   <tr><td>addTransposed</td><td>n × k</td><td>n × d</td><td>k × d</td><td>n k d</td></tr>
 *   <tr><td>addOuter</td><td>n × k</td><td>d × k</td><td>n × d</td><td>n k d</td></tr>
 *   <tr><td>addGram</td><td>n × d</td><td>n × d</td><td>d × d upper</td><td>n d² / 2</td></tr>
 * </table>
 *
 * <p>Holds buffers. Not thread-safe.
 */
public final class Products {
    /**
     * Rows or columns of a triangle that are computed at a time. With fewer, less would be wasted in the blocks on the
     * diagonal, but the other operand would be packed more often.
     */
    private static final int BLOCK = 32;

    private final DoubleProducts products = new DoubleProducts();
    private final double[] below = new double[BLOCK * BLOCK];

    /**
     * Computes c += a b.
     *
     * @param a n × m. Not modified.
     * @param b m × p. Not modified.
     * @param c n × p. Modified.
     */
    public void addProduct(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
        requireInner(a.numCols, b.numRows);
        requireShape(c, a.numRows, b.numCols);
        products.multiplyAdd(DoubleView.of(a), DoubleView.of(b), DoubleView.of(c));
    }

    /**
     * Computes c = a u for an upper triangular u, without the multiplications by the zeros below the diagonal.
     *
     * @param a n × d. Not modified.
     * @param u d × d with zeros below the diagonal. Not modified.
     * @param c n × d. Modified; its shape is set.
     */
    public void multiplyUpper(DMatrixRMaj a, DMatrixRMaj u, DMatrixRMaj c) {
        requireInner(a.numCols, u.numRows);
        requireShape(u, u.numRows, u.numRows);
        int n = a.numRows;
        int d = u.numCols;
        c.reshape(n, d);
        for (int j = 0; j < d; j += BLOCK) {
            int width = Math.min(BLOCK, d - j);
            products.multiply(
                    columns(a, 0, j + width),
                    new DoubleView(u.data, j, j + width, width, d, false),
                    columns(c, j, width));
        }
    }

    /**
     * Returns uᵀ s u as a new matrix.
     *
     * @param s d × d, symmetric. Not modified.
     * @param u d × d with zeros below the diagonal. Not modified.
     */
    public DMatrixRMaj congruent(DMatrixRMaj s, DMatrixRMaj u) {
        DMatrixRMaj half = new DMatrixRMaj(0, 0);
        DMatrixRMaj whole = new DMatrixRMaj(0, 0);
        multiplyUpper(s, u, half);
        CommonOps_DDRM.transpose(half);
        multiplyUpper(half, u, whole);
        return whole;
    }

    /**
     * Computes c += aᵀ b.
     *
     * @param a n × k. Not modified.
     * @param b n × d. Not modified.
     * @param c k × d. Modified.
     */
    public void addTransposed(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
        requireInner(a.numRows, b.numRows);
        requireShape(c, a.numCols, b.numCols);
        products.multiplyAdd(DoubleView.of(a).transpose(), DoubleView.of(b), DoubleView.of(c));
    }

    /**
     * Computes c += a bᵀ.
     *
     * @param a n × k. Not modified.
     * @param b d × k. Not modified.
     * @param c n × d. Modified.
     */
    public void addOuter(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
        requireInner(a.numCols, b.numCols);
        requireShape(c, a.numRows, b.numRows);
        products.multiplyAdd(DoubleView.of(a), DoubleView.of(b).transpose(), DoubleView.of(c));
    }

    /**
     * Computes the upper triangle of c += aᵀ diag(w) a = (diag(w) a)ᵀ a. Elements below the diagonal do not change.
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
        for (int i = 0; i < d; i += BLOCK) {
            int height = Math.min(BLOCK, d - i);
            for (int r = 1; r < height; r++) {
                System.arraycopy(c.data, (i + r) * d + i, below, r * BLOCK, r);
            }
            products.multiplyAdd(
                    columns(weighted, i, height).transpose(),
                    columns(a, i, d - i),
                    new DoubleView(c.data, i * d + i, height, d - i, d, false));
            for (int r = 1; r < height; r++) {
                System.arraycopy(below, r * BLOCK, c.data, (i + r) * d + i, r);
            }
        }
    }

    private static DoubleView columns(DMatrixRMaj matrix, int first, int count) {
        return new DoubleView(matrix.data, first, matrix.numRows, count, matrix.numCols, false);
    }

    private static void requireInner(int left, int right) {
        if (left != right) {
            throw new IllegalArgumentException(
                    "product of inner dimensions " + left + " and " + right + ", expected equal ones");
        }
    }

    private static void requireShape(DMatrixRMaj matrix, int rows, int columns) {
        if (matrix.numRows != rows || matrix.numCols != columns) {
            throw new IllegalArgumentException(
                    "matrix is " + matrix.numRows + " x " + matrix.numCols + ", expected " + rows + " x " + columns);
        }
    }
}
