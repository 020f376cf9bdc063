package io.github.sparklatent.vae.latent;

/** Takes the importance weights p(x_i, z) / q(z | x_i) of the codes of a batch, one by one. */
@FunctionalInterface
public interface ImportanceWeights {
    /**
     * Takes a weight.
     *
     * @param row i, index of the row in the batch
     * @param code index of the code among those that were decoded last
     * @param logWeight logarithm of the weight
     */
    void add(int row, int code, double logWeight);
}
