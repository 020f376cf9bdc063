package io.github.sparklatent.linalg;

import io.github.sparklatent.linalg.kernels.DoubleGemm;
import io.github.sparklatent.linalg.kernels.MonomialKernel;
import org.ejml.data.DMatrixRMaj;

/**
 * Weighted sums of the monomials of rows y = x − origin, for k weights of each row. {@link Monomials#moments} creates
 * them.
 *
 * <p>A sum does not depend on the processor. Holds buffers; not thread-safe.
 */
public abstract class RowMoments {
    final DoubleGemm tiles;
    final MonomialKernel panels;
    final int columns;
    final int width;

    /**
     * A block of rows (1, y), one after the other. Each row starts {@link #stride} numbers after the start of the row
     * before it. The array is longer than the rows, so that a vector register can be read beyond the last row.
     */
    double[] z = new double[0];

    final int stride;

    /**
     * The weights of some rows, in panels. A panel has as many weights as a tile of the matrix product is high, row
     * after row.
     */
    final double[] weights;

    private final int depth;

    /**
     * Creates the buffers.
     *
     * @param width k, the number of weights of each row
     * @param stride numbers from the start of one row of z to the start of the next
     * @param depth largest number of rows that are added together
     */
    RowMoments(Monomials monomials, int width, int stride, int depth, DoubleGemm tiles, MonomialKernel panels) {
        this.columns = monomials.dimension() + 1;
        this.width = width;
        this.stride = stride;
        this.depth = depth;
        this.tiles = tiles;
        this.panels = panels;
        this.weights = new double[depth * RowForms.up(width, tiles.rows())];
    }

    /**
     * Adds some rows of {@link #z}, multiplied by their {@link #weights}, to the sums.
     *
     * @param top index of the first of these rows in {@link #z}
     * @param depth number of rows, for which {@link #weights} holds the weights
     */
    abstract void add(int top, int depth);

    /**
     * Returns Σ_n r_nk φ_nm: the sum of the m-th monomial φ_m over the rows n, each multiplied by its k-th weight r_nk.
     */
    public abstract double sum(int k, int m);

    /**
     * Adds a block, unless the absolute value of a number in y is above {@link Monomials#GREATEST_REACH}. Then the
     * monomials might overflow, and a weight of 0 would not cancel them.
     *
     * @param x n × d. Not modified.
     * @param origin 1 × d, subtracted from each row. Not modified.
     * @param weights r, one column for each of the n rows of x. Not modified.
     * @param places the k rows of {@code weights} to use. Not modified.
     * @return whether the block was added
     */
    public final boolean add(DMatrixRMaj x, DMatrixRMaj origin, DMatrixRMaj weights, int[] places) {
        if (!load(x, origin)) {
            return false;
        }
        int parts = Math.max(1, (x.numRows + depth - 1) / depth);
        int rows = (x.numRows + parts - 1) / parts;
        for (int i = 0; i < x.numRows; i += rows) {
            int some = Math.min(rows, x.numRows - i);
            pack(i, some, weights, places);
            add(i, some);
        }
        return true;
    }

    /** Packs the weights of some rows into {@link #weights}. The last panel is filled up with zeros. */
    private void pack(int top, int depth, DMatrixRMaj r, int[] places) {
        int height = tiles.rows();
        int k = 0;
        for (; k + 4 <= width; k += 4) {
            int a = places[k] * r.numCols + top;
            int b = places[k + 1] * r.numCols + top;
            int c = places[k + 2] * r.numCols + top;
            int d = places[k + 3] * r.numCols + top;
            int to = k / height * height * depth + k % height;
            for (int i = 0; i < depth; i++, to += height) {
                weights[to] = r.data[a + i];
                weights[to + 1] = r.data[b + i];
                weights[to + 2] = r.data[c + i];
                weights[to + 3] = r.data[d + i];
            }
        }
        for (; k < RowForms.up(width, height); k++) {
            int to = k / height * height * depth + k % height;
            for (int i = 0; i < depth; i++, to += height) {
                weights[to] = k < width ? r.data[places[k] * r.numCols + top + i] : 0;
            }
        }
    }

    private boolean load(DMatrixRMaj x, DMatrixRMaj origin) {
        int d = columns - 1;
        boolean near = true;
        z = DoubleProducts.grown(z, x.numRows * stride + RowForms.width(tiles));
        for (int i = 0; i < x.numRows; i++) {
            int to = i * stride;
            z[to] = 1;
            for (int j = 0; j < d; j++) {
                double y = x.data[i * d + j] - origin.data[j];
                near &= Math.abs(y) <= Monomials.GREATEST_REACH;
                z[to + 1 + j] = y;
            }
        }
        return near;
    }
}
