<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}Strips.java"/>
package io.github.sparklatent.linalg;

/** What {@link ${T}Tiles} are too wide for; of the same height and the same vectors. */
interface ${T}Strips {
    /** Terms of {@link #row}. */
    int TERMS = 8;

    /** A tile one vector wide; see {@link ${T}Tiles#tile}. */
    void tile(
            int rows,
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

    /**
     * Eight terms of one row of a product.
     *
     * <pre>
     *   c_j ← c_j + Σ_p a_p b_pj         j &lt; length, p &lt; TERMS
     * </pre>
     *
     * @param a terms, aStep apart, from an offset on. Not modified.
     * @param b TERMS × length with a stride from an offset on. Not modified.
     * @param c length elements from an offset on. Modified.
     * @param length a multiple of the vector's lanes
     */
    void row(
            ${t}[] a,
            int aFrom,
            int aStep,
            ${t}[] b,
            int bFrom,
            int bStride,
            ${t}[] c,
            int cFrom,
            int length);

    /**
     * One term of one row of a product.
     *
     * <pre>
     *   c_j ← c_j + x b_j                j &lt; length
     * </pre>
     *
     * @param b length elements from an offset on. Not modified.
     * @param c length elements from an offset on. Modified.
     */
    void term(${t} x, ${t}[] b, int bFrom, ${t}[] c, int cFrom, int length);

    /**
     * Copies columns that fill two vectors, row after row without gaps.
     *
     * @param in depth × 2 vectors with a stride from an offset on. Not modified.
     * @param out depth × 2 vectors, dense from an offset on. Modified.
     */
    void copy(${t}[] in, int from, int stride, int depth, ${t}[] out, int to);
}
</#list>
