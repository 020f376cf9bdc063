package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.Centres;
import io.github.sparklatent.linalg.Block;
import org.ejml.data.DMatrixRMaj;

/**
 * Sums sizes, sums and scatter of the components (Bishop 2006, eq. 9.24 to 9.27, centred). An object holds buffers and
 * is used by one thread.
 */
public interface Scatter {
    /**
     * Adds a block.
     *
     * @param x the block's rows, n × d. Not modified.
     * @param responsibilities responsibilities times row weights, k × n. Not modified.
     */
    void add(Block x, DMatrixRMaj responsibilities);

    /**
     * Writes sizes, sums and scatter.
     *
     * @param statistics sufficient statistics in the layout of {@link StatisticsLayout}. Modified after its first three
     *     entries.
     */
    void write(double[] statistics);

    /** Creates the sums for a form of covariances. */
    static Scatter of(StatisticsLayout layout, Centres centres) {
        int[] near = centres.components(true);
        int[] far = centres.components(false);
        return switch (layout.type()) {
            case FULL ->
                both(
                        near.length == 0 ? null : MonomialScatter.full(layout, centres, near),
                        far.length == 0 ? null : new CentredScatter(layout, centres, far));
            case TIED ->
                far.length == 0
                        ? new TiedScatter(layout, centres)
                        : new CentredScatter(layout, centres, centres.components());
            case DIAGONAL, SPHERICAL ->
                both(
                        near.length == 0 ? null : MonomialScatter.diagonal(layout, centres, near),
                        far.length == 0 ? null : new CentredDiagonalScatter(layout, centres, far));
            case FACTOR, PPCA ->
                throw new IllegalArgumentException("the sums of factored covariances need the loadings");
        };
    }

    private static Scatter both(Scatter near, Scatter far) {
        if (near == null || far == null) {
            return near == null ? far : near;
        }
        return new Both(near, far);
    }

    /** Two sums over disjoint sets of components. */
    record Both(Scatter first, Scatter second) implements Scatter {
        @Override
        public void add(Block block, DMatrixRMaj responsibilities) {
            first.add(block, responsibilities);
            second.add(block, responsibilities);
        }

        @Override
        public void write(double[] statistics) {
            first.write(statistics);
            second.write(statistics);
        }
    }

    /** Adds Σ_n r_nk to sizes_k. */
    static void addSizes(DMatrixRMaj responsibilities, double[] sizes) {
        int n = responsibilities.numCols;
        for (int k = 0; k < sizes.length; k++) {
            for (int i = k * n; i < (k + 1) * n; i++) {
                sizes[k] += responsibilities.data[i];
            }
        }
    }
}
