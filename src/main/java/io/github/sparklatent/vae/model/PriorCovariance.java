package io.github.sparklatent.vae.model;

import io.github.sparklatent.settings.Names;

/** The covariances of the components of a {@link MixturePrior}. All of them are diagonal. */
public enum PriorCovariance {
    /** Each component has its own variance of each latent variable. */
    DIAGONAL,
    /** All components share the variance of each latent variable. */
    TIED,
    /** All variances are 1. */
    IDENTITY;

    /** Returns the number of trained diagonal covariances for K components. */
    int count(int components) {
        return switch (this) {
            case DIAGONAL -> components;
            case TIED -> 1;
            case IDENTITY -> 0;
        };
    }

    @Override
    public String toString() {
        return Names.of(this);
    }
}
