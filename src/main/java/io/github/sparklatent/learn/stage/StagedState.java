package io.github.sparklatent.learn.stage;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.averaging.AveragingState;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of a staged training between two rounds: everything needed to resume as if it had never stopped. The arrays
 * are not to be modified.
 *
 * @param stage index of the current stage, from 0
 * @param before the final parameters of the stage before; for the first stage, the initial parameters of the training
 * @param state state of the stage's rounds; not used before its first round
 * @param finished the records of the stages before
 */
public record StagedState(int stage, float[] before, AveragingState state, List<StageRecord> finished) {
    public StagedState {
        finished = List.copyOf(finished);
        Require.that(
                stage == finished.size(),
                "stage %d has the records of %d stages before it, expected as many",
                stage,
                finished.size());
    }

    /**
     * Returns the state before the first round.
     *
     * @param parameters initial parameters. Kept, not copied.
     */
    public static StagedState start(float[] parameters) {
        return new StagedState(0, parameters, AveragingState.start(parameters), List.of());
    }

    /** Number of rounds made in all stages. */
    public int rounds() {
        return state.rounds()
                + finished.stream().mapToInt(record -> record.rounds().size()).sum();
    }

    /** Returns a copy with a later state of the current stage. */
    StagedState with(AveragingState later) {
        return new StagedState(stage, before, later, finished);
    }

    /**
     * Returns the state before the first round of the next stage.
     *
     * @param record record of the stage that has ended
     * @param parameters final parameters of that stage
     */
    StagedState next(StageRecord record, float[] parameters) {
        List<StageRecord> longer = new ArrayList<>(finished);
        longer.add(record);
        return new StagedState(stage + 1, parameters, AveragingState.start(parameters), longer);
    }
}
