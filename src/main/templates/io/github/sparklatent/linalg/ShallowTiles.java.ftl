<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}ShallowTiles.java"/>
package io.github.sparklatent.linalg;

/**
 * The innermost loops of products with so few terms that those of some rows stay in registers while
 * columns pass by: each row of the right operand is read once for all of them.
 */
interface ${T}ShallowTiles {
    /** Most rows. */
    int ROWS = 3;

    /** Most terms. */
    int TERMS = 8;

    /**
     * Some rows of a product.
     *
     * <pre>
     *   c_ij ← Σ_p a_ip b_pj      i &lt; rows, j &lt; length, p &lt; terms
     * </pre>
     *
     * @param rows at most ROWS
     * @param terms at most TERMS
     * @param a rows × terms, aRow and aStep apart, from an offset on. Not modified.
     * @param b terms × length with a stride from an offset on. Not modified.
     * @param c rows × length with a stride from an offset on. Modified.
     */
    void tile(
            int rows,
            int terms,
            ${t}[] a,
            int aFrom,
            int aRow,
            int aStep,
            ${t}[] b,
            int bFrom,
            int bStride,
            ${t}[] c,
            int cFrom,
            int cStride,
            int length);
}
</#list>
