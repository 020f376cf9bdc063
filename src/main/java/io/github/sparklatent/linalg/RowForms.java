package io.github.sparklatent.linalg;

import io.github.sparklatent.linalg.kernels.DoubleGemm;
import io.github.sparklatent.linalg.kernels.MonomialKernel;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Quadratic forms of the rows of blocks, in the monomials of y = x − origin. {@link Monomials#forms} creates them.
 *
 * <p>A value does not depend on the processor or on the block that a row is in. Holds buffers; not thread-safe.
 */
public abstract class RowForms {
    /** One line of the cache, by which the forms are shifted: forms a power of two apart would evict each other. */
    private static final int SHIFT = 8;

    final DoubleGemm tiles;
    final MonomialKernel panels;
    final int columns;
    final int forms;

    /** The rows (1, y) in groups as wide as a tile, one group after the other; each group column after column. */
    double[] z = new double[0];

    /** The values of the forms: form after form, a stride apart. */
    double[] values = new double[0];

    int stride;

    RowForms(int dimension, int forms, DoubleGemm tiles, MonomialKernel panels) {
        this.columns = dimension + 1;
        this.forms = forms;
        this.tiles = tiles;
        this.panels = panels;
    }

    /** Computes the values of the given number of rows of z. */
    abstract void multiply(int rows);

    /**
     * Computes the forms of the rows of a block.
     *
     * @param x n × d. Not modified.
     * @param origin 1 × d, subtracted from each row. Not modified.
     * @return whether all y are within {@link Monomials#MAX_REACH}. Then every form with finite coefficients is finite
     */
    public final boolean compute(DMatrixRMaj x, DMatrixRMaj origin) {
        int n = x.numRows;
        stride = up(n, width(tiles)) + SHIFT;
        values = DoubleProducts.grown(values, up(forms, tiles.rows()) * stride);
        boolean near = load(x, origin);
        multiply(n);
        return near;
    }

    /** Returns the value of a form at a row of the last block. */
    public final double value(int form, int row) {
        return values[form * stride + row];
    }

    /**
     * Copies the values at the rows of the last block.
     *
     * @param places rows of the result, one for each form. Not modified.
     * @param out n columns. Modified in the places.
     */
    public final void copy(int[] places, DMatrixRMaj out) {
        for (int k = 0; k < forms; k++) {
            int to = places[k] * out.numCols;
            System.arraycopy(values, k * stride, out.data, to, out.numCols);
        }
    }

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
                near &= Math.abs(y) <= Monomials.MAX_REACH;
                z[to + (j + 1) * w] = y;
            }
        }
        return near;
    }

    /** Returns the number of columns of a tile. */
    static int width(DoubleGemm tiles) {
        return 2 * tiles.lanes();
    }

    static int up(int length, int multiple) {
        return (length + multiple - 1) / multiple * multiple;
    }

    /**
     * Forms of wide rows. No monomial is written: the second factors are multiplied with the coefficients first, and
     * the first factors afterwards.
     *
     * <pre>
     *   Σ_m c_m φ_m  =  Σ_i z_i Σ_j≥i c_ij z_j
     * </pre>
     *
     * <p>Each value is a chain of fused multiply-adds over i. Each inner sum is a chain over j; every {@value #DEPTH}
     * terms a new chain begins.
     */
    static final class FactoredForms extends RowForms {
        private static final int DEPTH = 512;

        /** Monomials that have the same first factor. */
        private final List<Monomials.Run> pieces;

        /** Coefficients by pieces, in panels of as many forms as a tile is high. */
        private final double[] coefficients;

        /** Inner sums of a tile. */
        private final double[] sums;

        /**
         * Packs the coefficients.
         *
         * @param coefficients k × p, one form per row. Not modified.
         */
        FactoredForms(Monomials monomials, DMatrixRMaj coefficients, DoubleGemm tiles, MonomialKernel panels) {
            super(monomials.dimension(), coefficients.numRows, tiles, panels);
            this.pieces = monomials.pieces(DEPTH);
            this.sums = new double[tiles.rows() * width(tiles)];
            int height = up(forms, tiles.rows());
            this.coefficients = new double[height * monomials.count()];
            DoubleView transposed = DoubleView.of(coefficients).transpose();
            for (Monomials.Run piece : pieces) {
                DoublePanels.pack(
                        transposed,
                        piece.start(),
                        piece.length(),
                        0,
                        forms,
                        tiles.rows(),
                        this.coefficients,
                        piece.start() * height);
            }
        }

        @Override
        void multiply(int rows) {
            int w = width(tiles);
            int height = tiles.rows();
            for (Monomials.Run piece : pieces) {
                int from = piece.start() * up(forms, height);
                for (int n = 0; n < rows; n += w) {
                    for (int k = 0; k < forms; k += height) {
                        add(piece, Math.min(height, forms - k), from + k * piece.length(), n, k);
                    }
                }
            }
        }

        private void add(Monomials.Run piece, int height, int from, int row, int form) {
            int w = width(tiles);
            int at = row * columns;
            int to = form * stride + row;
            // The first factor of the first piece is 1, and there is nothing to add to.
            boolean first = piece.start() == 0;
            tiles.tile(
                    height,
                    tiles.lanes(),
                    coefficients,
                    from,
                    1,
                    tiles.rows(),
                    z,
                    at + piece.second() * w,
                    w,
                    piece.length(),
                    first ? values : sums,
                    first ? to : 0,
                    first ? stride : w,
                    false);
            if (!first) {
                panels.multiplyAdd(z, at + piece.first() * w, sums, height, w, values, to, stride);
            }
        }
    }

    /**
     * Computes k quadratic forms of rows as one product of the rows' monomials with the coefficients of the forms.
     *
     * <p>Each value is a chain of fused multiply-adds over the monomials in their order. The product is computed in
     * tiles. A slice is {@value #DEPTH} monomials of as many rows as a tile is wide. It stays in the first-level cache
     * while it is multiplied with the coefficients of all forms.
     */
    static final class MonomialForms extends RowForms {
        private static final int DEPTH = 192;

        private final List<List<Monomials.Run>> slices;

        /**
         * The coefficients, slice after slice. Within a slice they are in panels; a panel has as many forms as a tile
         * is high.
         */
        private final double[] coefficients;

        private final double[] slice;

        /**
         * Creates the forms and copies their coefficients into slices.
         *
         * @param coefficients k × p: one row for each form, one column for each monomial. Not modified.
         */
        MonomialForms(Monomials monomials, DMatrixRMaj coefficients, DoubleGemm tiles, MonomialKernel panels) {
            super(monomials.dimension(), coefficients.numRows, tiles, panels);
            this.slices = monomials.parts(DEPTH);
            this.slice = new double[DEPTH * width(tiles)];
            int count = monomials.count();
            int height = up(forms, tiles.rows());
            this.coefficients = new double[height * count];
            DoubleView transposed = DoubleView.of(coefficients).transpose();
            for (int m = 0; m < count; m += DEPTH) {
                int depth = Math.min(DEPTH, count - m);
                DoublePanels.pack(transposed, m, depth, 0, forms, tiles.rows(), this.coefficients, m * height);
            }
        }

        @Override
        void multiply(int rows) {
            int w = width(tiles);
            int at = 0;
            for (List<Monomials.Run> runs : slices) {
                int depth = length(runs);
                for (int i = 0; i < rows; i += w) {
                    write(runs, i * columns);
                    multiply(at, depth, i);
                }
                at += up(forms, tiles.rows()) * depth;
            }
        }

        /**
         * Multiplies one slice with the coefficients of all forms, and adds the products to the values of as many rows
         * as a tile is wide.
         *
         * @param from index of the slice's first monomial, times the padded number of forms
         * @param depth number of monomials of the slice
         * @param row index of the first of these rows
         */
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

        private void write(List<Monomials.Run> runs, int at) {
            int w = width(tiles);
            int start = runs.get(0).start();
            for (Monomials.Run run : runs) {
                boolean squares = run.first() == MonomialKernel.SQUARES;
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
    }
}
