package io.github.sparklatent.vae.model;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The distribution that latent codes of new rows are drawn from: N(0, I), or a mixture Σ_k π_k N(m_k, diag s_k²) with
 * the parameters of a trained prior.
 *
 * @param components K, the number of components; 0 if the distribution is N(0, I)
 * @param weights π, max(1, K) numbers. Kept, not copied.
 * @param means m, max(1, K) × l. Kept, not copied.
 * @param deviations s, max(1, K) × l. Kept, not copied.
 */
public record LatentDistribution(int components, double[] weights, double[] means, double[] deviations) {
    /** Returns N(0, I) in l dimensions. */
    static LatentDistribution standardNormal(int latent) {
        double[] ones = new double[latent];
        Arrays.fill(ones, 1);
        return new LatentDistribution(0, new double[] {1}, new double[latent], ones);
    }

    /** Returns m_kj, the mean of a component in one latent dimension. */
    public double mean(int component, int dimension) {
        return means[component * latent() + dimension];
    }

    /** Returns s_kj, the standard deviation of a component in one latent dimension. */
    public double deviation(int component, int dimension) {
        return deviations[component * latent() + dimension];
    }

    private int latent() {
        return means.length / weights.length;
    }

    /**
     * Draws a code as a function of the seed and the index only.
     *
     * @param component the code is drawn from; if negative, the component is drawn by its weight
     * @param codes l numbers from the offset {@code from} on. Modified.
     */
    public void draw(long seed, long index, int component, float[] codes, int from) {
        RandomGenerator random = RandomStreams.of(seed, Purpose.PRIOR, index);
        int k = component;
        if (k < 0) {
            k = component(RandomStreams.of(seed, Purpose.COMPONENT, index).nextDouble());
        }
        for (int j = 0; j < latent(); j++) {
            codes[from + j] = (float) (mean(k, j) + deviation(k, j) * random.nextGaussian());
        }
    }

    /** Returns the component whose range of cumulative weights contains a uniform number of [0, 1). */
    public int component(double uniform) {
        double sum = 0;
        int last = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += weights[k];
            if (uniform < sum) {
                return k;
            }
            last = weights[k] > 0 ? k : last;
        }
        return last; // the weights add up to 1 except for rounding
    }
}
