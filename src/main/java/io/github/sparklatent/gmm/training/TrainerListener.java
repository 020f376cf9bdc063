package io.github.sparklatent.gmm.training;

/** Observes the training of a Gaussian mixture, for progress and checkpoints. */
@FunctionalInterface
public interface TrainerListener extends SearchListener<TrainerState> {
    /** A listener that does nothing. */
    TrainerListener NONE = (description, round, maxRounds, state) -> {};
}
