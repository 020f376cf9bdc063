<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t>
<@pp.changeOutputFile name="${T}Tiling.java"/>
package io.github.sparklatent.linalg;

import io.github.sparklatent.linalg.kernels.${T}Gemm;

/** Covers a part of a product with tiles. Reads the operands in place if it can. */
final class ${T}Tiling {
    private final ${T}Gemm kernel;
    private final int rows;
    private final int lanes;

    /** A tile that does not fit into c. */
    private final ${t}[] edge;

    private ${t}[] left = new ${t}[0];
    private ${t}[] rest = new ${t}[0];

    ${T}Tiling(${T}Gemm kernel) {
        this.kernel = kernel;
        this.rows = kernel.rows();
        this.lanes = kernel.lanes();
        this.edge = new ${t}[rows * 2 * lanes];
    }

    /**
     * Computes c ← (add ? c : 0) + a b in a part of c and for some terms.
     *
     * @param b the terms' rows and the part's columns in panels two vectors wide. Not modified.
     */
    void run(${T}View a, ${t}[] b, ${T}View c, Part part, boolean add) {
        for (int j = 0; j < part.width(); j += 2 * lanes) {
            int w = Math.min(2 * lanes, part.width() - j);
            panel(a, b, j * part.depth(), 2 * lanes, c, part, j, w, 0, add);
        }
    }

    /**
     * Computes c ← (add ? c : 0) + a b in a part of c and for some terms.
     *
     * @param b not transposed. Not modified.
     */
    void run(${T}View a, ${T}View b, ${T}View c, Part part, boolean add) {
        for (int j = 0; j < part.width(); j += 2 * lanes) {
            int w = Math.min(2 * lanes, part.width() - j);
            int from = b.offset() + part.first() * b.stride() + part.left() + j;
            if (w >= lanes) {
                panel(a, b.data(), from, b.stride(), c, part, j, w, 0, add);
            } else if (part.left() + j >= lanes - w) {
                int shift = lanes - w;
                panel(a, b.data(), from - shift, b.stride(), c, part, j, w, shift, add);
            } else {
                narrow(a, b, from, c, part, j, w, add);
            }
        }
    }

    /**
     * Multiplies with a b narrower than a vector, whose rows are read together with what follows them.
     * The last rows, which nothing may follow, are copied. All rows are copied if there are so many
     * tiles that two parts would take longer.
     */
    private void narrow(${T}View a, ${T}View b, int from, ${T}View c, Part part, int j, int w, boolean add) {
        int room = b.data().length - lanes - from;
        int safe = room < 0 ? 0 : Math.min(part.depth(), room / b.stride() + 1);
        if (safe < part.depth() && part.depth() <= part.height()) {
            safe = 0;
        }
        if (safe > 0) {
            panel(a, b.data(), from, b.stride(), c, part.terms(0, safe), j, w, 0, add);
        }
        int count = part.depth() - safe;
        if (count > 0) {
            Part last = part.terms(safe, count);
            rest = ${T}Products.grown(rest, count * lanes);
            ${T}Panels.pack(b, last.first(), count, part.left() + j, w, lanes, rest, 0);
            panel(a, rest, 0, lanes, c, last, j, w, 0, add || safe > 0);
        }
    }

    private void panel(
            ${T}View a, ${t}[] b, int from, int stride, ${T}View c, Part part, int j, int w, int shift, boolean add) {
        for (int i = 0; i < part.height(); i += rows) {
            int h = Math.min(rows, part.height() - i);
            int row = part.top() + i;
            if (a.transposed()) {
                columns(a, b, from, stride, c, part, i, h, j, w, shift, add);
            } else {
                int at = a.offset() + row * a.stride() + part.first();
                tile(a.data(), at, a.stride(), 1, b, from, stride, c, part, i, h, j, w, shift, add);
            }
        }
    }

    /**
     * Computes a tile from the columns of a transposed a. A tile that reaches beyond them reads what
     * follows. Nothing may follow the last column, so that it is copied.
     */
    private void columns(
            ${T}View a, ${t}[] b, int from, int stride, ${T}View c, Part part, int i, int h, int j, int w,
            int shift, boolean add) {
        int row = part.top() + i;
        int step = a.stride();
        int at = a.offset() + part.first() * step + row;
        int depth = part.depth();
        boolean whole = at + (depth - 1) * step + rows <= a.data().length;
        // Columns of c that are computed beside a tile's own need all their terms at once.
        int safe = whole ? depth : shift > 0 ? 0 : depth - 1;
        if (safe > 0) {
            Part most = part.terms(0, safe);
            tile(a.data(), at, 1, step, b, from, stride, c, most, i, h, j, w, shift, add);
        }
        if (safe < depth) {
            Part last = part.terms(safe, depth - safe);
            left = ${T}Products.grown(left, rows * last.depth());
            ${T}Panels.pack(a.transpose(), last.first(), last.depth(), row, h, rows, left, 0);
            tile(left, 0, 1, rows, b, from + safe * stride, stride, c, last, i, h, j, w, shift, add || safe > 0);
        }
    }

    /**
     * Returns whether a row of c may be written a vector wide: if what follows it is written later, as
     * the next rows are if they are stored in ascending order.
     */
    private boolean isOverwritten(int aStep, ${T}View c, int row, int width) {
        return aStep == 1 && c.stride() == width && row * width + lanes <= c.rows() * width;
    }

    /**
     * Computes one tile.
     *
     * @param i first row of h within the part
     * @param j first column of w within the part
     * @param shift columns before these that are computed beside them
     */
    private void tile(
            ${t}[] a, int aFrom, int aRow, int aStep, ${t}[] b, int bFrom, int bStride, ${T}View c, Part part,
            int i, int h, int j, int w, int shift, boolean add) {
        int row = part.top() + i;
        int column = part.left() + j;
        boolean room = !c.transposed() && (w >= lanes || !add && (shift > 0 || isOverwritten(aStep, c, row + h - 1, w)));
        ${t}[] out = room ? c.data() : edge;
        int to = room ? c.offset() + row * c.stride() + column - shift : 0;
        int stride = room ? c.stride() : 2 * lanes;
        if (!room && add) {
            ${T}Panels.read(c, row, h, column, w, edge, shift, stride);
        }
        int second = Math.max(0, w - lanes);
        kernel.tile(h, second, a, aFrom, aRow, aStep, b, bFrom, bStride, part.depth(), out, to, stride, add);
        if (!room) {
            ${T}Panels.write(edge, shift, stride, c, row, h, column, w);
        }
    }
}
</#list>
