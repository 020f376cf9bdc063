package io.github.sparklatent.vae.objective;

import io.github.sparklatent.settings.Names;

/** The stages of training a mixture-of-Gaussians VAE, by the parameters that they update. */
public enum MixtureStage {
    /** Updates the encoder and the prior, to raise the bound. */
    ENCODER,
    /** Updates the decoder and the likelihood, to improve the reconstruction. */
    DECODER,
    /** Updates the encoder, the prior, the decoder and the likelihood, to raise the bound. */
    JOINT;

    public String title() {
        return Names.of(this);
    }

    boolean movesEncoder() {
        return this != DECODER;
    }

    /** Returns whether the stage updates the decoder. */
    public boolean movesDecoder() {
        return this != ENCODER;
    }
}
