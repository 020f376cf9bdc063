package io.github.sparklatent.vae;

import java.util.Locale;

/** What a stage of training moves of a variational autoencoder with mixtures. */
public enum MixtureStage {
    /** Encoder and prior, the decoder as it is: the bound rises. */
    ENCODER,
    /** Decoder and likelihood, encoder and prior as they are: the reconstruction gets better. */
    DECODER,
    /** All of these: the bound rises. */
    JOINT;

    /** The name as a person writes it. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Encoder and prior move together. */
    boolean movesEncoder() {
        return this != DECODER;
    }

    boolean movesDecoder() {
        return this != ENCODER;
    }
}
