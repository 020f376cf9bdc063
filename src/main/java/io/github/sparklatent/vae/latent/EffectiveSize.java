package io.github.sparklatent.vae.latent;

/**
 * The effective sample size of a chain: the number of independent draws whose mean is as precise as the mean of the
 * chain's T states. The autocorrelation ρ_t is that of all dimensions together, each in units of its scale. The sum of
 * autocorrelations ends before the first pair that is not positive, the initial positive sequence (Geyer, Practical
 * Markov chain Monte Carlo, 1992, section 3.3):
 *
 * <pre>
 *   ρ_t = Σ_j c_j(t) / Σ_j c_j(0),   c_j(t) = 1/T Σ_s (z_s,j − z̄_j) (z_s+t,j − z̄_j)
 *   ESS = T / (2 Σ_m (ρ_2m + ρ_2m+1) − 1)
 * </pre>
 *
 * It is at most T log₁₀ T, and 1 for a chain that has not moved.
 */
public final class EffectiveSize {
    private final int length;
    private final int latent;
    private final double[] states;

    /**
     * Creates the buffer of the chains of a batch.
     *
     * @param rows number of chains
     * @param length T, number of states of each chain, at least 2
     * @param latent number of dimensions
     */
    public EffectiveSize(int rows, int length, int latent) {
        this.length = length;
        this.latent = latent;
        this.states = new double[rows * length * latent];
    }

    /**
     * Sets a state of a chain.
     *
     * @param time index of the state, from 0
     * @param values values of the state
     * @param from index of its first value
     * @param scale scales of the dimensions, at the same indices. Not modified.
     */
    public void set(int row, int time, float[] values, int from, float[] scale) {
        for (int j = 0; j < latent; j++) {
            double value = values[from + j];
            states[(row * length + time) * latent + j] = value / scale[from + j];
        }
    }

    /** Returns the effective sample size of a chain whose states are all set. */
    public double of(int row) {
        int from = row * length * latent;
        centre(from);
        double variance = covariance(from, 0);
        if (!(variance > 0)) {
            return 1;
        }
        double sum = 0;
        double pair = 1;
        for (int t = 0; t + 1 < length && pair > 0; t += 2) {
            pair = (covariance(from, t) + covariance(from, t + 1)) / variance;
            sum += Math.max(0, pair);
        }
        double most = length * StrictMath.log10(length);
        double size = length / (2 * sum - 1);
        return size > 0 && size < most ? size : most;
    }

    /** Subtracts the mean of each dimension. */
    private void centre(int from) {
        for (int j = 0; j < latent; j++) {
            double mean = 0;
            for (int t = 0; t < length; t++) {
                mean += states[from + t * latent + j] / length;
            }
            for (int t = 0; t < length; t++) {
                states[from + t * latent + j] -= mean;
            }
        }
    }

    /** Returns Σ_j c_j(t). */
    private double covariance(int from, int lag) {
        double sum = 0;
        for (int at = from; at < from + (length - lag) * latent; at++) {
            sum += states[at] * states[at + lag * latent];
        }
        return sum / length;
    }
}
