package io.github.sparklatent.linalg;

import io.github.sparklatent.linalg.kernels.DoubleGemm;
import io.github.sparklatent.linalg.kernels.MonomialKernel;
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
     * @return whether all y are within {@link Monomials#GREATEST_REACH}. Then every form with finite coefficients is
     *     finite
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
                near &= Math.abs(y) <= Monomials.GREATEST_REACH;
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
}
