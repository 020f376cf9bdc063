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
     * @param state state from which the training can resume; the last record of its {@link StagedState#state} is the
     *     record of this round
     */
    void afterRound(Stage stage, Stage.Begun begun, StagedState state);

    /**
     * Called repeatedly during the preparation of a stage, from which a training cannot resume. An exception thrown
     * here ends the training.
     *
     * @param stage stage that is being prepared
     * @param step description of the work in progress
     */
    default void whileBeginning(Stage stage, String step) {}

    /**
     * Returns whether a stage ends although its options do not say so, for example because its time is over. Asked
     * after each round. The next stage begins then, because it makes parameters that the trained model needs.
     *
     * @param stage the current stage
     * @param share the epochs of the stages up to this one as a share of all epochs: above 0, and 1 in the last stage.
     *     A stage that ends at its share of the time leaves the later ones theirs
     */
    default boolean isOver(Stage stage, double share) {
        return false;
    }
}
