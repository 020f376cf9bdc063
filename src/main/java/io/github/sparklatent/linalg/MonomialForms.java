package io.github.sparklatent.linalg;

import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Quadratic forms of the rows of blocks: one product of their monomials with the coefficients.
 *
 * <p>Each value is a chain of fused multiply-adds over the monomials in their order, whatever the
 * processor and the block a row is in. A slice of {@value #DEPTH} monomials of as many rows as a
 * tile is wide stays in the first-level cache while it is multiplied with all coefficients.
 *
 * <p>Holds buffers: for one thread.
 */
public final class MonomialForms {
    private static final int DEPTH = 192;

    /** One line of the cache: forms whole powers of two apart would drive each other out of it. */
    private static final int SHIFT = 8;

    private final DoubleTiles tiles;
    private final MonomialPanels panels;
    private final int columns;
    private final int count;
    private final int forms;
    private final List<List<Monomials.Run>> slices;

    /** By slices, in panels of as many forms as a tile is high. */
    private final double[] coefficients;

    private final double[] slice;
    private double[] z = new double[0];

    /** Form after form, a stride apart. */
    private double[] values = new double[0];

    private int stride;

    /**
     * @param coefficients k × p, one form a row. Not modified.
     */
    public MonomialForms(Monomials monomials, DMatrixRMaj coefficients) {
        this(monomials, coefficients, Kernels.doubleTiles(), Kernels.monomialPanels());
    }

    MonomialForms(
            Monomials monomials,
            DMatrixRMaj coefficients,
            DoubleTiles tiles,
            MonomialPanels panels) {
        this.tiles = tiles;
        this.panels = panels;
        this.columns = monomials.dimension() + 1;
        this.count = monomials.count();
        this.forms = coefficients.numRows;
        this.slices = monomials.parts(DEPTH);
        this.slice = new double[DEPTH * width(tiles)];
        this.coefficients = new double[up(forms, tiles.rows()) * count];
        DoubleView transposed = DoubleView.of(coefficients).transpose();
        int height = up(forms, tiles.rows());
        for (int m = 0; m < count; m += DEPTH) {
            int depth = Math.min(DEPTH, count - m);
            DoublePanels.pack(
                    transposed, m, depth, 0, forms, tiles.rows(), this.coefficients, m * height);
        }
    }

    /**
     * Computes the forms of the rows of a block.
     *
     * @param x n × d. Not modified.
     * @param origin 1 × d, subtracted from each row. Not modified.
     * @return whether all y are within {@link Monomials#GREATEST_REACH}, so that every form is a
     *     number where its coefficients are
     */
    public boolean compute(DMatrixRMaj x, DMatrixRMaj origin) {
        int w = width(tiles);
        int n = x.numRows;
        stride = up(n, w) + SHIFT;
        values = DoubleProducts.grown(values, up(forms, tiles.rows()) * stride);
        boolean near = load(x, origin);
        int at = 0;
        for (List<Monomials.Run> runs : slices) {
            int depth = length(runs);
            for (int i = 0; i < n; i += w) {
                write(runs, i * columns);
                multiply(at, depth, i);
            }
            at += up(forms, tiles.rows()) * depth;
        }
        return near;
    }

    /** Adds a slice's part of the forms of as many rows as a tile is wide. */
    private void multiply(int from, int depth, int row) {
        int w = width(tiles);
        int height = tiles.rows();
        for (int k = 0; k < forms; k += height) {
            tiles.tile(
                    Math.min(height, forms - k),
                    tiles.lanes(),
                    coefficients,
                    from + k * depth,
                    1,
                    height,
                    slice,
                    0,
                    w,
                    depth,
                    values,
                    k * stride + row,
                    stride,
                    from > 0);
        }
    }

    /** The value of a form at a row of the last block. */
    public double value(int form, int row) {
        return values[form * stride + row];
    }

    /**
     * Copies the values at the rows of the last block.
     *
     * @param places rows of the result, one for each form. Not modified.
     * @param out n columns. Modified in the places.
     */
    public void copy(int[] places, DMatrixRMaj out) {
        for (int k = 0; k < forms; k++) {
            int to = places[k] * out.numCols;
            System.arraycopy(values, k * stride, out.data, to, out.numCols);
        }
    }

    /** z of as many rows as a tile is wide, column after column. */
    private boolean load(DMatrixRMaj x, DMatrixRMaj origin) {
        int w = width(tiles);
        int d = columns - 1;
        boolean near = true;
        z = DoubleProducts.grown(z, up(x.numRows, w) * columns);
        for (int i = 0; i < x.numRows; i++) {
            int to = i / w * w * columns + i % w;
            int from = i * d;
            z[to] = 1;
            for (int j = 0; j < d; j++) {
                double y = x.data[from + j] - origin.data[j];
                near &= Math.abs(y) <= Monomials.GREATEST_REACH;
                z[to + (j + 1) * w] = y;
            }
        }
        return near;
    }

    private void write(List<Monomials.Run> runs, int at) {
        int w = width(tiles);
        int start = runs.get(0).start();
        for (Monomials.Run run : runs) {
            boolean squares = run.first() == Monomials.SQUARES;
            panels.rows(
                    z,
                    at,
                    squares ? run.second() : run.first(),
                    squares ? 1 : 0,
                    run.second(),
                    run.length(),
                    w,
                    slice,
                    (run.start() - start) * w);
        }
    }

    private static int length(List<Monomials.Run> runs) {
        int length = 0;
        for (Monomials.Run run : runs) {
            length += run.length();
        }
        return length;
    }

    /** Columns of a tile. */
    static int width(DoubleTiles tiles) {
        return 2 * tiles.lanes();
    }

    static int up(int length, int multiple) {
        return (length + multiple - 1) / multiple * multiple;
    }
}
