package io.github.sparklatent.learn.stage;

/** Receives the progress of a staged training, for reports and checkpoints. */
@FunctionalInterface
public interface StagedListener {
    /** A listener that does nothing. */
    StagedListener NONE = (stage, begun, state) -> {};

    /**
     * Called after each round. An exception thrown here ends the training.
     *
     * @param stage the current stage
     * @param begun objective and options of the stage
     * @param state state from which the training can resume; the last record of its {@link
     *     StagedState#state} is the record of this round
     */
    void afterRound(Stage stage, Stage.Begun begun, StagedState state);

    /**
     * Called repeatedly during the preparation of a stage, from which a training cannot resume. An
     * exception thrown here ends the training.
     *
     * @param stage stage that is being prepared
     * @param step description of the work in progress
     */
    default void whileBeginning(Stage stage, String step) {}
}
