package io.github.sparklatent.vae.latent;

/**
 * The distributions that codes of a batch are drawn from: a Gaussian N(μ, diag σ²) for each row of
 * the batch, or several of them for each row.
 */
public interface Proposal {
    /** Returns the number of latent dimensions l. */
    int latent();

    /** Returns n, the number of distributions. */
    int rows();

    /** Returns μ, n × l in row order; the array may be longer. */
    float[] mean();

    /** Returns σ, laid out as {@link #mean}. */
    float[] deviation();
}
