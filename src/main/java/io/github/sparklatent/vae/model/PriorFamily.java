package io.github.sparklatent.vae.model;

/** The distribution of latent codes before a row is seen, p(z). */
public enum PriorFamily {
    /** Codes have no distribution. */
    NONE,
    /** N(0, I); nothing is learnt. */
    STANDARD_NORMAL,
    /** See {@link MixturePrior}. */
    GAUSSIAN_MIXTURE,
    /** See {@link ClassPrior}; a classifier network computes q(y|z). */
    CLASSES;

    /** Returns whether rows belong to components of the prior. */
    boolean hasComponents() {
        return this == GAUSSIAN_MIXTURE || this == CLASSES;
    }

    /** Returns the learnt prior; null if nothing is learnt. */
    Prior prior(int components, int latent) {
        return switch (this) {
            case NONE, STANDARD_NORMAL -> null;
            case GAUSSIAN_MIXTURE -> new MixturePrior(components, latent);
            case CLASSES -> new ClassPrior(components, latent);
        };
    }
}
