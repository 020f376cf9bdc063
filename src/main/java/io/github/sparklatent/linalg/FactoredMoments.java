package io.github.sparklatent.linalg;

/**
 * Sums of wide rows: the first factor of the monomials is multiplied with the weights, which are
 * fewer than the rows' numbers, so that no monomial is written.
 *
 * <pre>
 *   Σ_n r_nk z_ni z_nj  =  Σ_n (r_nk z_ni) z_nj        j ≥ i
 * </pre>
 *
 * <p>Each sum is a chain of fused multiply-adds over the rows in their order.
 */
final class FactoredMoments extends RowMoments {
    private static final int DEPTH = 128;

    /** For the last columns, where a vector holds them. */
    private final DoubleStrips strips;

    /** Weights of a tile times the first factor, row after row. */
    private final double[] factors;

    /** By first factors, tiles and weights. */
    private final double[] sums;

    /** Of each monomial's sum with the first weight. */
    private final int[] places;

    /**
     * @param monomials all of degree two at most
     * @param width k, how many weights each row has
     */
    FactoredMoments(
            Monomials monomials,
            int width,
            DoubleTiles tiles,
            DoubleStrips strips,
            MonomialPanels panels) {
        super(monomials, width, stride(monomials, tiles), DEPTH, tiles, panels);
        this.strips = strips;
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

    /** An odd number of tiles' halves: rows whole powers of two apart would share lines. */
    private static int stride(Monomials monomials, DoubleTiles tiles) {
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

    /** What is beyond the last column adds to sums that nobody reads. */
    private void add(int rows, int left, int from, int depth, int to) {
        int height = tiles.rows();
        int w = RowForms.width(tiles);
        if (left <= tiles.lanes()) {
            strips.tile(rows, factors, 0, 1, height, z, from, stride, depth, sums, to, w, true);
            return;
        }
        tiles.tile(
                rows,
                tiles.lanes(),
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
