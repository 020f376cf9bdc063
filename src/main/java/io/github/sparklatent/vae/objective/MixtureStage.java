package io.github.sparklatent.vae.objective;

import java.util.Locale;

/** The parameters that a stage of training a mixture-of-Gaussians VAE moves. */
public enum MixtureStage {
    /** Encoder and prior move, to raise the bound. */
    ENCODER,
    /** Decoder and likelihood move, to improve the reconstruction. */
    DECODER,
    /** Encoder, prior, decoder and likelihood move, to raise the bound. */
    JOINT;

    /** Returns the name in a configuration. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether encoder and prior move. */
    boolean movesEncoder() {
        return this != DECODER;
    }

    /** Returns whether decoder and likelihood move. */
    boolean movesDecoder() {
        return this != ENCODER;
    }
}
