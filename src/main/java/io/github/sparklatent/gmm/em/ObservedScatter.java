package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.Centres;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import org.ejml.data.DMatrixRMaj;

/**
 * Sums and scatter of the incomplete rows of diagonal components near the common origin. With y = x
 * − origin, δ_k = c_k − origin and o_nj = 1 if a value is observed and 0 if not, one matrix product
 * computes
 *
 * <pre>
 *   O_kj = Σ_n r_nk o_nj,     t_kj = Σ_n r_nk o_nj y_nj,     T_kj = Σ_n r_nk o_nj y_nj²
 *   s_kj = t_kj − δ_kj O_kj
 *   S_kj = T_kj − 2 δ_kj t_kj + δ_kj² O_kj + σ²_kj (N_k − O_kj)
 * </pre>
 *
 * A missing value counts with the mean and the variance of the component.
 */
final class ObservedScatter {
    private final StatisticsLayout layout;
    private final MixtureFactors factors;
    private final Products products = new Products();
    private final DMatrixRMaj powers = new DMatrixRMaj(0, 0);

    /** O, t and T side by side, k × 3 d. */
    private final DMatrixRMaj sums;

    ObservedScatter(StatisticsLayout layout, MixtureFactors factors) {
        this.layout = layout;
        this.factors = factors;
        this.sums = new DMatrixRMaj(layout.components(), 3 * layout.dimension());
    }

    /**
     * Adds the incomplete rows of a block.
     *
     * @param responsibilities r of the incomplete rows, k × m. Not modified.
     */
    void add(Block block, DMatrixRMaj responsibilities) {
        int[] rows = block.missing().incompleteRows();
        Rows.observedPowers(block.rows(), rows, factors.centres().origin(), powers);
        products.addProduct(responsibilities, powers, sums);
    }

    /**
     * Writes the sums and scatter of the near components.
     *
     * @param sizes N, k numbers. Not modified.
     */
    void write(double[] sizes, double[] statistics) {
        Centres centres = factors.centres();
        int d = layout.dimension();
        for (int k : centres.components(true)) {
            for (int j = 0; j < d; j++) {
                double observed = sums.get(k, j);
                double first = sums.get(k, d + j);
                double shift = centres.shift(k, j);
                statistics[layout.sums() + k * d + j] = first - shift * observed;
                statistics[layout.scatter(k) + j] =
                        sums.get(k, 2 * d + j)
                                - 2 * shift * first
                                + shift * shift * observed
                                + factors.variance(k, j) * (sizes[k] - observed);
            }
        }
    }
}
