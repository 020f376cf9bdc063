<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}Streams.java"/>
package io.github.sparklatent.linalg;

/** The innermost loops of products with few terms, few columns and many rows. */
interface ${T}Streams {
    /** Terms at a time, where there are as many. */
    int TERMS = 8;

    /** Columns of a vector. */
    int lanes();

    /**
     * Some terms of a vector of columns, row after row in ascending order: rows of c may overlap,
     * and what a row has written too far the next ones write anew.
     *
     * <pre>
     *   c_ij ← (add ? s_ij : 0) + Σ_p a_ip b_pj        i &lt; count, p &lt; terms, j &lt; lanes()
     * </pre>
     *
     * @param terms 1, 2, 3, 4, TERMS or TERMS + 1
     * @param a count × terms with a stride from an offset on. Not modified.
     * @param b terms × lanes(), dense from an offset on. Not modified.
     * @param sums count × lanes(), dense. Not modified, unless it is c.
     * @param c count × lanes() with a stride from an offset on. Modified.
     */
    void stream(
            int count,
            int terms,
            ${t}[] a,
            int aFrom,
            int aStride,
            ${t}[] b,
            int bFrom,
            ${t}[] sums,
            boolean add,
            ${t}[] c,
            int cFrom,
            int cStride);
}
</#list>
