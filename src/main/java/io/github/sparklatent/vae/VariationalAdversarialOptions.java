package io.github.sparklatent.vae;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.Require;
import java.io.Serializable;

/**
 * What a person chooses of an adversarial variational autoencoder's losses.
 *
 * @param gamma weight of the reconstruction in the decoder's loss, beside the adversarial terms
 *     (Larsen et al. 2016, section 2.4); the reconstruction is a sum over the units of a layer, so
 *     it is mostly far below 1
 * @param adversarial of the game
 */
public record VariationalAdversarialOptions(double gamma, AdversarialOptions adversarial)
        implements Serializable {
    /** The only place where defaults are written. */
    public static final VariationalAdversarialOptions DEFAULT =
            new VariationalAdversarialOptions(0.1, AdversarialOptions.DEFAULT);

    public VariationalAdversarialOptions {
        Require.that(
                gamma >= 0 && Double.isFinite(gamma),
                "gamma is %s, expected a finite number not below 0",
                gamma);
    }

    public VariationalAdversarialOptions withGamma(double value) {
        return new VariationalAdversarialOptions(value, adversarial);
    }

    public VariationalAdversarialOptions withAdversarial(AdversarialOptions value) {
        return new VariationalAdversarialOptions(gamma, value);
    }
}
