package io.github.sparklatent.linalg;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Matrix products on row-major blocks, single-threaded: a Spark task is the unit of parallelism.
 *
 * <p>Every element is a chain of fused multiply-adds over the inner index in ascending order. The
 * inner loop runs along a row of the result, eight terms of the sum at a time, which the JIT
 * compiles to vector instructions without changing that order.
 *
 * <table>
 *   <caption>Shapes</caption>
 *   <tr><th>method</th><th>a</th><th>b</th><th>c</th><th>multiply-adds</th></tr>
 *   <tr><td>addProduct</td><td>n × m</td><td>m × p</td><td>n × p</td><td>n m p</td></tr>
 *   <tr><td>multiplyUpper</td><td>n × d</td><td>d × d upper</td><td>n × d</td><td>n d² / 2</td></tr>
 *   <tr><td>addTransposed</td><td>n × k</td><td>n × d</td><td>k × d</td><td>n k d</td></tr>
 *   <tr><td>addGram</td><td>n × d</td><td>n × d</td><td>d × d upper</td><td>n d² / 2</td></tr>
 * </table>
 */
public final class Products {
    private static final int UNROLL = 8;

    private Products() {}

    /**
     * c += a b.
     *
     * @param a n × m. Not modified.
     * @param b m × p. Not modified.
     * @param c n × p. Modified.
     */
    public static void addProduct(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
        requireInner(a.numCols, b.numRows);
        int p = b.numCols;
        for (int i = 0; i < a.numRows; i++) {
            accumulate(c.data, i * p, p, a.data, i * a.numCols, 1, b.data, 0, p, b.numRows);
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
    public static void multiplyUpper(DMatrixRMaj a, DMatrixRMaj u, DMatrixRMaj c) {
        requireInner(a.numCols, u.numRows);
        int d = u.numCols;
        c.reshape(a.numRows, d);
        for (int i = 0; i < a.numRows; i++) {
            int row = i * d;
            Arrays.fill(c.data, row, row + d, 0);
            for (int m = 0; m < d; m += UNROLL) {
                int terms = Math.min(UNROLL, d - m);
                accumulate(c.data, row + m, d - m, a.data, row + m, 1, u.data, m * d + m, d, terms);
            }
        }
    }

    /**
     * c += aᵀ b.
     *
     * @param a n × k. Not modified.
     * @param b n × d. Not modified.
     * @param c k × d. Modified.
     */
    public static void addTransposed(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c) {
        requireInner(a.numRows, b.numRows);
        int k = a.numCols;
        int d = b.numCols;
        for (int i = 0; i < k; i++) {
            accumulate(c.data, i * d, d, a.data, i, k, b.data, 0, d, b.numRows);
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
    public static void addGram(DMatrixRMaj a, DMatrixRMaj weighted, DMatrixRMaj c) {
        requireInner(a.numRows, weighted.numRows);
        int d = a.numCols;
        for (int i = 0; i < d; i++) {
            accumulate(c.data, i * d + i, d - i, weighted.data, i, d, a.data, i, d, a.numRows);
        }
    }

    /**
     * c[at + j] += Σ_t a[aAt + t aStep] b[bAt + t bStep + j] for j in 0 .. length − 1, t ascending.
     */
    private static void accumulate(
            double[] c,
            int at,
            int length,
            double[] a,
            int aAt,
            int aStep,
            double[] b,
            int bAt,
            int bStep,
            int terms) {
        int t = 0;
        for (; t + UNROLL <= terms; t += UNROLL) {
            eight(c, at, length, a, aAt + t * aStep, aStep, b, bAt + t * bStep, bStep);
        }
        for (; t < terms; t++) {
            one(c, at, length, a[aAt + t * aStep], b, bAt + t * bStep);
        }
    }

    private static void one(double[] c, int at, int length, double a, double[] b, int bAt) {
        for (int j = 0; j < length; j++) {
            c[at + j] = Math.fma(a, b[bAt + j], c[at + j]);
        }
    }

    private static void eight(
            double[] c,
            int at,
            int length,
            double[] a,
            int aAt,
            int aStep,
            double[] b,
            int b0,
            int bStep) {
        double a0 = a[aAt];
        double a1 = a[aAt + aStep];
        double a2 = a[aAt + 2 * aStep];
        double a3 = a[aAt + 3 * aStep];
        double a4 = a[aAt + 4 * aStep];
        double a5 = a[aAt + 5 * aStep];
        double a6 = a[aAt + 6 * aStep];
        double a7 = a[aAt + 7 * aStep];
        int b1 = b0 + bStep;
        int b2 = b1 + bStep;
        int b3 = b2 + bStep;
        int b4 = b3 + bStep;
        int b5 = b4 + bStep;
        int b6 = b5 + bStep;
        int b7 = b6 + bStep;
        for (int j = 0; j < length; j++) {
            double s = Math.fma(a0, b[b0 + j], c[at + j]);
            s = Math.fma(a1, b[b1 + j], s);
            s = Math.fma(a2, b[b2 + j], s);
            s = Math.fma(a3, b[b3 + j], s);
            s = Math.fma(a4, b[b4 + j], s);
            s = Math.fma(a5, b[b5 + j], s);
            s = Math.fma(a6, b[b6 + j], s);
            c[at + j] = Math.fma(a7, b[b7 + j], s);
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
}
