package io.github.sparklatent.vae.model;

/** The third network of a model, beside encoder and decoder. */
public enum AuxiliaryNetwork {
    /** No third network. */
    NONE,
    /** A discriminator, from a row to one logit. */
    DISCRIMINATOR,
    /** A discriminator if the architecture gives it hidden layers, else none. */
    OPTIONAL_DISCRIMINATOR,
    /** A classifier, from a code to K logits. */
    CLASSIFIER;

    /** Returns the name that the network's parameters start with. */
    String title() {
        return this == CLASSIFIER ? "classifier" : "discriminator";
    }
}
