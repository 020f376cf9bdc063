<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}Sums.java"/>
package io.github.sparklatent.linalg;

/**
 * How the terms of an element of a product are added. Most sums are one chain of fused
 * multiply-adds in ascending order. A processor waits four cycles for each, which wide results hide
 * by many sums at a time; where there are few columns a long sum is cut into some that stand side
 * by side, each of every L-th term, which are added by halves:
 *
 * <pre>
 *   s_l = Σ_q a_qL+l b_qL+l                l &lt; L, ascending in q
 *   s_l ← s_l + s_l+h                      l &lt; h, for h = L/2, L/4 .. 1
 *   c   ← (add ? c + s_0 : s_0)
 * </pre>
 *
 * <p>L depends on the columns of the result and the number of terms only, so that the numbers of a
 * row of the result depend neither on the rows beside it nor on the width of vectors.
 */
final class ${T}Sums {
    /** L of a single column: the lanes of the widest vector. */
    static final int COLUMN = 64 / ${T}.BYTES;

    /** L of a few columns, which are lanes of vectors themselves. */
    static final int FEW = 4;

    /** Columns that are few: eight fill a tile well enough. */
    static final int NARROW = 7;

    /** Terms from which on a sum is long: more than the rows of most batches of a network. */
    private static final int LONG = 256;

    private ${T}Sums() {}

    /** L; 1 where the sum is a chain. */
    static int lanes(int columns, int terms) {
        if (columns > NARROW || terms < LONG) {
            return 1;
        }
        return columns == 1 ? COLUMN : FEW;
    }

    /** The partial sums of a column, COLUMN from an offset on, added by halves. */
    static ${t} fold(${t}[] s, int from) {
        if (COLUMN == 8) {
            return eight(
                    s[from],
                    s[from + 1],
                    s[from + 2],
                    s[from + 3],
                    s[from + 4],
                    s[from + 5],
                    s[from + 6],
                    s[from + 7]);
        }
        return eight(
                s[from] + s[from + 8],
                s[from + 1] + s[from + 9],
                s[from + 2] + s[from + 10],
                s[from + 3] + s[from + 11],
                s[from + 4] + s[from + 12],
                s[from + 5] + s[from + 13],
                s[from + 6] + s[from + 14],
                s[from + 7] + s[from + 15]);
    }

    private static ${t} eight(
            ${t} s0, ${t} s1, ${t} s2, ${t} s3, ${t} s4, ${t} s5, ${t} s6, ${t} s7) {
        return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    }
}
</#list>
