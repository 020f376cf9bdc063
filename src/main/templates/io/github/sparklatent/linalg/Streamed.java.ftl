<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}Streamed.java"/>
package io.github.sparklatent.linalg;

/**
 * Products of few columns and few terms, whose right operand stays in vector registers while rows
 * pass by: eight or nine terms of a part of the rows at a time, each sum in the order of its terms.
 * Rows of the result are written a vector wide where the next ones are written after them and
 * nobody has to read what they were.
 */
final class ${T}Streamed {
    /** Rows at a time, whose sums stay in the first-level cache. */
    private static final int NEAR = 128;

    private final ${T}Streams streams;
    private final int lanes;
    private final ${t}[] sums;
    private ${t}[] right = new ${t}[0];

    ${T}Streamed(${T}Streams streams) {
        this.streams = streams;
        this.lanes = streams.lanes();
        this.sums = new ${t}[NEAR * lanes];
    }

    /** Columns of c at most. */
    int lanes() {
        return lanes;
    }

    /**
     * c ← (add ? c : 0) + a b.
     *
     * @param a m × k, not transposed. Not modified.
     * @param b k × n, n at most a vector. Not modified.
     * @param c m × n, not transposed. Modified.
     */
    void run(${T}View a, ${T}View b, ${T}View c, boolean add) {
        int depth = a.width();
        int width = c.width();
        right = ${T}Products.grown(right, depth * lanes);
        ${T}Panels.pack(b, 0, depth, 0, width, lanes, right, 0);
        boolean dense = !add && c.stride() == width;
        int wide = dense ? c.rows() - (lanes + width - 1) / width + 1 : 0;
        int count;
        for (int i = 0; i < c.rows(); i += count) {
            boolean over = i < wide;
            count = Math.min(NEAR, (over ? wide : c.rows()) - i);
            if (add) {
                ${T}Panels.read(c, i, count, 0, width, sums, 0, lanes);
            }
            terms(a, i, count, c, over, add);
            if (!over) {
                ${T}Panels.write(sums, 0, lanes, c, i, count, 0, width);
            }
        }
    }

    private void terms(${T}View a, int i, int count, ${T}View c, boolean over, boolean add) {
        int depth = a.width();
        int from = a.offset() + i * a.stride();
        int to = c.offset() + i * c.stride();
        int terms;
        for (int p = 0; p < depth; p += terms) {
            int left = depth - p;
            terms = terms(left);
            boolean last = over && terms == left;
            ${t}[] out = last ? c.data() : sums;
            int at = last ? to : 0;
            int step = last ? c.stride() : lanes;
            streams.stream(
                    count,
                    terms,
                    a.data(),
                    from + p,
                    a.stride(),
                    right,
                    p * lanes,
                    sums,
                    add || p > 0,
                    out,
                    at,
                    step);
        }
    }

    /** How many of those left come next: where one would be left alone, it comes with them. */
    private static int terms(int left) {
        if (left < ${T}Streams.TERMS) {
            return Math.min(4, left);
        }
        return left % ${T}Streams.TERMS == 1 ? ${T}Streams.TERMS + 1 : ${T}Streams.TERMS;
    }
}
</#list>
