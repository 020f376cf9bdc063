package io.github.sparklatent.linalg;

import io.github.sparklatent.linalg.kernels.DoubleGemm;
import io.github.sparklatent.linalg.kernels.MonomialKernel;
import java.util.Arrays;
import java.util.List;

/**
 * Sums as one product of the weights with the monomials.
 *
 * <p>Each sum is a chain of fused multiply-adds over the rows in their order. As many monomials as a tile is wide of up
 * to {@value #DEPTH} rows stay in the first-level cache while they are multiplied with all weights.
 */
final class MonomialMoments extends RowMoments {
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
                .flatMapToInt(
                        run -> Arrays.stream(new int[] {run.first(), run.second(), run.start() - start, run.length()}))
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
