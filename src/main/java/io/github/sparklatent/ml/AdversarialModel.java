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

    /** The game as a trained network is judged by it. */
    abstract StochasticObjective game();

    /**
     * Its rules: labels as they were in training, since the discriminator's answers are to be held
     * against what they leave undecided; its normalisation, if it has one, is in its weights.
     */
    final AdversarialOptions rules() {
        return AdversarialOptions.DEFAULT.withLabelSmoothing(getLabelSmoothing());
    }

    /** Those of the game among them. */
    @Override
    public NetworkMeasures measures(int importanceSamples) {
        return super.measures(importanceSamples).withGame(game());
    }
}
