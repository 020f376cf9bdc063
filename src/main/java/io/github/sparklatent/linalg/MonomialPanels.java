package io.github.sparklatent.linalg;

/** Writes monomials into panels as {@link DoubleTiles} read them. All implementations agree. */
interface MonomialPanels {
    /**
     * Monomials of some rows side by side.
     *
     * <pre>
     *   out_(p w + l) ← z_((first + p step) w + l) z_((second + p) w + l)    p &lt; count, l &lt; w
     * </pre>
     *
     * @param z columns of w rows each, dense from an offset on. Not modified.
     * @param step 0, or 1 where both factors move on
     * @param w a multiple of the vectors' length
     * @param out dense from an offset on. Modified.
     */
    void rows(
            double[] z,
            int at,
            int first,
            int step,
            int second,
            int count,
            int w,
            double[] out,
            int to);

    /**
     * Monomials of a row side by side, row after row. Writes up to a vector beyond its last number.
     *
     * @param z rows of a stride, dense from an offset on, and a vector more. Not modified.
     * @param runs first factor, second factor, place in the panel and length of each run, in the
     *     order of their places
     * @param w columns of the panel
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
     * @param z not modified
     * @param r rows × h from an offset on. Not modified.
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
     * @param z w numbers from an offset on. Not modified.
     * @param sums rows × w. Not modified.
     * @param w a multiple of the vectors' length
     * @param values from an offset on. Modified.
     */
    void multiplyAdd(
            double[] z,
            int at,
            double[] sums,
            int rows,
            int w,
            double[] values,
            int to,
            int stride);
}
