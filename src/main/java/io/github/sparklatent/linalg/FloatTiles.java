package io.github.sparklatent.linalg;

/**
 * The innermost loops of {@link FloatProducts}. Each element's sum is a chain of fused
 * multiply-adds over p in ascending order, so that all implementations give the same bits.
 */
interface FloatTiles {
    /** Rows of a tile; a multiple of 4. */
    int rows();

    /** Columns of a tile; a multiple of 4. */
    int columns();

    /** Columns of a strip. */
    int width();

    /**
     * A tile of the product of two packed panels.
     *
     * <pre>
     *   c_ij ← (add ? c_ij : 0) + Σ_p a_pi b_pj      i &lt; rows(), j &lt; columns(), p &lt; depth
     * </pre>
     *
     * @param a depth × rows(), dense from an offset on. Not modified.
     * @param b depth × columns(), dense from an offset on. Not modified.
     * @param c rows() × columns() with a stride from an offset on. Modified.
     */
    void tile(
            float[] a,
            int aFrom,
            float[] b,
            int bFrom,
            int depth,
            float[] c,
            int cFrom,
            int stride,
            boolean add);

    /**
     * A piece of one row of a product, of operands as they stand.
     *
     * <pre>
     *   c_j ← (add ? c_j : 0) + Σ_p a_p b_pj         j &lt; width(), p &lt; depth
     * </pre>
     *
     * @param a depth elements, a step apart, from an offset on. Not modified.
     * @param b depth × width() with a stride from an offset on. Not modified.
     * @param c width() elements from an offset on. Modified.
     */
    void strip(
            float[] a,
            int aFrom,
            int step,
            float[] b,
            int bFrom,
            int stride,
            int depth,
            float[] c,
            int cFrom,
            boolean add);
}
