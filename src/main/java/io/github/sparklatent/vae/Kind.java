package io.github.sparklatent.vae;

/**
 * What a network is trained for: which parts it has, in which order they lie in the one vector of
 * parameters, and what the encoder's outputs are.
 */
public enum Kind {
    /** Encoder and decoder; the encoder gives the code itself. */
    AUTOENCODER("autoencoder"),
    /** Mean and logarithm of the variance of q(z|x); the prior is N(0, I). */
    VARIATIONAL("variational autoencoder"),
    /** q(z|x) and p(z) are mixtures: logits and means of K components, one log variance. */
    MIXTURE("mixture-of-Gaussians variational autoencoder"),
    /** Variational deep embedding: q(z|x) is one Gaussian, p(z) a mixture of them. */
    EMBEDDING("variational deep embedding"),
    /** p(z|y) = N(m_y, I) with a network that gives q(y|z). */
    CLASSIFYING("classifying variational autoencoder"),
    /** A generator, which is the decoder, against a discriminator; there is no encoder. */
    ADVERSARIAL("generative adversarial network"),
    /** A variational autoencoder whose decoder also plays against a discriminator. */
    VARIATIONAL_ADVERSARIAL("adversarial variational autoencoder");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /** As a sentence names it. */
    public String words() {
        return words;
    }

    /** As a sentence names one of them. */
    String withArticle() {
        return ("aeiou".indexOf(words.charAt(0)) < 0 ? "a " : "an ") + words;
    }

    /** Whether rows have codes. */
    public boolean hasEncoder() {
        return this != ADVERSARIAL;
    }

    /**
     * Whether the likelihood measures rows, so that all of them have to be such as it can give.
     * Where it does not, rows trained on still have to: a generator makes no others. A
     * discriminator takes any.
     */
    public boolean hasDensity() {
        return this != ADVERSARIAL;
    }

    /** Whether a code is a distribution, so that rows have a bound of their density. */
    public boolean hasPosterior() {
        return this != AUTOENCODER && this != ADVERSARIAL;
    }

    /** Whether codes are drawn from a prior, so that rows can be. */
    public boolean hasPrior() {
        return this != AUTOENCODER;
    }

    /** Whether the prior has components, which rows belong to. */
    public boolean hasComponents() {
        return this == MIXTURE || this == EMBEDDING || this == CLASSIFYING;
    }

    /** Whether a discriminator has to be there; a mixture may have one. */
    boolean needsDiscriminator() {
        return this == ADVERSARIAL || this == VARIATIONAL_ADVERSARIAL;
    }

    /** What the network beside encoder and decoder is called, where there is one. */
    String auxiliary() {
        return this == CLASSIFYING ? "classifier" : "discriminator";
    }

    /** Columns of the encoder's outputs. */
    int encoderOutputs(int latent, int components) {
        return switch (this) {
            case AUTOENCODER -> latent;
            case MIXTURE -> components + (components + 1) * latent;
            case VARIATIONAL, EMBEDDING, CLASSIFYING, VARIATIONAL_ADVERSARIAL -> 2 * latent;
            case ADVERSARIAL -> 0;
        };
    }
}
