package io.github.sparklatent.ppca;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/** Draws rows x = W z + μ + σ ε. Each row is a function of the seed and of its index. */
public final class PpcaSampler {
    private final DMatrixRMaj loadings;
    private final double[] mean;
    private final double deviation;
    private final long seed;

    /**
     * Creates a sampler.
     *
     * @param model model from which rows are drawn
     * @param seed seed of the draws
     * @param noise whether ε is drawn; otherwise it is 0
     */
    public PpcaSampler(Ppca model, long seed, boolean noise) {
        this.loadings = model.loadings();
        this.mean = model.mean();
        this.deviation = noise ? Math.sqrt(model.noise()) : 0;
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
            row[j] += deviation * likelihood.nextGaussian();
        }
        return row;
    }
}
