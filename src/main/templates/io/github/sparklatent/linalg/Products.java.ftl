<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t>
<@pp.changeOutputFile name="${T}Products.java"/>
package io.github.sparklatent.linalg;

import io.github.sparklatent.linalg.kernels.${T}Gemm;
import java.util.Arrays;

/**
 * Products of ${t} matrices, in register tiles (Goto and van de Geijn, Anatomy of High-Performance
 * Matrix Multiplication, ACM TOMS 34, 2008). The left operand is read in place: a tile takes one
 * number of each of its rows at a time. The right operand is read in place if it is small or the left
 * one has few rows; otherwise it is packed.
 *
 * <p>Each element is a sum over the inner dimension in ascending order, with fused multiply-adds. Long
 * sums of few columns are several interleaved sums ({@link ${T}LongSums}). The bits of a result depend
 * on the operands only, not on the processor or on the tiles.
 *
 * <p>Holds buffers of some megabytes. Not thread-safe.
 */
public final class ${T}Products {
    /** Terms per block: two vectors of each row of b fill a twentieth of a cache. */
    private static final int DEPTH = 400;

    /** Rows of a per block: with DEPTH, less than half of a second-level cache. */
    private static final int HEIGHT = 960 / ${T}.BYTES;

    /** Columns of b that are packed at a time, few enough to be in the cache when they are used. */
    private static final int WIDTH = 64;

    /** Elements of b that are read in place, an eighth of a second-level cache. */
    private static final int SMALL = (1 << 17) / ${T}.BYTES;

    /** Rows of c up to which packing b takes longer than reading it in place. */
    private static final int FEW = 64;

    private final int rows;
    private final int lanes;
    private final ${T}Gemm kernel;
    private final ${T}LongSums longSums;
    private final ${T}Tiling tiling;
    private ${t}[] packed = new ${t}[0];

    /** Creates products that use the fastest kernel of this JVM. */
    public ${T}Products() {
        this(Kernels.${t}Gemm());
    }

    ${T}Products(${T}Gemm kernel) {
        this.rows = kernel.rows();
        this.lanes = kernel.lanes();
        this.kernel = kernel;
        this.tiling = new ${T}Tiling(kernel);
        this.longSums = new ${T}LongSums(kernel, this);
    }

    /**
     * Computes c ← a b.
     *
     * @param a m × k. Not modified.
     * @param b k × n. Not modified.
     * @param c m × n, not transposed; overlaps neither a nor b. Modified.
     */
    public void multiply(${T}View a, ${T}View b, ${T}View c) {
        check(a, b, c);
        run(a, b, c, false);
    }

    /** Computes c ← c + a b; see {@link #multiply}. */
    public void multiplyAdd(${T}View a, ${T}View b, ${T}View c) {
        check(a, b, c);
        run(a, b, c, true);
    }

    private static void check(${T}View a, ${T}View b, ${T}View c) {
        if (a.width() != b.height() || a.height() != c.height() || b.width() != c.width()) {
            throw new IllegalArgumentException(
                    "product of %d x %d and %d x %d into %d x %d"
                            .formatted(
                                    a.height(), a.width(), b.height(), b.width(), c.height(), c.width()));
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
        } else if (${T}LongSums.chains(c.width(), a.width()) > 1) {
            longSums.run(a, b, c, add);
        } else {
            gemm(a, b, c, add);
        }
    }

    /** Computes c ← (add ? c : 0) + a b with one chain for each element. */
    void gemm(${T}View a, ${T}View b, ${T}View c, boolean add) {
        if (isTransposedBetter(a, b, c)) {
            blocks(b.transpose(), a.transpose(), c.transpose(), add);
        } else {
            blocks(a, b, c, add);
        }
    }

    /**
     * Returns whether to compute cᵀ ← bᵀ aᵀ: if b would have to be transposed for a few rows, or if
     * few columns would leave most of a tile empty and the rows of a run along cᵀ.
     */
    private boolean isTransposedBetter(${T}View a, ${T}View b, ${T}View c) {
        if (b.transposed()) {
            return c.height() < lanes && c.height() < c.width();
        }
        return a.transposed()
                && 3 * padded(c.width(), c.height()) <= 2 * padded(c.height(), c.width());
    }

    /** Elements of the tiles that cover a result. */
    private long padded(int height, int width) {
        return (long) roundUp(height, rows / 2) * roundUp(width, lanes);
    }

    private void blocks(${T}View a, ${T}View b, ${T}View c, boolean add) {
        boolean inPlace =
                !b.transposed() && (c.height() <= FEW || (long) b.rows() * b.columns() <= SMALL);
        int depth = part(a.width(), DEPTH, 1);
        int height = part(c.height(), HEIGHT, rows);
        int width = inPlace ? c.width() : part(c.width(), WIDTH, 2 * lanes);
        for (int j = 0; j < c.width(); j += width) {
            int w = Math.min(width, c.width() - j);
            for (int p = 0; p < a.width(); p += depth) {
                int d = Math.min(depth, a.width() - p);
                if (!inPlace) {
                    packed = grown(packed, width * depth);
                    pack(b, p, d, j, w);
                }
                for (int i = 0; i < c.height(); i += height) {
                    int h = Math.min(height, c.height() - i);
                    Part part = new Part(i, h, j, w, p, d);
                    if (inPlace) {
                        tiling.run(a, b, c, part, add || p > 0);
                    } else {
                        tiling.run(a, packed, c, part, add || p > 0);
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
            for (int q = 0; q < whole; q += kernel.lines()) {
                int from = b.offset() + (j + q) * b.stride() + p;
                int to = q / panel * panel * d + q % panel;
                kernel.transpose(b.data(), from, b.stride(), d, packed, to, panel);
            }
        } else {
            for (int q = 0; q < whole; q += panel) {
                int from = b.offset() + p * b.stride() + j + q;
                kernel.copy(b.data(), from, b.stride(), d, packed, q * d);
            }
        }
        ${T}Panels.pack(b, p, d, j + whole, w - whole, panel, packed, whole * d);
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
