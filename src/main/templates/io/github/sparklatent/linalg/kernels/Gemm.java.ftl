<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t>
<@pp.changeOutputFile name="${T}Gemm.java"/>
package io.github.sparklatent.linalg.kernels;

/**
 * Innermost loops of matrix products. Each sum is a chain of fused multiply-adds in ascending order,
 * so that all implementations give the same bits.
 */
public interface ${T}Gemm {
    /** Rows of {@link #dot} at most. */
    int DOT_ROWS = 8;

    /** Rows of a tile at most; a multiple of 4. */
    int rows();

    /** Columns of a vector. */
    int lanes();

    /**
     * A tile of one or two vectors of columns.
     *
     * <pre>
     *   c_ij ← (add ? c_ij : 0) + Σ_p a_ip b_pj      i &lt; rows, p &lt; depth,
     *                                                j &lt; lanes() or second ≤ j &lt; second + lanes()
     * </pre>
     *
     * The vectors may overlap. Columns that both hold are computed twice, with the same result.
     *
     * @param rows of the tile, at most rows()
     * @param second first column of the second vector; 0 if there is only one vector
     * @param a rows × depth from an offset: rows are aRow apart and terms aStep. If aStep is not 1,
     *     aRow is 1 and rows() rows must be readable. Not modified.
     * @param b depth × columns from an offset, with a stride. Not modified.
     * @param depth at least 1
     * @param c rows × columns from an offset, with a stride. Modified.
     */
    void tile(
            int rows, int second, ${t}[] a, int aFrom, int aRow, int aStep, ${t}[] b, int bFrom, int bStride,
            int depth, ${t}[] c, int cFrom, int cStride, boolean add);

    /**
     * Computes dot products of some rows with one column, each as L interleaved sums.
     *
     * <pre>
     *   s_rl ← Σ_q a_r,qL+l b_qL+l       r &lt; rows, l &lt; L, qL &lt; depth
     * </pre>
     *
     * @param chains L: 4, or as many elements as 512 bits hold
     * @param rows at most DOT_ROWS
     * @param a rows × depth from an offset, with a stride. Not modified.
     * @param b depth elements from an offset. Not modified.
     * @param depth a multiple of L
     * @param sums DOT_ROWS × L. Modified.
     */
    void dot(int chains, int rows, ${t}[] a, int aFrom, int aStride, ${t}[] b, int bFrom, int depth, ${t}[] sums);

    /**
     * Copies columns that fill two vectors, row after row without gaps.
     *
     * @param in depth × 2 vectors from an offset, with a stride. Not modified.
     * @param out depth × 2 vectors, dense from an offset. Modified.
     */
    void copy(${t}[] in, int from, int stride, int depth, ${t}[] out, int to);

    /** Lines that {@link #transpose} takes; two vectors are a multiple of it. */
    int lines();

    /**
     * Transposes lines() lines.
     *
     * <pre>
     *   out_pi ← in_ip                               i &lt; lines(), p &lt; depth
     * </pre>
     *
     * @param in lines() × depth from an offset, with a stride. Not modified.
     * @param out depth × lines() from an offset, with a stride. Modified.
     */
    void transpose(${t}[] in, int from, int stride, int depth, ${t}[] out, int to, int outStride);
}
</#list>
