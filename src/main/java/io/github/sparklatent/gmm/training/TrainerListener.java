package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.initialization.StartListener;
import io.github.sparklatent.learn.em.Round;

/** Observes a training, for progress and checkpoints. */
@FunctionalInterface
public interface TrainerListener extends StartListener {
    /** A listener that does nothing. */
    TrainerListener NONE = (description, round, maxRounds, state) -> {};

    /**
     * Called after each update; an exception ends the training.
     *
     * @param description the current fit, e.g. {@code GMM full K=10}
     * @param round record of the round that has ended
     * @param maxRounds maximum of rounds of this fit
     * @param state state from which the training can continue
     */
    void afterRound(String description, Round round, int maxRounds, TrainerState state);

    /**
     * Called after each traversal of the data during the initialisation of a fit. A training cannot
     * continue from there; an exception ends the training.
     *
     * @param description description of the traversal
     */
    @Override
    default void whileStarting(String description) {}
}
