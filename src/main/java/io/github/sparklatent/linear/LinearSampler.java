package io.github.sparklatent.linear;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/** Draws rows x = W z + μ + Ψ^½ ε. Each row is a function of the seed and of its index. */
public final class LinearSampler {
    private final DMatrixRMaj loadings;
    private final double[] mean;
    private final double[] deviations;
    private final long seed;

    /**
     * Creates a sampler.
     *
     * @param model model from which rows are drawn
     * @param seed seed of the draws
     * @param noise whether ε is drawn; otherwise it is 0
     */
    public LinearSampler(LinearGaussian model, long seed, boolean noise) {
        this.loadings = model.loadings();
        this.mean = model.mean();
        this.deviations = new double[mean.length];
        for (int j = 0; j < mean.length; j++) {
            deviations[j] = noise ? Math.sqrt(model.noise(j)) : 0;
        }
        this.seed = seed;
    }

    /** Returns the row with this index, d numbers. */
    public double[] row(long index) {
        RandomGenerator prior = RandomStreams.of(seed, Purpose.PRIOR, index);
        RandomGenerator likelihood = RandomStreams.of(seed, Purpose.NOISE, index);
        double[] row = mean.clone();
        for (int l = 0; l < loadings.numCols; l++) {
            double z = prior.nextGaussian();
            for (int j = 0; j < row.length; j++) {
                row[j] += loadings.unsafe_get(j, l) * z;
            }
        }
        for (int j = 0; j < row.length; j++) {
            row[j] += deviations[j] * likelihood.nextGaussian();
        }
        return row;
    }
}
