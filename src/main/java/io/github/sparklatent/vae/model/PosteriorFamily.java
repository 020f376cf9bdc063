package io.github.sparklatent.vae.model;

/** Families of the posterior q(z|x), whose parameters the encoder computes for each row. */
public enum PosteriorFamily {
    /** No posterior, because the model has no encoder. */
    NONE,
    /** A deterministic code: the encoder's outputs are the code, l columns. */
    DETERMINISTIC,
    /**
     * A Gaussian N(μ, L Lᵀ): the encoder's outputs are μ and log σ², where σ is the diagonal of L. If the covariance is
     * full, the entries of L below its diagonal follow, row by row.
     */
    GAUSSIAN,
    /**
     * A mixture Σ_k α_k N(μ_k, diag σ²): the encoder's outputs are K logits of α, K means of l columns, and one shared
     * log σ².
     */
    GAUSSIAN_MIXTURE;

    /** Returns the number of columns of the encoder's outputs. */
    int columns(int latent, int components, PosteriorCovariance covariance) {
        return switch (this) {
            case NONE -> 0;
            case DETERMINISTIC -> latent;
            case GAUSSIAN -> 2 * latent + covariance.belowDiagonal(latent);
            case GAUSSIAN_MIXTURE -> components + (components + 1) * latent;
        };
    }
}
