package io.github.sparklatent.vae.model;

/** The prior p(z): the distribution of latent codes before a row is known. */
public enum PriorFamily {
    /** Codes have no distribution. */
    NONE,
    /** The standard normal distribution N(0, I), which has no parameters. */
    STANDARD_NORMAL,
    /** A mixture of Gaussians, see {@link MixturePrior}. */
    GAUSSIAN_MIXTURE,
    /** One Gaussian for each class, see {@link MixturePrior#uniform}. A classifier network computes q(y|z). */
    CLASSES;

    boolean hasComponents() {
        return this == GAUSSIAN_MIXTURE || this == CLASSES;
    }

    /** Returns the learnt prior; null if nothing is learnt. */
    MixturePrior prior(int components, int latent, PriorCovariance covariance, int conditions) {
        return switch (this) {
            case NONE, STANDARD_NORMAL -> null;
            case GAUSSIAN_MIXTURE, CLASSES ->
                new MixturePrior(components, latent, covariance, this == CLASSES, conditions);
        };
    }
}
