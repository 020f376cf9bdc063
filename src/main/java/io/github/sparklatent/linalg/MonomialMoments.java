package io.github.sparklatent.linalg;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Weighted sums of the monomials of rows: one product of the weights with the monomials.
 *
 * <p>Each sum is a chain of fused multiply-adds over the rows in their order, whatever the
 * processor. As many monomials as a tile is wide of up to {@value #DEPTH} rows stay in the
 * first-level cache while they are multiplied with all weights.
 *
 * <p>Holds buffers: for one thread.
 */
public final class MonomialMoments {
    private static final int DEPTH = 192;

    private final DoubleTiles tiles;
    private final MonomialPanels panels;
    private final int columns;
    private final int width;

    /** Runs of each panel as {@link MonomialPanels#columns} takes them. */
    private final int[][] runs;

    /** Tile after tile, those of a panel of monomials side by side. */
    private final double[] sums;

    private final double[] monomials;
    private final double[] weights;
    private double[] z = new double[0];

    /**
     * @param width k, how many weights each row has
     */
    public MonomialMoments(Monomials monomials, int width) {
        this(monomials, width, Kernels.doubleTiles(), Kernels.monomialPanels());
    }

    MonomialMoments(Monomials monomials, int width, DoubleTiles tiles, MonomialPanels panels) {
        this.tiles = tiles;
        this.panels = panels;
        this.columns = monomials.dimension() + 1;
        this.width = width;
        int w = MonomialForms.width(tiles);
        this.runs = monomials.parts(w).stream().map(MonomialMoments::flat).toArray(int[][]::new);
        int height = MonomialForms.up(width, tiles.rows());
        this.sums = new double[runs.length * height * w];
        this.monomials = new double[(DEPTH + 1) * w];
        this.weights = new double[DEPTH * height];
    }

    private static int[] flat(List<Monomials.Run> runs) {
        int start = runs.get(0).start();
        return runs.stream()
                .flatMapToInt(
                        run ->
                                Arrays.stream(
                                        new int[] {
                                            run.first(),
                                            run.second(),
                                            run.start() - start,
                                            run.length()
                                        }))
                .toArray();
    }

    /**
     * Adds a block, unless one of its y is beyond {@link Monomials#GREATEST_REACH}: its monomials
     * might overflow, and weights of 0 would not make them vanish.
     *
     * @param x n × d. Not modified.
     * @param origin 1 × d, subtracted from each row. Not modified.
     * @param weights n columns. Not modified.
     * @param places which rows hold the weights, k of them. Not modified.
     * @return whether the block was added
     */
    public boolean add(DMatrixRMaj x, DMatrixRMaj origin, DMatrixRMaj weights, int[] places) {
        if (!load(x, origin)) {
            return false;
        }
        int parts = Math.max(1, (x.numRows + DEPTH - 1) / DEPTH);
        int depth = (x.numRows + parts - 1) / parts;
        for (int i = 0; i < x.numRows; i += depth) {
            add(i, Math.min(depth, x.numRows - i), weights, places);
        }
        return true;
    }

    private void add(int top, int depth, DMatrixRMaj r, int[] places) {
        int w = MonomialForms.width(tiles);
        int height = tiles.rows();
        pack(top, depth, r, places);
        int to = 0;
        for (int[] panel : runs) {
            panels.columns(z, top * columns, columns, depth, panel, w, monomials);
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

    /** Panels of as many weights as a tile is high; what is beyond the last one is zero. */
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
        for (; k < MonomialForms.up(width, height); k++) {
            int to = k / height * height * depth + k % height;
            for (int i = 0; i < depth; i++, to += height) {
                weights[to] = k < width ? r.data[places[k] * r.numCols + top + i] : 0;
            }
        }
    }

    /** z, row after row. */
    private boolean load(DMatrixRMaj x, DMatrixRMaj origin) {
        int d = columns - 1;
        boolean near = true;
        z = DoubleProducts.grown(z, x.numRows * columns + MonomialForms.width(tiles));
        for (int i = 0; i < x.numRows; i++) {
            int to = i * columns;
            z[to] = 1;
            for (int j = 0; j < d; j++) {
                double y = x.data[i * d + j] - origin.data[j];
                near &= Math.abs(y) <= Monomials.GREATEST_REACH;
                z[to + 1 + j] = y;
            }
        }
        return near;
    }

    /** Σ_n r_nk φ_nm: the m-th monomial's sum with the k-th weight. */
    public double sum(int k, int m) {
        int w = MonomialForms.width(tiles);
        int height = tiles.rows();
        int tilesOfPanel = MonomialForms.up(width, height) / height;
        int tile = m / w * tilesOfPanel + k / height;
        return sums[tile * height * w + k % height * w + m % w];
    }
}
