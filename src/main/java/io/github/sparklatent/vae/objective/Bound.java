package io.github.sparklatent.vae.objective;

import io.github.sparklatent.settings.Names;

/** The bound of log p(x) that training raises. */
public enum Bound {
    /** The evidence lower bound: the mean over samples of log p(x,z) − log q(z|x). */
    ELBO,
    /** The importance-weighted bound: the logarithm of the mean of p(x,z) / q(z|x). */
    IWAE;

    @Override
    public String toString() {
        return Names.of(this);
    }
}
