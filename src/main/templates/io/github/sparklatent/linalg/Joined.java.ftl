<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}Joined.java"/>
package io.github.sparklatent.linalg;

import java.util.Arrays;

/** Interleaved products of so few columns that {@link ${T}JoinedTiles} hold them. */
final class ${T}Joined {
    /** More rows of c than these meet a copy of b, after which there is room to read too far. */
    private static final int MANY = 16;

    /** Elements of b for such a copy, an eighth of a second-level cache. */
    private static final int SMALL = (1 << 17) / ${T}.BYTES;

    private final ${T}JoinedTiles tiles;
    private final ${t}[] sums;
    private ${t}[] all = new ${t}[0];
    private ${t}[] left = new ${t}[0];
    private ${t}[] right = new ${t}[0];

    ${T}Joined(${T}JoinedTiles tiles) {
        this.tiles = tiles;
        int most = 0;
        for (int n = 2; n <= tiles.columns(); n++) {
            most = Math.max(most, tiles.rows(n) * tiles.reach(n));
        }
        this.sums = new ${t}[most];
    }

    /** Most columns of c. */
    int columns() {
        return tiles.columns();
    }

    /**
     * c ← (add ? c : 0) + a b. The last terms, which do not fill a part or after which a tile would
     * read beyond the end of an operand, are copied. So is all of b where its rows have gaps, or
     * many rows meet a small one.
     *
     * @param a m × k, not transposed. Not modified.
     * @param b k × n. Not modified.
     * @param c m × n, not transposed. Modified.
     */
    void run(${T}View a, ${T}View b, ${T}View c, boolean add) {
        int n = c.width();
        int depth = a.width();
        ${T}View dense = b;
        boolean worthwhile = c.height() > MANY && (long) depth * n <= SMALL;
        if (b.transposed() || b.stride() != n || worthwhile) {
            all = ${T}Products.grown(all, depth * n + tiles.reach(n));
            ${T}Panels.read(b, 0, depth, 0, n, all, 0, n);
            dense = ${T}View.of(all, 0, depth, n);
        }
        int whole = terms(dense.data().length - dense.offset() - tiles.reach(n), n, depth);
        int first = Math.min(whole, inPlace(a, a.height() - 1));
        int last = roundUp(depth - first);
        right = ${T}Products.grown(right, last * n + tiles.reach(n));
        ${T}Panels.read(dense, first, depth - first, 0, n, right, 0, n);
        Arrays.fill(right, (depth - first) * n, last * n, 0f);
        int count;
        for (int i = 0; i < c.height(); i += count) {
            count = Math.min(tiles.rows(n), c.height() - i);
            int most = Math.min(whole, inPlace(a, i + count - 1));
            int at = a.offset() + i * a.stride();
            Arrays.fill(sums, 0f);
            tiles.tile(
                    count, n, a.data(), at, a.stride(), dense.data(), dense.offset(), most, sums);
            if (most < depth) {
                rest(a, i, count, n, most, first);
            }
            write(c, i, count, add);
        }
    }

    /** What fills up the last part, -0 times 0, leaves any sum as it is, be it -0. */
    private void rest(${T}View a, int i, int count, int n, int from, int first) {
        int terms = a.width() - from;
        int stride = roundUp(terms) + tiles.reach();
        left = ${T}Products.grown(left, count * stride);
        for (int r = 0; r < count; r++) {
            System.arraycopy(
                    a.data(), a.offset() + (i + r) * a.stride() + from, left, r * stride, terms);
            Arrays.fill(left, r * stride + terms, r * stride + roundUp(terms), -0f);
        }
        tiles.tile(count, n, left, 0, stride, right, (from - first) * n, roundUp(terms), sums);
    }

    /** Terms of a row of a that can be read with what follows them. */
    private int inPlace(${T}View a, int row) {
        int room = a.data().length - a.offset() - row * a.stride() - tiles.reach();
        return terms(room, 1, a.width());
    }

    /** Terms, by parts of L, that begin at most so many elements after the first one. */
    private static int terms(int room, int step, int depth) {
        if (room < 0) {
            return 0;
        }
        int terms = Math.min(depth, room / step + ${T}Sums.FEW);
        return terms - terms % ${T}Sums.FEW;
    }

    private static int roundUp(int terms) {
        return (terms + ${T}Sums.FEW - 1) / ${T}Sums.FEW * ${T}Sums.FEW;
    }

    private void write(${T}View c, int i, int count, boolean add) {
        int n = c.width();
        for (int r = 0; r < count; r++) {
            int from = r * tiles.reach(n);
            int to = c.offset() + (i + r) * c.stride();
            for (int s = from; s < from + n; s++, to++) {
                ${t} sum = (sums[s] + sums[s + 2 * n]) + (sums[s + n] + sums[s + 3 * n]);
                c.data()[to] = add ? c.data()[to] + sum : sum;
            }
        }
    }
}
</#list>
