package io.github.sparklatent.gmm.initialization;

import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.linalg.LogSumExp;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Draws distinct rows without replacement. The chance of a row grows with its weight. The rows with the smallest
 * −log(u) / w are drawn, where u is a function of a key and of the content of the row (Efraimidis and Spirakis 2006).
 *
 * @param key key of the random stream
 */
public record RandomRows(long key) implements RowScore {
    @Override
    public Scorer scorer(int partition) {
        return (block, scores) -> {
            int d = block.width();
            for (int i = 0; i < block.size(); i++) {
                long hash = RandomStreams.hash(block.rows().data, i * d, d);
                scores[i] = -StrictMath.log(RandomStreams.uniform(key, hash)) / block.weight(i);
            }
        };
    }

    /**
     * Random responsibilities that vary smoothly over the data: each component has a random direction and takes the
     * rows that lie in it.
     *
     * <pre>
     *   r_nk ∝ exp Σ_j v_kj (x_nj − μ_j) / (σ_j √d),   v_kj standard normal
     * </pre>
     *
     * Responsibilities drawn independently for each row would be equal on average everywhere, so the means of the
     * components would differ by σ / √n only. That is a saddle point of the likelihood: with a tied covariance, the
     * first round gains less than any tolerance and EM stops. Here the means differ by a fraction of σ for any number
     * of rows.
     *
     * @param origin μ, 1 × d. Not to be modified.
     * @param directions v_kj / (σ_j √d), d × k. Not to be modified.
     */
    public record RandomResponsibilities(DMatrixRMaj origin, DMatrixRMaj directions) implements Responsibilities {
        /** Draws random directions; {@code whole} has the mean and the variances of all rows as its one component. */
        public static RandomResponsibilities of(MixtureParameters whole, int components, RandomGenerator random) {
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

        /** Assigns all rows to one component. */
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
}
