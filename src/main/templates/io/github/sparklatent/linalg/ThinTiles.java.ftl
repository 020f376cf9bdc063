<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}ThinTiles.java"/>
package io.github.sparklatent.linalg;

/** The innermost loops of products with few columns and long sums; see {@link ${T}Sums}. */
interface ${T}ThinTiles {
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
     *   s_rl ← Σ_q a_r,qL+l b_qL+l       r &lt; rows, l &lt; L = ${T}Sums.COLUMN, qL &lt; depth
     * </pre>
     *
     * @param rows at most ROWS
     * @param a rows × depth with a stride from an offset on. Not modified.
     * @param b depth. Not modified.
     * @param depth a multiple of L
     * @param sums ROWS × L. Modified.
     */
    void column(int rows, ${t}[] a, int aFrom, int aStride, ${t}[] b, int depth, ${t}[] sums);

    /**
     * The partial sums of a vector of columns.
     *
     * <pre>
     *   s_lrj ← s_lrj + Σ_q a_r,qL+l b_qL+l,j       l &lt; L = ${T}Sums.FEW, r &lt; rows, j &lt; lanes()
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
            ${t}[] a,
            int aFrom,
            int aStride,
            ${t}[] b,
            int bFrom,
            int bStride,
            int depth,
            ${t}[] sums);
}
</#list>
