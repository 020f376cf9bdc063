<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}ThinProducts.java"/>
package io.github.sparklatent.linalg;

import java.util.Arrays;

/**
 * Products that are bounded by memory. With one row or column each element of the large operand is
 * read once: where its rows run along the result, eight of them at a time, else row by row with
 * several sums at a time. Sums of a few terms are made for whole rows.
 */
final class ${T}ThinProducts {
    /** Sums at a time: enough to hide how long one multiply-add takes. */
    private static final int SUMS = 8;

    /** Elements of b that stay in the first-level cache. */
    private static final int NEAR = (1 << 15) / ${T}.BYTES;

    private final ${T}Strips strips;
    private final ${T}ShallowTiles shallow;
    private final int lanes;
    private final ${t}[] column = new ${t}[SUMS];
    private ${t}[] packed = new ${t}[0];

    ${T}ThinProducts(${T}Strips strips, ${T}ShallowTiles shallow, int lanes) {
        this.strips = strips;
        this.shallow = shallow;
        this.lanes = lanes;
    }

    /** c ← (add ? c : 0) + a b, where a has one row or b has one column. */
    void run(${T}View a, ${T}View b, ${T}View c, boolean add) {
        boolean row = c.height() == 1;
        if (row && !b.transposed()) {
            terms(a, b, c, add);
        } else if (row) {
            columns(b.transpose(), a.transpose(), c.transpose(), add);
        } else if (a.transposed()) {
            terms(b.transpose(), a.transpose(), c.transpose(), add);
        } else {
            columns(a, b, c, add);
        }
    }

    /** c ← a b, for up to ${T}ShallowTiles.TERMS terms; b is not transposed. */
    void rows(${T}View a, ${T}View b, ${T}View c) {
        int down = a.transposed() ? 1 : a.stride();
        int step = a.transposed() ? a.stride() : 1;
        int near = NEAR / a.width();
        for (int j = 0; j < c.width(); j += near) {
            for (int i = 0; i < c.height(); i += ${T}ShallowTiles.ROWS) {
                shallow.tile(
                        Math.min(${T}ShallowTiles.ROWS, c.height() - i),
                        a.width(),
                        a.data(),
                        a.offset() + i * down,
                        down,
                        step,
                        b.data(),
                        b.offset() + j,
                        b.stride(),
                        c.data(),
                        c.offset() + i * c.stride() + j,
                        c.stride(),
                        Math.min(near, c.width() - j));
            }
        }
    }

    /** b is not transposed, a and c have one row. */
    private void terms(${T}View a, ${T}View b, ${T}View c, boolean add) {
        int depth = a.width();
        int width = c.width();
        int whole = width - width % lanes;
        boolean dense = !c.transposed();
        packed = ${T}Products.grown(packed, width);
        ${t}[] out = dense ? c.data() : packed;
        int to = dense ? c.offset() : 0;
        if (!dense && add) {
            ${T}Panels.read(c, 0, 1, 0, width, packed, 0, width);
        } else if (!add) {
            Arrays.fill(out, to, to + width, 0f);
        }
        int step = a.transposed() ? a.stride() : 1;
        int p = 0;
        for (; p + ${T}Strips.TERMS <= depth; p += ${T}Strips.TERMS) {
            int x = a.offset() + p * step;
            int y = b.offset() + p * b.stride();
            strips.row(a.data(), x, step, b.data(), y, b.stride(), out, to, whole);
            for (int r = 0; r < ${T}Strips.TERMS; r++) {
                ${t} factor = a.data()[x + r * step];
                int from = y + r * b.stride() + whole;
                strips.term(factor, b.data(), from, out, to + whole, width - whole);
            }
        }
        for (; p < depth; p++) {
            ${t} x = a.data()[a.offset() + p * step];
            strips.term(x, b.data(), b.offset() + p * b.stride(), out, to, width);
        }
        if (!dense) {
            ${T}Panels.write(packed, 0, width, c, 0, 1, 0, width);
        }
    }

    /** a is not transposed. */
    private void columns(${T}View a, ${T}View b, ${T}View c, boolean add) {
        int depth = a.width();
        packed = ${T}Products.grown(packed, depth);
        ${T}Panels.read(b, 0, depth, 0, 1, packed, 0, 1);
        for (int i = 0; i < c.height(); i += SUMS) {
            int count = Math.min(SUMS, c.height() - i);
            if (add) {
                ${T}Panels.read(c, i, count, 0, 1, column, 0, 1);
            } else {
                Arrays.fill(column, 0f);
            }
            int from = a.offset() + i * a.stride();
            if (count == SUMS) {
                eight(a.data(), from, a.stride(), packed, depth, column);
            } else {
                for (int r = 0; r < count; r++) {
                    int row = from + r * a.stride();
                    column[r] = one(a.data(), row, packed, depth, column[r]);
                }
            }
            ${T}Panels.write(column, 0, 1, c, i, count, 0, 1);
        }
    }

    private static ${t} one(${t}[] a, int from, ${t}[] b, int depth, ${t} start) {
        ${t} sum = start;
        for (int p = 0; p < depth; p++) {
            sum = Math.fma(a[from + p], b[p], sum);
        }
        return sum;
    }

    private static void eight(
            ${t}[] a, int from, int stride, ${t}[] b, int depth, ${t}[] column) {
        ${t} c0 = column[0];
        ${t} c1 = column[1];
        ${t} c2 = column[2];
        ${t} c3 = column[3];
        ${t} c4 = column[4];
        ${t} c5 = column[5];
        ${t} c6 = column[6];
        ${t} c7 = column[7];
        for (int p = 0; p < depth; p++) {
            ${t} x = b[p];
            c0 = Math.fma(a[from + p], x, c0);
            c1 = Math.fma(a[from + stride + p], x, c1);
            c2 = Math.fma(a[from + 2 * stride + p], x, c2);
            c3 = Math.fma(a[from + 3 * stride + p], x, c3);
            c4 = Math.fma(a[from + 4 * stride + p], x, c4);
            c5 = Math.fma(a[from + 5 * stride + p], x, c5);
            c6 = Math.fma(a[from + 6 * stride + p], x, c6);
            c7 = Math.fma(a[from + 7 * stride + p], x, c7);
        }
        column[0] = c0;
        column[1] = c1;
        column[2] = c2;
        column[3] = c3;
        column[4] = c4;
        column[5] = c5;
        column[6] = c6;
        column[7] = c7;
    }
}
</#list>
