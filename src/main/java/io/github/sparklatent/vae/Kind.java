package io.github.sparklatent.vae;

/** What the encoder's outputs are. */
public enum Kind {
    /** The code itself. */
    AUTOENCODER(1),
    /** Mean and logarithm of the variance of q(z|x). */
    VARIATIONAL(2);

    private final int heads;

    Kind(int heads) {
        this.heads = heads;
    }

    /** Columns of the encoder's outputs. */
    int encoderOutputs(int latent) {
        return heads * latent;
    }
}
