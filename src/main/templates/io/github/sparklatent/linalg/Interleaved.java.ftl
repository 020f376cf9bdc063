<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}Interleaved.java"/>
package io.github.sparklatent.linalg;

import java.util.Arrays;

/**
 * Products of few columns whose long sums stand side by side, as {@link ${T}Sums} has it: of one
 * column, and of more than {@link ${T}Joined} takes. Rows of the left operand are read as they
 * stand, and so are those of the right one where there is more than one column: then each vector
 * holds a row of it, with what follows.
 */
final class ${T}Interleaved {
    private final ${T}ThinTiles tiles;
    private final ${T}Strips strips;
    private final int lanes;

    /** Of a column, partial sums row after row. */
    private final ${t}[] column = new ${t}[${T}ThinTiles.ROWS * ${T}Sums.COLUMN];

    /** Of few columns, part after part the rows of a tile. */
    private final ${t}[] sums;

    private ${t}[] right = new ${t}[0];

    ${T}Interleaved(${T}ThinTiles tiles, ${T}Strips strips) {
        this.tiles = tiles;
        this.strips = strips;
        this.lanes = tiles.lanes();
        this.sums = new ${t}[${T}Sums.FEW * ${T}ThinTiles.HEIGHT * lanes];
    }

    /**
     * c ← (add ? c : 0) + a b.
     *
     * @param a m × k, not transposed. Not modified.
     * @param b k × n. Not modified.
     * @param c m × n, not transposed. Modified.
     */
    void run(${T}View a, ${T}View b, ${T}View c, boolean add) {
        if (c.width() == 1) {
            column(a, b, c, add);
            return;
        }
        for (int j = 0; j < c.width(); j += lanes) {
            few(a, b, c, j, Math.min(lanes, c.width() - j), add);
        }
    }

    private void column(${T}View a, ${T}View b, ${T}View c, boolean add) {
        int depth = a.width();
        int whole = depth - depth % ${T}Sums.COLUMN;
        right = ${T}Products.grown(right, depth);
        ${T}Panels.read(b, 0, depth, 0, 1, right, 0, 1);
        for (int i = 0; i < c.height(); i += ${T}ThinTiles.ROWS) {
            int count = Math.min(${T}ThinTiles.ROWS, c.height() - i);
            int from = a.offset() + i * a.stride();
            tiles.column(count, a.data(), from, a.stride(), right, whole, column);
            for (int r = 0; r < count; r++) {
                int at = r * ${T}Sums.COLUMN;
                for (int p = whole; p < depth; p++) {
                    ${t} x = a.data()[from + r * a.stride() + p];
                    column[at + p - whole] = Math.fma(x, right[p], column[at + p - whole]);
                }
                ${t} sum = ${T}Sums.fold(column, at);
                int to = c.offset() + (i + r) * c.stride();
                c.data()[to] = add ? c.data()[to] + sum : sum;
            }
        }
    }

    /** Columns j .. j + w - 1. The rows of b that a vector would read too far are copied. */
    private void few(${T}View a, ${T}View b, ${T}View c, int j, int w, boolean add) {
        int depth = a.width();
        int from = b.offset() + j;
        int room = b.data().length - lanes - from;
        int safe = b.transposed() || room < 0 ? 0 : Math.min(depth, room / b.stride() + 1);
        safe -= safe % ${T}Sums.FEW;
        int count = depth - safe;
        right = ${T}Products.grown(right, count * lanes);
        ${T}Panels.pack(b, safe, count, j, w, lanes, right, 0);
        int height;
        for (int i = 0; i < c.height(); i += height) {
            height = height(c.height() - i);
            int at = a.offset() + i * a.stride();
            Arrays.fill(sums, 0f);
            tiles.tile(height, a.data(), at, a.stride(), b.data(), from, b.stride(), safe, sums);
            rest(a, at + safe, height, count);
            write(c, i, height, j, w, add);
        }
    }

    /** Three rows or four where there are as many, and none alone if that can be. */
    private static int height(int rows) {
        if (rows == 3 || rows == 6 || rows == 9) {
            return 3;
        }
        return rows > 3 ? ${T}ThinTiles.HEIGHT : 1;
    }

    private void rest(${T}View a, int at, int height, int count) {
        int whole = count - count % ${T}Sums.FEW;
        tiles.tile(height, a.data(), at, a.stride(), right, 0, lanes, whole, sums);
        for (int p = whole; p < count; p++) {
            for (int r = 0; r < height; r++) {
                ${t} x = a.data()[at + r * a.stride() + p];
                int to = ((p - whole) * ${T}ThinTiles.HEIGHT + r) * lanes;
                strips.term(x, right, p * lanes, sums, to, lanes);
            }
        }
    }

    private void write(${T}View c, int i, int height, int j, int w, boolean add) {
        for (int half = sums.length / 2; half >= ${T}ThinTiles.HEIGHT * lanes; half /= 2) {
            strips.term(1f, sums, half, sums, 0, half);
        }
        for (int r = 0; r < height; r++) {
            int to = c.offset() + (i + r) * c.stride() + j;
            for (int q = 0; q < w; q++) {
                ${t} sum = sums[r * lanes + q];
                c.data()[to + q] = add ? c.data()[to + q] + sum : sum;
            }
        }
    }
}
</#list>
