package io.github.sparklatent.learn.em;

/** Follows an EM loop: progress, checkpoints. */
@FunctionalInterface
public interface EmListener<M> {
    /**
     * Called after each update; throwing ends the loop.
     *
     * @param round what has just been recorded
     * @param state from which the loop can go on
     */
    void afterRound(Round round, EmState<M> state);
}
