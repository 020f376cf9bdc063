package io.github.sparklatent.linalg;

import io.github.sparklatent.linalg.kernels.DoubleGemm;
import io.github.sparklatent.linalg.kernels.MonomialKernel;
import java.util.Arrays;
import java.util.List;
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
     * Adds a block, unless the absolute value of a number in y is above {@link Monomials#MAX_REACH}. Then the monomials
     * might overflow, and a weight of 0 would not cancel them.
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
                near &= Math.abs(y) <= Monomials.MAX_REACH;
                z[to + 1 + j] = y;
            }
        }
        return near;
    }

    /**
     * Sums of wide rows. No monomial is written: the first factors are multiplied with the weights, which are fewer
     * than the numbers of a row.
     *
     * <pre>
     *   Σ_n r_nk z_ni z_nj  =  Σ_n (r_nk z_ni) z_nj        j ≥ i
     * </pre>
     *
     * <p>Each sum is a chain of fused multiply-adds over the rows in their order.
     */
    static final class FactoredMoments extends RowMoments {
        private static final int DEPTH = 128;

        /** Weights of a tile times the first factor, row after row. */
        private final double[] factors;

        /** Sums, ordered by first factor, tile and weight. */
        private final double[] sums;

        /** Place of the sum of each monomial with the first weight. */
        private final int[] places;

        /**
         * Creates the buffers.
         *
         * @param monomials all monomials of degree at most two
         * @param width k, the number of weights of each row
         */
        FactoredMoments(Monomials monomials, int width, DoubleGemm tiles, MonomialKernel panels) {
            super(monomials, width, stride(monomials, tiles), DEPTH, tiles, panels);
            this.factors = new double[DEPTH * tiles.rows()];
            this.places = new int[monomials.count()];
            int w = RowForms.width(tiles);
            int tile = tiles.rows() * w;
            int ofWeights = RowForms.up(width, tiles.rows()) / tiles.rows();
            int end = 0;
            for (int i = 0, m = 0; i < columns; i++) {
                for (int j = 0; j < columns - i; j++, m++) {
                    places[m] = end + j / w * ofWeights * tile + j % w;
                }
                end = Math.addExact(end, RowForms.up(columns - i, w) / w * ofWeights * tile);
            }
            this.sums = new double[end];
        }

        /** Returns an odd number of half tiles: rows a power of two apart would share cache lines. */
        private static int stride(Monomials monomials, DoubleGemm tiles) {
            int w = RowForms.width(tiles);
            return RowForms.up(monomials.dimension() + 1, w) + w / 2;
        }

        @Override
        void add(int top, int depth) {
            int height = tiles.rows();
            int w = RowForms.width(tiles);
            int ofWeights = RowForms.up(width, height) / height;
            for (int i = 0, to = 0; i < columns; i++) {
                for (int k = 0; k < width; k += height) {
                    int from = top * stride + i;
                    panels.weigh(z, from, stride, weights, k * depth, height, depth, factors);
                    int rows = Math.min(height, width - k);
                    int at = to + k * w;
                    for (int j = 0; j < columns - i; j += w, at += ofWeights * height * w) {
                        add(rows, columns - i - j, from + j, depth, at);
                    }
                }
                to += RowForms.up(columns - i, w) * ofWeights * height;
            }
        }

        /** Adds a tile. Columns beyond the last one add to sums that are never read. */
        private void add(int rows, int left, int from, int depth, int to) {
            int height = tiles.rows();
            int w = RowForms.width(tiles);
            tiles.tile(
                    rows,
                    left <= tiles.lanes() ? 0 : tiles.lanes(),
                    factors,
                    0,
                    1,
                    height,
                    z,
                    from,
                    stride,
                    depth,
                    sums,
                    to,
                    w,
                    true);
        }

        @Override
        public double sum(int k, int m) {
            int height = tiles.rows();
            int w = RowForms.width(tiles);
            return sums[places[m] + k / height * height * w + k % height * w];
        }
    }

    /**
     * Sums as one product of the weights with the monomials.
     *
     * <p>Each sum is a chain of fused multiply-adds over the rows in their order. As many monomials as a tile is wide
     * of up to {@value #DEPTH} rows stay in the first-level cache while they are multiplied with all weights.
     */
    static final class MonomialMoments extends RowMoments {
        private static final int DEPTH = 192;

        /** Runs of each panel as {@link MonomialKernel#columns} takes them. */
        private final int[][] runs;

        /** The sums, tile after tile; the tiles of one panel of monomials are side by side. */
        private final double[] sums;

        private final double[] monomials;

        MonomialMoments(Monomials monomials, int width, DoubleGemm tiles, MonomialKernel panels) {
            super(monomials, width, monomials.dimension() + 1, DEPTH, tiles, panels);
            int w = RowForms.width(tiles);
            this.runs = monomials.parts(w).stream().map(MonomialMoments::flat).toArray(int[][]::new);
            this.sums = new double[runs.length * RowForms.up(width, tiles.rows()) * w];
            this.monomials = new double[(DEPTH + 1) * w];
        }

        private static int[] flat(List<Monomials.Run> runs) {
            int start = runs.get(0).start();
            return runs.stream()
                    .flatMapToInt(run ->
                            Arrays.stream(new int[] {run.first(), run.second(), run.start() - start, run.length()}))
                    .toArray();
        }

        @Override
        void add(int top, int depth) {
            int w = RowForms.width(tiles);
            int height = tiles.rows();
            int to = 0;
            for (int[] panel : runs) {
                panels.columns(z, top * stride, stride, depth, panel, w, monomials);
                for (int k = 0; k < width; k += height) {
                    tiles.tile(
                            Math.min(height, width - k),
                            tiles.lanes(),
                            weights,
                            k * depth,
                            1,
                            height,
                            monomials,
                            0,
                            w,
                            depth,
                            sums,
                            to,
                            w,
                            true);
                    to += height * w;
                }
            }
        }

        @Override
        public double sum(int k, int m) {
            int w = RowForms.width(tiles);
            int height = tiles.rows();
            int tilesOfPanel = RowForms.up(width, height) / height;
            int tile = m / w * tilesOfPanel + k / height;
            return sums[tile * height * w + k % height * w + m % w];
        }
    }
}
