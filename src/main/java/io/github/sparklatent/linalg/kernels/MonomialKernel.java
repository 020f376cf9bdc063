package io.github.sparklatent.linalg.kernels;

/** Writes monomials into panels as {@link DoubleGemm} reads them. All implementations agree. */
public interface MonomialKernel {
    /** Value in place of the first factor of a run, for a run of squares. */
    int SQUARES = -1;

    /**
     * Writes monomials of some rows side by side.
     *
     * <pre>
     *   out_(p w + l) ← z_((first + p step) w + l) z_((second + p) w + l)    p &lt; count, l &lt; w
     * </pre>
     *
     * @param z columns of w rows each, dense from an offset. Not modified.
     * @param step 1 if both factors advance from one monomial to the next; 0 if only the second does
     * @param w a multiple of the vectors' length
     * @param out monomials, dense from an offset. Modified.
     */
    void rows(double[] z, int at, int first, int step, int second, int count, int w, double[] out, int to);

    /**
     * Writes monomials of a row side by side, row after row, and up to a vector beyond its last number.
     *
     * @param z rows with a stride, dense from an offset, and a vector more. Not modified.
     * @param runs first factor, second factor, place in the panel and length of each run, in the order of their places
     * @param w columns of the panel: two vectors
     * @param out rows × w and a vector more. Modified.
     */
    void columns(double[] z, int at, int stride, int rows, int[] runs, int w, double[] out);

    /**
     * Multiplies the weights of each row by its first factor.
     *
     * <pre>
     *   out_(n h + k) ← z_(n stride) r_(n h + k)      k &lt; h
     * </pre>
     *
     * @param z first factor of each row, a stride apart. Not modified.
     * @param r rows × h from an offset. Not modified.
     * @param h a multiple of the vectors' length
     * @param out rows × h. Modified.
     */
    void weigh(double[] z, int at, int stride, double[] r, int from, int h, int rows, double[] out);

    /**
     * Adds sums times the first factor of each column.
     *
     * <pre>
     *   values_(k stride + l) ← values_(k stride + l) + z_l sums_(k w + l)      k &lt; rows, l &lt; w
     * </pre>
     *
     * @param z w numbers from an offset. Not modified.
     * @param sums rows × w. Not modified.
     * @param w a multiple of the vectors' length
     * @param values values from an offset on. Modified.
     */
    void multiplyAdd(double[] z, int at, double[] sums, int rows, int w, double[] values, int to, int stride);
}
