package io.github.sparklatent.gmm.initialization;

import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.linalg.LogSumExp;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Random shares that vary smoothly over the data: each component takes the rows that lie in a
 * direction of its own.
 *
 * <pre>
 *   r_nk ∝ exp Σ_j v_kj (x_nj − μ_j) / (σ_j √d),   v_kj standard normal
 * </pre>
 *
 * Shares drawn for each row by itself are equal on average everywhere, so the components' means
 * differ by σ / √n only: a start at a saddle of the likelihood, from which a tied covariance gains
 * less in a round than any tolerance and the rounds end. Here the means differ by a part of σ
 * however many rows there are.
 *
 * @param origin μ, 1 × d. Not to be modified.
 * @param directions v_kj / (σ_j √d), d × k. Not to be modified.
 */
public record RandomResponsibilities(DMatrixRMaj origin, DMatrixRMaj directions)
        implements Responsibilities {
    /**
     * Random directions.
     *
     * @param whole mean and variances of all rows, as a mixture of one component
     */
    public static RandomResponsibilities of(Mixture whole, int components, RandomGenerator random) {
        int d = whole.dimension();
        DMatrixRMaj directions = new DMatrixRMaj(d, components);
        for (int j = 0; j < d; j++) {
            double scale = Math.sqrt(d * whole.variance(0, j));
            for (int k = 0; k < components; k++) {
                directions.set(j, k, random.nextGaussian() / scale);
            }
        }
        return new RandomResponsibilities(whole.means(), directions);
    }

    /** All rows to one component. */
    public static RandomResponsibilities single(DMatrixRMaj origin) {
        return new RandomResponsibilities(origin, new DMatrixRMaj(origin.numCols, 1));
    }

    @Override
    public int components() {
        return directions.numCols;
    }

    @Override
    public Assigner assigner() {
        Products products = new Products();
        DMatrixRMaj transposed = CommonOps_DDRM.transpose(directions, null);
        DMatrixRMaj centred = new DMatrixRMaj(0, 0);
        return (block, responsibilities, logLikelihoods) -> {
            Rows.subtract(block.rows(), origin, 0, centred);
            responsibilities.reshape(components(), block.size());
            responsibilities.zero();
            products.addOuter(transposed, centred, responsibilities);
            LogSumExp.normalizeColumns(responsibilities, logLikelihoods);
            Arrays.fill(logLikelihoods, 0, block.size(), 0);
        };
    }
}
