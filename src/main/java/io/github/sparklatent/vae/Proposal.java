package io.github.sparklatent.vae;

/**
 * What codes are drawn from: a normal distribution N(μ, diag σ²) for each of its rows, which are
 * those of a batch or several of each of them.
 */
interface Proposal {
    /** l. */
    int latent();

    /** n, distributions. */
    int rows();

    /** μ, n × l in row order; the array may be longer. */
    float[] mean();

    /** σ, as {@link #mean}. */
    float[] deviation();
}
