package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.Centres;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Monomials;
import io.github.sparklatent.linalg.RowMoments;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;

/**
 * Sizes, sums and scatter of components near the common origin. The moments of the rows are summed for all components
 * at once and shifted to their centres at the end.
 *
 * <p>With y = x − origin, t_k = Σ_n r_nk y_n, T_k = Σ_n r_nk y_n y_nᵀ and δ_k = c_k − origin:
 *
 * <pre>
 *   s_k = t_k − N_k δ_k,     S_k = T_k − δ_k s_kᵀ − t_k δ_kᵀ
 * </pre>
 */
final class MonomialScatter implements Scatter {
    private final StatisticsLayout layout;
    private final Centres centres;
    private final int[] components;
    private final RowMoments moments;
    private final Supplier<Scatter> centred;

    /**
     * Centred sums of the blocks with a row that is so far from the origin that a monomial might overflow; null if
     * there are no such blocks.
     */
    private Scatter exact;

    private MonomialScatter(
            StatisticsLayout layout,
            Centres centres,
            int[] components,
            Monomials monomials,
            Supplier<Scatter> centred) {
        this.layout = layout;
        this.centres = centres;
        this.components = components;
        this.moments = monomials.moments(components.length);
        this.centred = centred;
    }

    static Scatter full(StatisticsLayout layout, Centres centres, int[] components) {
        return new MonomialScatter(
                layout,
                centres,
                components,
                Monomials.quadratic(layout.dimension()),
                () -> new Scatter.CentredScatter(layout, centres, components));
    }

    static Scatter diagonal(StatisticsLayout layout, Centres centres, int[] components) {
        return new MonomialScatter(
                layout,
                centres,
                components,
                Monomials.squares(layout.dimension()),
                () -> new Scatter.CentredDiagonalScatter(layout, centres, components));
    }

    @Override
    public void add(Block block, DMatrixRMaj responsibilities) {
        if (moments.add(block.rows(), centres.origin(), responsibilities, components)) {
            return;
        }
        if (exact == null) {
            exact = centred.get();
        }
        exact.add(block, responsibilities);
    }

    @Override
    public void write(double[] statistics) {
        shift(statistics);
        if (exact != null) {
            double[] added = new double[statistics.length];
            exact.write(added);
            for (int i = 0; i < added.length; i++) {
                statistics[i] += added[i];
            }
        }
    }

    private void shift(double[] statistics) {
        int d = layout.dimension();
        boolean full = layout.type() == CovarianceType.FULL;
        for (int c = 0; c < components.length; c++) {
            int k = components[c];
            double size = moments.sum(c, 0);
            statistics[StatisticsLayout.SIZES + k] = size;
            int sums = layout.sums() + k * d;
            for (int j = 0; j < d; j++) {
                statistics[sums + j] = moments.sum(c, 1 + j) - size * centres.shift(k, j);
            }
            int to = layout.scatter(k);
            for (int i = 0, m = 1 + d; i < d; i++) {
                for (int j = i; j < (full ? d : i + 1); j++, m++) {
                    statistics[to++] = moments.sum(c, m)
                            - centres.shift(k, i) * statistics[sums + j]
                            - moments.sum(c, 1 + i) * centres.shift(k, j);
                }
            }
        }
    }
}
