package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.learn.stage.StagedResult;
import io.github.sparklatent.learn.stage.StagedState;
import io.github.sparklatent.learn.stage.StagedTraining;
import io.github.sparklatent.learn.stage.StagedTraining.StagedListener;
import java.util.ArrayList;
import java.util.List;

/** Trainings as the tests need them. */
public final class Averaging {
    private Averaging() {}

    /**
     * Trains without a listener.
     *
     * @param holdout held-out rows, or null
     * @param start initial parameters
     */
    public static AveragingResult run(
            StochasticObjective objective, Shards train, Shards holdout, float[] start, AveragingOptions options) {
        return run(objective, train, holdout, start, options, new ArrayList<>());
    }

    /** Trains in stages, without a listener. */
    public static StagedResult run(List<Stage> stages, Shards train, Shards holdout, float[] start) {
        return StagedTraining.run("test", stages, train, holdout, StagedState.start(start), StagedListener.NONE);
    }

    /** Trains and adds the state after each round to a list. */
    static AveragingResult run(
            StochasticObjective objective,
            Shards train,
            Shards holdout,
            float[] start,
            AveragingOptions options,
            List<AveragingState> states) {
        AveragingState first = AveragingState.start(start);
        return AveragingLoop.run(
                "test", objective, train, holdout, first, options, (round, state) -> states.add(state));
    }
}
