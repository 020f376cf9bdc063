package io.github.sparklatent.learn.averaging;

/** Follows a training by averaging: progress, checkpoints. */
@FunctionalInterface
public interface AveragingListener {
    /** Takes no notice. */
    AveragingListener NONE = (round, state) -> {};

    /**
     * Called after each round; throwing ends the training.
     *
     * @param round what has just been recorded
     * @param state from which the training can go on
     */
    void afterRound(NetworkRound round, AveragingState state);
}
