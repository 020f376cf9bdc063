package io.github.sparklatent.learn.em;

/** Receives the progress of an EM loop, for reports and checkpoints. */
@FunctionalInterface
public interface EmListener<M> {
    /**
     * Called after each update. An exception thrown here ends the loop.
     *
     * @param round the record of this round
     * @param state state from which the loop can resume
     */
    void afterRound(Round round, EmState<M> state);
}
