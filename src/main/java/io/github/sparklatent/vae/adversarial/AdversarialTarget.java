package io.github.sparklatent.vae.adversarial;

import io.github.sparklatent.settings.Names;

/** The rows that the discriminator of a mixture-of-Gaussians variational autoencoder judges. */
public enum AdversarialTarget {
    /** Reconstructions: decoded draws of q(z|x) of the batch's rows. */
    RECONSTRUCTIONS,
    /** Samples: decoded draws of the prior. */
    SAMPLES;

    /** The target if none is chosen; see the benchmark of adversarial training. */
    public static final AdversarialTarget DEFAULT = RECONSTRUCTIONS;

    @Override
    public String toString() {
        return Names.of(this);
    }
}
