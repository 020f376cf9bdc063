package io.github.sparklatent.linalg;

/** The innermost loops of products with few columns and long sums; see {@link FloatSums}. */
interface FloatThinTiles {
    /** Rows of {@link #column}. */
    int ROWS = 8;

    /** Most rows of {@link #tile}. */
    int HEIGHT = 4;

    /** Columns of a vector. */
    int lanes();

    /**
     * The partial sums of one column.
     *
     * <pre>
     *   s_rl ← Σ_q a_r,qL+l b_qL+l       r &lt; rows, l &lt; L = FloatSums.COLUMN, qL &lt; depth
     * </pre>
     *
     * @param rows at most ROWS
     * @param a rows × depth with a stride from an offset on. Not modified.
     * @param b depth. Not modified.
     * @param depth a multiple of L
     * @param sums ROWS × L. Modified.
     */
    void column(int rows, float[] a, int aFrom, int aStride, float[] b, int depth, float[] sums);

    /**
     * The partial sums of a vector of columns.
     *
     * <pre>
     *   s_lrj ← s_lrj + Σ_q a_r,qL+l b_qL+l,j       l &lt; L = FloatSums.FEW, r &lt; rows, j &lt; lanes()
     * </pre>
     *
     * @param rows 1, 3 or 4
     * @param a rows × depth with a stride from an offset on. Not modified.
     * @param b depth × lanes() with a stride from an offset on. Not modified.
     * @param depth a multiple of L
     * @param sums L × HEIGHT × lanes(). Modified.
     */
    void tile(
            int rows,
            float[] a,
            int aFrom,
            int aStride,
            float[] b,
            int bFrom,
            int bStride,
            int depth,
            float[] sums);
}
