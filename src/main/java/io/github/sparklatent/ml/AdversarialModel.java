package io.github.sparklatent.ml;

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

    /**
     * The game as a trained network is judged by it: labels are not smoothed, and the discriminator
     * has its normalisation, if it has one, in its weights.
     */
    abstract StochasticObjective game();

    /** Those of the game among them. */
    @Override
    public NetworkMeasures measures(int importanceSamples) {
        return super.measures(importanceSamples).withGame(game());
    }
}
