package io.github.sparklatent.vae.latent;

/**
 * The distributions that codes of a batch are drawn from: a Gaussian N(μ, L Lᵀ) for each row of the batch, or several
 * of them for each row. L is lower triangular.
 */
public interface Proposal {
    /** The entries below the diagonal of a diagonal matrix. */
    float[] NONE = {};

    /** Returns the number of latent dimensions l. */
    int latent();

    /** Returns n, the number of distributions. */
    int rows();

    /** Returns μ, n × l in row order; the array may be longer. */
    float[] mean();

    /** Returns σ, laid out as {@link #mean}. */
    float[] deviation();

    /**
     * Returns the entries of L below its diagonal σ, where L Lᵀ is the covariance: n × l(l − 1)/2, row by row of L. The
     * array is empty if the covariance is diagonal.
     */
    default float[] belowDiagonal() {
        return NONE;
    }
}
