package io.github.sparklatent.vae.model;

/** The prior p(z): the distribution of latent codes before a row is known. */
public enum PriorFamily {
    /** Codes have no distribution. */
    NONE,
    /** The standard normal distribution N(0, I), which has no parameters. */
    STANDARD_NORMAL,
    /** A mixture of Gaussians, see {@link MixturePrior}. */
    GAUSSIAN_MIXTURE,
    /** One Gaussian for each class, see {@link ClassPrior}. A classifier network computes q(y|z). */
    CLASSES;

    boolean hasComponents() {
        return this == GAUSSIAN_MIXTURE || this == CLASSES;
    }

    /** Returns the learnt prior; null if nothing is learnt. */
    Prior prior(int components, int latent, PriorCovariance covariance, int conditions) {
        return switch (this) {
            case NONE, STANDARD_NORMAL -> null;
            case GAUSSIAN_MIXTURE -> new MixturePrior(components, latent, covariance, conditions);
            case CLASSES -> new ClassPrior(components, latent);
        };
    }
}
