package io.github.sparklatent.mixture.initialization;

/** Observes the initialisation of a fit. */
@FunctionalInterface
public interface StartListener {
    /**
     * Called after each traversal of the data. An exception ends the training.
     *
     * @param description description of the traversal
     */
    void whileStarting(String description);

    /** Returns whether rounds of the initialisation end early, because its time is over. */
    default boolean isOver() {
        return false;
    }
}
