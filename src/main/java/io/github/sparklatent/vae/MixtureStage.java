package io.github.sparklatent.vae;

/** What a stage of training moves of a variational autoencoder with mixtures. */
public enum MixtureStage {
    /** Encoder and prior, the decoder as it is: the bound rises. */
    ENCODER,
    /** Decoder and likelihood, encoder and prior as they are: the reconstruction gets better. */
    DECODER,
    /** All of these: the bound rises. */
    JOINT;

    /** Encoder and prior move together. */
    boolean movesEncoder() {
        return this != DECODER;
    }

    boolean movesDecoder() {
        return this != ENCODER;
    }
}
