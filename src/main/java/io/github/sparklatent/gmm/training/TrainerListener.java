package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.model.MixtureParameters;

/** Observes the training of a Gaussian mixture, for progress and checkpoints. */
@FunctionalInterface
public interface TrainerListener extends SearchListener<MixtureParameters, MixtureState> {
    /** A listener that does nothing. */
    TrainerListener NONE = (description, round, maxRounds, state) -> {};
}
