package io.github.sparklatent.gmm.training;

import io.github.sparklatent.learn.em.Round;

/** Follows a training: progress, checkpoints. */
@FunctionalInterface
public interface TrainerListener {
    /** Takes no notice. */
    TrainerListener NONE = (description, round, maxRounds, state) -> {};

    /**
     * Called after each update; throwing ends the training.
     *
     * @param description of the fit under way, e.g. {@code GMM full K=10}
     * @param round what has just been recorded
     * @param maxRounds of this fit
     * @param state from which the training can go on
     */
    void afterRound(String description, Round round, int maxRounds, TrainerState state);

    /**
     * Called after each pass over the data that comes before a fit's own rounds, from which no
     * training can go on; throwing ends the training.
     *
     * @param description of that pass
     */
    default void whileStarting(String description) {}
}
