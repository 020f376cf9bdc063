package io.github.sparklatent.learn.stage;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.averaging.AveragingLoop;
import io.github.sparklatent.learn.averaging.AveragingLoop.AveragingListener;
import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.averaging.AveragingState;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.averaging.Shards;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains in stages. Each stage is an {@link AveragingLoop} that starts from the result of the stage before. A training
 * of one stage gives the same bits and the same descriptions as its loop alone.
 */
public record StagedTraining(String name, List<Stage> stages, Shards train, Shards holdout, StagedListener listener) {
    /**
     * Runs the stages. Their held-out losses choose their results, where they are comparable.
     *
     * @param name name of the model in progress reports
     * @param stages stages in their order, at least one
     * @param holdout held-out rows; null if there are none: then nothing is evaluated and patience has no effect
     * @param start initial state, or the state to resume from, in any stage
     * @throws DivergedException if the loop diverges; the listener has received the last finite state
     * @throws DataException if the start is the state of another training
     */
    public static StagedResult run(
            String name, List<Stage> stages, Shards train, Shards holdout, StagedState start, StagedListener listener) {
        requireFit(stages, start);
        return new StagedTraining(name, stages, train, holdout, listener).run(start);
    }

    /** Returns warnings about the stages' rounds over these rows as sentences; usually none. */
    public static List<String> warnings(List<Stage> stages, Shards train) {
        return stages.stream()
                .flatMap(stage -> stage.options(train).warnings(train.rows(), train.partitions()).stream())
                .distinct()
                .toList();
    }

    private static void requireFit(List<Stage> stages, StagedState start) {
        if (start.stage() >= stages.size()) {
            throw new DataException("the training to resume is in stage %d, expected one of %d"
                    .formatted(start.stage() + 1, stages.size()));
        }
        for (int i = 0; i < start.stage(); i++) {
            String found = start.finished().get(i).name();
            String expected = stages.get(i).name();
            if (!found.equals(expected)) {
                throw new DataException(
                        "stage %d of the training to resume is %s, expected %s".formatted(i + 1, found, expected));
            }
        }
    }

    private StagedResult run(StagedState start) {
        StagedState state = start;
        while (true) {
            Stage stage = stages.get(state.stage());
            Stage.Begun begun = stage.begin(state.before(), train, step -> listener.whileBeginning(stage, step))
                    .inStage(state.stage());
            AveragingResult result = run(stage, begun, state);
            float[] parameters = begun.objective().normalized(result.kept().parameters());
            StagedState next = state.next(record(stage, begun, result), parameters);
            if (next.stage() == stages.size()) {
                return new StagedResult(parameters, result, next.finished());
            }
            state = next;
        }
    }

    private StageRecord record(Stage stage, Stage.Begun begun, AveragingResult result) {
        List<String> warnings = new ArrayList<>(begun.warnings());
        if (result.kept().round() == 0) {
            warnings.add(
                    "no round%s has a smaller held-out loss than the parameters it started from, so these are the result; use a smaller learning rate or more rows"
                            .formatted(stages.size() == 1 ? "" : " of stage " + stage.name()));
        }
        return new StageRecord(stage.name(), warnings, begun.objective().measures(), result.history());
    }

    /** Returns the epochs of the stages before whose schedules the current stage continues. */
    private double epochsBefore(StagedState at) {
        double epochs = 0;
        for (int i = at.stage(); i > 0 && sharesSchedules(i); i--) {
            epochs += at.finished().get(i - 1).epochs();
        }
        return epochs;
    }

    private boolean sharesSchedules(int stage) {
        return stages.get(stage).sharesSchedules() && stages.get(stage - 1).sharesSchedules();
    }

    private AveragingResult run(Stage stage, Stage.Begun begun, StagedState at) {
        AveragingState from =
                at.state().rounds() == 0 ? AveragingState.start(begun.parameters(), epochsBefore(at)) : at.state();
        return AveragingLoop.run(
                stages.size() == 1 ? name : name + ", stage " + stage.name(),
                begun.objective(),
                train,
                holdout,
                from,
                begun.options(),
                new AveragingListener() {
                    @Override
                    public void afterRound(NetworkRound round, AveragingState state) {
                        listener.afterRound(stage, begun, at.with(state));
                    }

                    @Override
                    public boolean isOver() {
                        return listener.isOver(stage, epochs(at.stage() + 1) / epochs(stages.size()));
                    }
                });
    }

    private double epochs(int first) {
        return stages.stream()
                .limit(first)
                .mapToDouble(stage -> stage.options(train).maxEpochs())
                .sum();
    }

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
         * @param state state from which the training can resume; the last record of its {@link StagedState#state} is
         *     the record of this round
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
         * @param share the epochs of the stages up to this one as a share of all epochs: above 0, and 1 in the last
         *     stage. A stage that ends at its share of the time leaves the later ones theirs
         */
        default boolean isOver(Stage stage, double share) {
            return false;
        }
    }
}
