package io.github.sparklatent.gmm.model;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.Cholesky;
import java.io.Serializable;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/** Draws rows x = μ_k + L_k ε of a mixture. Each row is a function of the seed and of its index. */
public final class MixtureSampler implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Mixture mixture;
    private final List<DMatrixRMaj> lower;
    private final long seed;

    /**
     * Factorises the covariances.
     *
     * @throws IllegalArgumentException if a covariance is not positive definite
     */
    public MixtureSampler(Mixture mixture, long seed) {
        this.mixture = mixture;
        this.seed = seed;
        boolean matrices = mixture.type().isSquare();
        MixtureFactors.requirePositiveDefinite(mixture);
        this.lower =
                matrices
                        ? mixture.covariances().stream()
                                .map(covariance -> Cholesky.of(covariance).orElseThrow().lower())
                                .toList()
                        : List.of();
    }

    /** Returns the component of the row with this index, drawn by weight. */
    public int component(long index) {
        double left = RandomStreams.uniform(RandomStreams.key(seed, Purpose.COMPONENT), index);
        int last = 0;
        for (int k = 0; k < mixture.components(); k++) {
            if (mixture.weight(k) > 0) {
                last = k;
                left -= mixture.weight(k);
                if (left < 0) {
                    return k;
                }
            }
        }
        return last;
    }

    /** Returns the row with this index from a given component, d numbers. */
    public double[] row(long index, int component) {
        int d = mixture.dimension();
        RandomGenerator noise = RandomStreams.of(seed, Purpose.NOISE, index);
        double[] epsilon = new double[d];
        for (int j = 0; j < d; j++) {
            epsilon[j] = noise.nextGaussian();
        }
        double[] row = new double[d];
        for (int j = 0; j < d; j++) {
            row[j] = mixture.means().get(component, j) + deviation(component, j, epsilon);
        }
        return row;
    }

    private double deviation(int component, int column, double[] epsilon) {
        if (lower.isEmpty()) {
            return Math.sqrt(mixture.variance(component, column)) * epsilon[column];
        }
        DMatrixRMaj factor = lower.get(lower.size() == 1 ? 0 : component);
        double sum = 0;
        for (int i = 0; i <= column; i++) {
            sum = Math.fma(factor.data[column * factor.numCols + i], epsilon[i], sum);
        }
        return sum;
    }
}
