package io.github.sparklatent.ml;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.vae.TrainedNetwork;

/**
 * A trained network whose decoder has played against a discriminator, which is part of it.
 *
 * @param <M> the class that extends this
 */
public abstract class AdversarialModel<M extends AdversarialModel<M>> extends GenerativeModel<M>
        implements DiscriminatorParams<M> {
    private static final long serialVersionUID = 1L;

    AdversarialModel(String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
    }

    /** The game, as it stood when training ended. */
    abstract StochasticObjective game();

    /** Its rules; a trained discriminator has its normalisation in its weights. */
    final AdversarialOptions rules() {
        return ParamOptions.adversarial(this).withSpectralNormalization(false);
    }

    /** Those of the game among them. */
    @Override
    public NetworkMeasures measures(int importanceSamples) {
        return super.measures(importanceSamples).withGame(game());
    }
}
