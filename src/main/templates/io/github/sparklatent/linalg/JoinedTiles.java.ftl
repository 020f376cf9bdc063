<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}JoinedTiles.java"/>
package io.github.sparklatent.linalg;

/**
 * The innermost loops of products with so few columns that all chains of a row's sums ({@link
 * ${T}Sums}), chain after chain and column after column, fit in a vector or two: L rows of the
 * right operand, as they stand, are one operand of the multiply-add, and as many terms of a row of
 * the left one, each in all lanes of its chain, the other.
 */
interface ${T}JoinedTiles {
    /** Most columns. */
    int columns();

    /** Most rows of a tile of so many columns. */
    int rows(int columns);

    /** Elements of a row of a that are read from the first of L terms on, whatever they are. */
    int reach();

    /** Elements of b that are read from its row of that term on, and of a row of the sums. */
    int reach(int columns);

    /**
     * The partial sums of some rows.
     *
     * <pre>
     *   s_r,ln+j ← s_r,ln+j + Σ_q a_r,qL+l b_qL+l,j   l &lt; L = ${T}Sums.FEW, r &lt; rows, j &lt; n
     * </pre>
     *
     * @param rows at most {@link #rows}
     * @param columns n, from 2 to {@link #columns}
     * @param a rows × depth with a stride from an offset on. Not modified.
     * @param b depth × n, dense from an offset on. Not modified.
     * @param depth a multiple of L
     * @param sums rows(n) × reach(n), of which those from Ln on mean nothing. Modified.
     */
    void tile(
            int rows,
            int columns,
            ${t}[] a,
            int aFrom,
            int aStride,
            ${t}[] b,
            int bFrom,
            int depth,
            ${t}[] sums);
}
</#list>
