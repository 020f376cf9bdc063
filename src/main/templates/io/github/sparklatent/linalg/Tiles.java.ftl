<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}Tiles.java"/>
package io.github.sparklatent.linalg;

/**
 * The innermost loops of {@link ${T}Products}. Each element's sum is a chain of fused
 * multiply-adds over p in ascending order, so that all implementations give the same bits.
 */
interface ${T}Tiles {
    /** Most rows of a tile; a multiple of 4. */
    int rows();

    /** Columns of a vector. */
    int lanes();

    /**
     * A tile two vectors wide.
     *
     * <pre>
     *   c_ij ← (add ? c_ij : 0) + Σ_p a_ip b_pj      i &lt; rows, p &lt; depth,
     *                                                j &lt; lanes() or second ≤ j &lt; second + lanes()
     * </pre>
     *
     * The vectors may overlap; then what both hold is computed twice and is the same.
     *
     * @param rows of the tile, at most rows()
     * @param second first column of the second vector
     * @param a rows × depth from an offset on: an element's row is aRow and its p is aStep further.
     *     Where aStep is not 1, aRow is, and rows() rows can be read. Not modified.
     * @param b depth × columns with a stride from an offset on. Not modified.
     * @param c rows × columns with a stride from an offset on. Modified.
     */
    void tile(
            int rows,
            int second,
            ${t}[] a,
            int aFrom,
            int aRow,
            int aStep,
            ${t}[] b,
            int bFrom,
            int bStride,
            int depth,
            ${t}[] c,
            int cFrom,
            int cStride,
            boolean add);
}
</#list>
