package io.github.sparklatent.vae.model;

/**
 * The models that are offered, each a composition of an encoder ({@link PosteriorFamily}), a {@link PriorFamily} and an
 * {@link AuxiliaryNetwork}. Decoder and likelihood are the architecture's choice. Other classes should ask a model for
 * its parts, not compare it with a constant of this enum.
 */
public enum Kind {
    /** An autoencoder: the encoder's output is the code. */
    AUTOENCODER("autoencoder", PosteriorFamily.DETERMINISTIC, PriorFamily.NONE, AuxiliaryNetwork.NONE),
    /** A variational autoencoder. */
    VARIATIONAL(
            "variational autoencoder", PosteriorFamily.GAUSSIAN, PriorFamily.STANDARD_NORMAL, AuxiliaryNetwork.NONE),
    /** A variational autoencoder whose decoder is trained on codes from Hamiltonian chains. */
    DEEP_LATENT_GAUSSIAN(
            "deep latent Gaussian model", PosteriorFamily.GAUSSIAN, PriorFamily.STANDARD_NORMAL, AuxiliaryNetwork.NONE),
    /** A variational autoencoder whose posterior and prior are mixtures. */
    MIXTURE(
            "mixture-of-Gaussians variational autoencoder",
            PosteriorFamily.GAUSSIAN_MIXTURE,
            PriorFamily.GAUSSIAN_MIXTURE,
            AuxiliaryNetwork.OPTIONAL_DISCRIMINATOR),
    /** Variational deep embedding (Jiang et al. 2017): the prior is a mixture of Gaussians. */
    EMBEDDING(
            "variational deep embedding",
            PosteriorFamily.GAUSSIAN,
            PriorFamily.GAUSSIAN_MIXTURE,
            AuxiliaryNetwork.NONE),
    /** A clustering variational autoencoder with a classifier of codes. */
    CLASSIFYING(
            "classifying variational autoencoder",
            PosteriorFamily.GAUSSIAN,
            PriorFamily.CLASSES,
            AuxiliaryNetwork.CLASSIFIER),
    /** A generative adversarial network: the decoder is the generator. */
    ADVERSARIAL(
            "generative adversarial network",
            PosteriorFamily.NONE,
            PriorFamily.STANDARD_NORMAL,
            AuxiliaryNetwork.DISCRIMINATOR),
    /** A variational autoencoder whose decoder is the generator of an adversarial game. */
    VARIATIONAL_ADVERSARIAL(
            "adversarial variational autoencoder",
            PosteriorFamily.GAUSSIAN,
            PriorFamily.STANDARD_NORMAL,
            AuxiliaryNetwork.DISCRIMINATOR);

    private final String words;
    private final PosteriorFamily posterior;
    private final PriorFamily prior;
    private final AuxiliaryNetwork auxiliary;

    Kind(String words, PosteriorFamily posterior, PriorFamily prior, AuxiliaryNetwork auxiliary) {
        this.words = words;
        this.posterior = posterior;
        this.prior = prior;
        this.auxiliary = auxiliary;
    }

    /** Returns the name of the model in a sentence. */
    public String words() {
        return words;
    }

    /** Returns the name of the model after its indefinite article. */
    public String withArticle() {
        return ("aeiou".indexOf(words.charAt(0)) < 0 ? "a " : "an ") + words;
    }

    public PosteriorFamily posterior() {
        return posterior;
    }

    public PriorFamily prior() {
        return prior;
    }

    public AuxiliaryNetwork auxiliary() {
        return auxiliary;
    }

    /** Returns whether rows have codes. */
    public boolean hasEncoder() {
        return posterior != PosteriorFamily.NONE;
    }

    /**
     * Returns whether the model measures rows by the likelihood, so that every scored row must be in the likelihood's
     * support. The rows of the training set must be in the support for all models, because a generator produces only
     * such rows.
     */
    public boolean hasDensity() {
        return hasEncoder();
    }

    /** Returns whether a code is a distribution, so that rows have a bound of log p(x). */
    public boolean hasPosterior() {
        return hasEncoder() && posterior != PosteriorFamily.DETERMINISTIC;
    }

    /** Returns whether training runs chains of codes, whose step size is a parameter. */
    boolean hasChains() {
        return this == DEEP_LATENT_GAUSSIAN;
    }

    /** Returns whether codes, and so rows, can be drawn from a prior. */
    public boolean hasPrior() {
        return prior != PriorFamily.NONE;
    }

    /** Returns whether rows belong to components of the prior. */
    public boolean hasComponents() {
        return prior.hasComponents();
    }

    /**
     * Returns whether the discriminator is part of every such model. Such a discriminator is trained on means of
     * p(x|z), not on draws.
     */
    public boolean needsDiscriminator() {
        return auxiliary == AuxiliaryNetwork.DISCRIMINATOR;
    }
}
