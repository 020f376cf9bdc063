package io.github.sparklatent.mixture.gaussian;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.Cholesky;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Draws rows x = μ_k + L_k ε of a mixture, or μ_k + W_k z + Ψ_k^½ ε of factored covariances. Each row is a function of
 * the seed and of its index.
 */
public final class MixtureSampler implements Serializable {
    private final MixtureParameters mixture;

    /** L_k or W_k; none if covariances are diagonal. */
    private final List<DMatrixRMaj> lower;

    private final MixtureParameters noise;
    private final double[] weights;
    private final long seed;

    public MixtureSampler(MixtureParameters mixture, long seed) {
        this.mixture = mixture;
        this.seed = seed;
        this.noise = mixture.noise();
        this.weights = mixture.weights();
        MixtureFactors.of(mixture); // throws if a covariance is not positive definite
        this.lower = switch (mixture.type()) {
            case FULL, TIED ->
                mixture.covariances().stream()
                        .map(covariance -> Cholesky.of(covariance).orElseThrow().lower())
                        .toList();
            case DIAGONAL, SPHERICAL -> List.of();
            case FACTOR, PPCA ->
                IntStream.range(0, mixture.components())
                        .mapToObj(k -> mixture.linear(k).loadings())
                        .toList();
        };
    }

    /** Returns the component of the row with this index, drawn by weight. */
    public int component(long index) {
        return component(weights, seed, index);
    }

    /**
     * Returns the component of the row with this index, drawn by weight.
     *
     * @param weights π, numbers not below 0 of sum 1. Not modified.
     */
    public static int component(double[] weights, long seed, long index) {
        return drawn(weights, RandomStreams.uniform(RandomStreams.key(seed, Purpose.COMPONENT), index));
    }

    /**
     * Returns the index that a uniform number stands for.
     *
     * @param weights numbers not below 0 of sum 1. Not modified.
     */
    public static int drawn(double[] weights, double uniform) {
        double left = uniform;
        int last = 0;
        for (int k = 0; k < weights.length; k++) {
            if (weights[k] > 0) {
                last = k;
                left -= weights[k];
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
        RandomGenerator random = RandomStreams.of(seed, Purpose.NOISE, index);
        double[] epsilon = new double[d + mixture.factors()];
        Arrays.setAll(epsilon, j -> random.nextGaussian());
        double[] row = new double[d];
        for (int j = 0; j < d; j++) {
            row[j] = mixture.means().get(component, j) + deviation(component, j, epsilon);
        }
        return row;
    }

    private double deviation(int component, int column, double[] epsilon) {
        boolean square = mixture.type().isSquare();
        double sum = square ? 0 : Math.sqrt(noise.variance(component, column)) * epsilon[column];
        if (lower.isEmpty()) {
            return sum;
        }
        DMatrixRMaj factor = lower.get(lower.size() == 1 ? 0 : component);
        int from = square ? 0 : mixture.dimension();
        for (int i = 0; i < (square ? column + 1 : factor.numCols); i++) {
            sum = Math.fma(factor.data[column * factor.numCols + i], epsilon[from + i], sum);
        }
        return sum;
    }
}
