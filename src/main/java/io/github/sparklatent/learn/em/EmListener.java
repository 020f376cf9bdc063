package io.github.sparklatent.learn.em;

import java.util.function.BooleanSupplier;

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

    /**
     * Returns whether the loop ends although its rule does not say so, for example because its time is over. The loop
     * asks after each expectation, and ends as soon as it has a model that one update has made and one expectation has
     * evaluated.
     */
    default boolean isOver() {
        return false;
    }

    /** Returns a listener that only ends the loop, as soon as a condition is true. */
    static <M> EmListener<M> endingWhen(BooleanSupplier over) {
        return new EmListener<>() {
            @Override
            public void afterRound(Round round, EmState<M> state) {}

            @Override
            public boolean isOver() {
                return over.getAsBoolean();
            }
        };
    }
}
