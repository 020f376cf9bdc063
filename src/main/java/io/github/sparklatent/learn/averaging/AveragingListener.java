package io.github.sparklatent.learn.averaging;

/** Receives the progress of a training by averaging, for reports and checkpoints. */
@FunctionalInterface
public interface AveragingListener {
    /** A listener that does nothing. */
    AveragingListener NONE = (round, state) -> {};

    /**
     * Called after each round. An exception thrown here ends the training.
     *
     * @param round the record of this round
     * @param state state from which the training can resume
     */
    void afterRound(NetworkRound round, AveragingState state);

    /**
     * Returns whether the training ends although its options do not say so, for example because its time is over. The
     * loop asks after each round, so at least one round is made.
     */
    default boolean isOver() {
        return false;
    }
}
