<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}Products.java"/>
package io.github.sparklatent.linalg;

import java.util.Arrays;

/**
 * Products of matrices of ${t}s, in tiles that stay in registers (Goto and van de Geijn, Anatomy
 * of High-Performance Matrix Multiplication, ACM TOMS 34, 2008). Rows of the left operand are read
 * as they stand: a tile takes one number of each at a time. The right operand is read as it stands
 * where it is small or few rows meet it, else it is packed.
 *
 * <p>Each element's sum runs over the inner dimension in ascending order, with fused multiply-adds,
 * long sums of few columns in several chains side by side ({@link ${T}Sums}): the bits of a result
 * depend on the operands only, not on the processor, the blocks or the tiles.
 *
 * <p>Holds buffers, of some megabytes and of a right operand of up to seven columns that is
 * transposed or has gaps: for one thread.
 */
public final class ${T}Products {
    /**
     * Of the inner dimension at a time: two vectors of each row of b are a twentieth of a cache.
     */
    private static final int DEPTH = 400;

    /** Rows of a at a time; with DEPTH, less than half of a second-level cache. */
    private static final int HEIGHT = 960 / ${T}.BYTES;

    /** Columns of b packed at a time: few, to be used while they are in the cache. */
    private static final int WIDTH = 64;

    /** Elements of b that are read as they stand, an eighth of a second-level cache. */
    private static final int SMALL = (1 << 17) / ${T}.BYTES;

    /** Columns of two of the widest vectors: for more few terms are summed row by row. */
    private static final int BROAD = 128 / ${T}.BYTES;

    /** Rows of c for which packing b would take as long as the product. */
    private static final int FEW = 8;

    /** Terms at a time for those: so many rows of b are read side by side, each in order. */
    private static final int SHALLOW = 64;

    /** Columns of c, and rows of it, for which b is kept in registers. */
    private static final int NARROW = 8;

    private static final int TALL = 32;

    /** Partial sums at a time, a part of a second-level cache. */
    private static final int PARTIAL = (1 << 16) / ${T}.BYTES;

    /** Elements of a result to be transposed, half of a second-level cache. */
    private static final int TURNED = (1 << 19) / ${T}.BYTES;

    /** Rows of such a result: times in place of packing were 0.87 for 128 of them, 1 for 256. */
    private static final int LOW = 192;

    private final int rows;
    private final int lanes;
    private final ${T}Strips strips;
    private final ${T}Transposition transposition;
    private final ${T}ThinProducts thin;
    private final ${T}Interleaved interleaved;
    private final ${T}Joined joined;
    private final ${T}Streamed streamed;
    private final ${T}Tiling tiling;
    private ${t}[] right = new ${t}[0];
    private ${t}[] dense = new ${t}[0];
    private ${t}[] partial = new ${t}[0];
    private ${t}[] turned = new ${t}[0];

    /** Products by the fastest kernels that this Java offers. */
    public ${T}Products() {
        this(
                Kernels.${t}Tiles(),
                Kernels.${t}Strips(),
                Kernels.${t}ThinTiles(),
                Kernels.${t}JoinedTiles(),
                Kernels.${t}Streams(),
                Kernels.${t}ShallowTiles(),
                Kernels.${t}Transposition());
    }

    ${T}Products(
            ${T}Tiles tiles,
            ${T}Strips strips,
            ${T}ThinTiles thinTiles,
            ${T}JoinedTiles joinedTiles,
            ${T}Streams streams,
            ${T}ShallowTiles shallowTiles,
            ${T}Transposition transposition) {
        this.rows = tiles.rows();
        this.lanes = tiles.lanes();
        this.strips = strips;
        this.transposition = transposition;
        this.thin = new ${T}ThinProducts(strips, shallowTiles, lanes);
        this.interleaved = new ${T}Interleaved(thinTiles, strips);
        this.joined = new ${T}Joined(joinedTiles);
        this.streamed = new ${T}Streamed(streams);
        this.tiling = new ${T}Tiling(tiles, strips);
    }

    /**
     * c ← a b.
     *
     * @param a m × k. Not modified.
     * @param b k × n. Not modified.
     * @param c m × n, not transposed; overlaps neither a nor b. Modified.
     */
    public void multiply(${T}View a, ${T}View b, ${T}View c) {
        check(a, b, c);
        run(a, b, c, false);
    }

    /** c ← c + a b; see {@link #multiply}. */
    public void multiplyAdd(${T}View a, ${T}View b, ${T}View c) {
        check(a, b, c);
        run(a, b, c, true);
    }

    private static void check(${T}View a, ${T}View b, ${T}View c) {
        if (a.width() != b.height() || a.height() != c.height() || b.width() != c.width()) {
            throw new IllegalArgumentException(
                    "product of %d x %d and %d x %d into %d x %d"
                            .formatted(
                                    a.height(),
                                    a.width(),
                                    b.height(),
                                    b.width(),
                                    c.height(),
                                    c.width()));
        }
        if (c.transposed()) {
            throw new IllegalArgumentException(
                    "product into a transposed view, expected one that is not transposed");
        }
    }

    private void run(${T}View a, ${T}View b, ${T}View c, boolean add) {
        if (c.height() == 0 || c.width() == 0) {
            return;
        }
        if (a.width() == 0) {
            for (int i = 0; !add && i < c.rows(); i++) {
                int from = c.offset() + i * c.stride();
                Arrays.fill(c.data(), from, from + c.columns(), 0f);
            }
        } else if (${T}Sums.lanes(c.width(), a.width()) == 1) {
            chains(a, b, c, add);
        } else if (a.transposed()) {
            parts(a, b, c, add);
        } else if (c.width() > 1 && c.width() <= joined.columns()) {
            joined.run(a, b, c, add);
        } else {
            interleaved.run(a, b, c, add);
        }
    }

    /** Sums that are interleaved, each part of them a product of its own of every L-th term. */
    private void parts(${T}View a, ${T}View b, ${T}View c, boolean add) {
        int width = c.width();
        int depth = a.width();
        int parts = ${T}Sums.lanes(width, depth);
        ${T}View terms = b;
        if (b.transposed()) {
            dense = grown(dense, depth * width);
            ${T}Panels.read(b, 0, depth, 0, width, dense, 0, width);
            terms = ${T}View.of(dense, 0, depth, width);
        }
        int height = PARTIAL / (parts * width);
        partial = grown(partial, PARTIAL);
        for (int i = 0; i < c.height(); i += height) {
            int h = Math.min(height, c.height() - i);
            for (int l = 0; l < parts; l++) {
                ${T}View sums = ${T}View.of(partial, l * h * width, h, width);
                chains(
                        every(a.transpose(), l, parts, i, h).transpose(),
                        every(terms, l, parts, 0, width),
                        sums,
                        false);
            }
            add(h, width, parts, c, i, add);
        }
    }

    /** Rows l, l + step, l + 2 step .. of some columns of a view that is not transposed. */
    private static ${T}View every(${T}View view, int l, int step, int left, int width) {
        int rows = (view.rows() - l + step - 1) / step;
        int from = view.offset() + l * view.stride() + left;
        return new ${T}View(view.data(), from, rows, width, step * view.stride(), false);
    }

    private void add(int height, int width, int parts, ${T}View c, int top, boolean add) {
        int count = height * width;
        for (int half = parts / 2; half > 0; half /= 2) {
            strips.term(1f, partial, half * count, partial, 0, half * count);
        }
        if (add) {
            for (int i = 0; i < height; i++) {
                int to = c.offset() + (top + i) * c.stride();
                for (int j = 0; j < width; j++) {
                    c.data()[to + j] += partial[i * width + j];
                }
            }
        } else {
            ${T}Panels.write(partial, 0, width, c, top, height, 0, width);
        }
    }

    private void chains(${T}View a, ${T}View b, ${T}View c, boolean add) {
        if (c.height() == 1 || c.width() == 1) {
            thin.run(a, b, c, add);
        } else if (isShallow(a, b, c) && !add) {
            thin.rows(a, b, c);
        } else if (c.width() <= Math.min(streamed.lanes(), NARROW)
                && c.height() >= TALL
                && !a.transposed()) {
            streamed.run(a, b, c, add);
        } else if (isTransposedBetter(a, b, c)) {
            blocks(b.transpose(), a.transpose(), c.transpose(), add);
        } else if (b.transposed() && !add && isLessToTranspose(a, c)) {
            turned(a, b, c);
        } else {
            blocks(a, b, c, add);
        }
    }

    private static boolean isShallow(${T}View a, ${T}View b, ${T}View c) {
        return a.width() <= ${T}ShallowTiles.TERMS && c.width() > BROAD && !b.transposed();
    }

    /**
     * Whether to compute cᵀ ← bᵀ aᵀ: where b would have to be transposed for a few rows, and where
     * few columns would leave most of a tile empty and the rows of a run along cᵀ.
     */
    private boolean isTransposedBetter(${T}View a, ${T}View b, ${T}View c) {
        if (b.transposed()) {
            return c.height() < lanes && c.height() < c.width();
        }
        return a.transposed()
                && 3 * padded(c.width(), c.height()) <= 2 * padded(c.height(), c.width());
    }

    /**
     * Whether what {@link #turned} packs and transposes is less than the right operand; with more
     * rows packing that is a small part.
     */
    private boolean isLessToTranspose(${T}View a, ${T}View c) {
        int m = c.height();
        if (m < lanes || m > LOW) {
            return false;
        }
        long k = a.width();
        long n = c.width();
        long times = (n + TURNED / m - 1) / (TURNED / m);
        return m * (k * times + n) < k * n;
    }

    /** c ← a b with the lines of b as they stand: as bᵀ aᵀ, some columns of c at a time. */
    private void turned(${T}View a, ${T}View b, ${T}View c) {
        int m = c.height();
        int most = TURNED / m;
        turned = grown(turned, Math.min(c.width(), most) * m);
        for (int j = 0; j < c.width(); j += most) {
            int w = Math.min(most, c.width() - j);
            int from = b.offset() + j * b.stride();
            ${T}View lines = new ${T}View(b.data(), from, w, a.width(), b.stride(), false);
            ${T}View sums = ${T}View.of(turned, 0, w, m);
            blocks(lines, a.transpose(), sums, false);
            int whole = w - w % transposition.lines();
            int to = c.offset() + j;
            for (int i = 0; i < whole; i += transposition.lines()) {
                transposition.transpose(turned, i * m, m, m, c.data(), to + i, c.stride());
            }
            ${T}Panels.read(
                    sums.transpose(), 0, m, whole, w - whole, c.data(), to + whole, c.stride());
        }
    }

    /** Elements of the tiles that cover a result. */
    private long padded(int height, int width) {
        return (long) roundUp(height, rows / 2) * roundUp(width, lanes);
    }

    private void blocks(${T}View a, ${T}View b, ${T}View c, boolean add) {
        boolean stands =
                !b.transposed() && (c.height() <= FEW || (long) b.rows() * b.columns() <= SMALL);
        int depth = part(a.width(), DEPTH, 1);
        int height = part(c.height(), HEIGHT, rows);
        int width = stands ? c.width() : part(c.width(), WIDTH, 2 * lanes);
        for (int j = 0; j < c.width(); j += width) {
            int w = Math.min(width, c.width() - j);
            for (int p = 0; p < a.width(); p += depth) {
                int d = Math.min(depth, a.width() - p);
                if (!stands) {
                    right = grown(right, width * depth);
                    pack(b, p, d, j, w);
                }
                for (int i = 0; i < c.height(); i += height) {
                    int h = Math.min(height, c.height() - i);
                    Part part = new Part(i, h, j, w, p, d);
                    if (stands) {
                        tiling.run(a, b, c, part, add || p > 0);
                    } else {
                        tiling.run(a, right, c, part, add || p > 0);
                    }
                }
            }
        }
    }

    /** Packs rows p .. p + d − 1 and columns j .. j + w − 1 of b. */
    private void pack(${T}View b, int p, int d, int j, int w) {
        int panel = 2 * lanes;
        int whole = w - w % panel;
        if (b.transposed()) {
            for (int q = 0; q < whole; q += transposition.lines()) {
                int from = b.offset() + (j + q) * b.stride() + p;
                int to = q / panel * panel * d + q % panel;
                transposition.transpose(b.data(), from, b.stride(), d, right, to, panel);
            }
        } else {
            for (int q = 0; q < whole; q += panel) {
                int from = b.offset() + p * b.stride() + j + q;
                strips.copy(b.data(), from, b.stride(), d, right, q * d);
            }
        }
        ${T}Panels.pack(b, p, d, j + whole, w - whole, panel, right, whole * d);
    }

    /** The length cut into equal parts of at most so much, rounded up to a multiple. */
    private static int part(int length, int most, int multiple) {
        int parts = Math.max(1, (length + most - 1) / most);
        return roundUp((length + parts - 1) / parts, multiple);
    }

    private static int roundUp(int length, int multiple) {
        return (length + multiple - 1) / multiple * multiple;
    }

    static ${t}[] grown(${t}[] buffer, int length) {
        return buffer.length >= length ? buffer : new ${t}[length];
    }
}
</#list>
