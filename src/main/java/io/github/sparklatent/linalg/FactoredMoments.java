package io.github.sparklatent.linalg;

import io.github.sparklatent.linalg.kernels.DoubleGemm;
import io.github.sparklatent.linalg.kernels.MonomialKernel;

/**
 * Sums of wide rows. No monomial is written: the first factors are multiplied with the weights, which are fewer than
 * the numbers of a row.
 *
 * <pre>
 *   Σ_n r_nk z_ni z_nj  =  Σ_n (r_nk z_ni) z_nj        j ≥ i
 * </pre>
 *
 * <p>Each sum is a chain of fused multiply-adds over the rows in their order.
 */
final class FactoredMoments extends RowMoments {
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
