package io.github.sparklatent.learn.stage;

/** Follows a training in stages: progress, checkpoints. */
@FunctionalInterface
public interface StagedListener {
    /** Takes no notice. */
    StagedListener NONE = (stage, begun, state) -> {};

    /**
     * Called after each round; throwing ends the training.
     *
     * @param stage that runs
     * @param begun what it follows and by which options
     * @param state from which the training can go on; the last record of its {@link
     *     StagedState#state} is that of this round
     */
    void afterRound(Stage stage, Stage.Begun begun, StagedState state);

    /**
     * Called again and again during the work that comes before a stage's rounds, from which no
     * training can go on; throwing ends the training.
     *
     * @param stage that begins
     * @param step what is being done
     */
    default void whileBeginning(Stage stage, String step) {}
}
