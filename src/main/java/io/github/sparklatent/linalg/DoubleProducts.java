package io.github.sparklatent.linalg;

import java.util.Arrays;

/**
 * Products of matrices of doubles, in tiles that stay in registers (Goto and van de Geijn, Anatomy
 * of High-Performance Matrix Multiplication, ACM TOMS 34, 2008).
 *
 * <p>Each element's sum runs over the inner dimension in ascending order, with fused multiply-adds:
 * the bits of a result depend on the operands only, not on the processor, the blocks or the tiles.
 *
 * <p>Holds buffers, of some megabytes at most: for one thread.
 */
public final class DoubleProducts {
    /** Of the inner dimension at a time: 256 floats or 192 doubles, two panels fit the cache. */
    private static final int DEPTH = 128 + 512 / Double.BYTES;

    /** Rows of a packed at a time; with DEPTH, half of a second-level cache. */
    private static final int HEIGHT = 240;

    /** Columns of b packed at a time. */
    private static final int WIDTH = 2048;

    /** Up to so many rows or columns, packing would take longer than the product. */
    private static final int THIN = 3;

    private final DoubleTiles tiles;
    private final int rows;
    private final int columns;
    private final DoubleThinProducts thin;

    /** A tile that reaches over the edge of the result. */
    private final double[] edge;

    private double[] left = new double[0];
    private double[] right = new double[0];

    /** Products by the fastest kernels that this Java offers. */
    public DoubleProducts() {
        this(Kernels.doubleTiles());
    }

    DoubleProducts(DoubleTiles tiles) {
        this.tiles = tiles;
        this.rows = tiles.rows();
        this.columns = tiles.columns();
        this.thin = new DoubleThinProducts(tiles);
        this.edge = new double[rows * columns];
    }

    /**
     * c ← a b.
     *
     * @param a m × k. Not modified.
     * @param b k × n. Not modified.
     * @param c m × n, not transposed; overlaps neither a nor b. Modified.
     */
    public void multiply(DoubleView a, DoubleView b, DoubleView c) {
        check(a, b, c);
        run(a, b, c, false);
    }

    /** c ← c + a b; see {@link #multiply}. */
    public void multiplyAdd(DoubleView a, DoubleView b, DoubleView c) {
        check(a, b, c);
        run(a, b, c, true);
    }

    private static void check(DoubleView a, DoubleView b, DoubleView c) {
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

    private void run(DoubleView a, DoubleView b, DoubleView c, boolean add) {
        if (a.width() == 0) {
            for (int i = 0; !add && i < c.rows(); i++) {
                int from = c.offset() + i * c.stride();
                Arrays.fill(c.data(), from, from + c.columns(), 0d);
            }
        } else if (Math.min(c.height(), c.width()) <= THIN
                && Math.max(c.height(), c.width()) >= tiles.width()) {
            thin.run(a, b, c, add);
        } else if (3 * padded(c.width(), c.height()) <= 2 * padded(c.height(), c.width())) {
            // A few columns: cᵀ ← bᵀ aᵀ fills the tiles better.
            blocks(b.transpose(), a.transpose(), c.transpose(), add);
        } else {
            blocks(a, b, c, add);
        }
    }

    /** Elements of the tiles that cover a result. */
    private long padded(int height, int width) {
        return (long) roundUp(height, rows) * roundUp(width, columns);
    }

    private void blocks(DoubleView a, DoubleView b, DoubleView c, boolean add) {
        int depth = part(a.width(), DEPTH, 1);
        int height = part(c.height(), HEIGHT, rows);
        int width = part(c.width(), WIDTH, columns);
        left = grown(left, height * depth);
        right = grown(right, width * depth);
        for (int j = 0; j < c.width(); j += width) {
            int w = Math.min(width, c.width() - j);
            for (int p = 0; p < a.width(); p += depth) {
                int d = Math.min(depth, a.width() - p);
                DoublePanels.pack(b, p, d, j, w, columns, right);
                for (int i = 0; i < c.height(); i += height) {
                    int h = Math.min(height, c.height() - i);
                    DoublePanels.pack(a.transpose(), p, d, i, h, rows, left);
                    block(c, i, h, j, w, d, add || p > 0);
                }
            }
        }
    }

    /** The product of the packed panels. */
    private void block(
            DoubleView c, int top, int height, int first, int width, int depth, boolean add) {
        for (int j = 0; j < width; j += columns) {
            int w = Math.min(columns, width - j);
            for (int i = 0; i < height; i += rows) {
                int h = Math.min(rows, height - i);
                if (h == rows && w == columns && !c.transposed()) {
                    int to = c.offset() + (top + i) * c.stride() + first + j;
                    tiles.tile(
                            left,
                            i * depth,
                            right,
                            j * depth,
                            depth,
                            c.data(),
                            to,
                            c.stride(),
                            add);
                } else {
                    if (add) {
                        DoublePanels.read(c, top + i, h, first + j, w, edge, columns);
                    }
                    tiles.tile(left, i * depth, right, j * depth, depth, edge, 0, columns, add);
                    DoublePanels.write(edge, columns, c, top + i, h, first + j, w);
                }
            }
        }
    }

    /** The length cut into equal parts of at most so much, rounded up to a multiple. */
    private static int part(int length, int most, int multiple) {
        int parts = Math.max(1, (length + most - 1) / most);
        return roundUp((length + parts - 1) / parts, multiple);
    }

    private static int roundUp(int length, int multiple) {
        return (length + multiple - 1) / multiple * multiple;
    }

    static double[] grown(double[] buffer, int length) {
        return buffer.length >= length ? buffer : new double[length];
    }
}
