package io.github.sparklatent.vae.model;

import io.github.sparklatent.settings.Names;

/** The form of the covariance of a Gaussian posterior q(z|x). */
public enum PosteriorCovariance {
    /** The latent variables are independent given the row. */
    DIAGONAL,
    /**
     * L Lᵀ, with a lower triangular matrix L that the encoder computes. Only for {@link Kind#VARIATIONAL}: components
     * of a prior compare codes by the variance of each latent variable.
     */
    FULL;

    /** Returns the number of entries of L below its diagonal. */
    int belowDiagonal(int latent) {
        return this == FULL ? latent * (latent - 1) / 2 : 0;
    }

    @Override
    public String toString() {
        return Names.of(this);
    }
}
