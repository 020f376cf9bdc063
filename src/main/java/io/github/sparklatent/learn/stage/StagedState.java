package io.github.sparklatent.learn.stage;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.averaging.AveragingState;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a training in stages stands between two rounds: all that is needed to go on as if it had
 * never stopped. The arrays are not to be modified.
 *
 * @param stage that runs, from 0
 * @param before the parameters that the stage before ended with, of the first stage those that the
 *     training starts from
 * @param state of the stage's rounds; before its first round nothing of it is looked at
 * @param finished the records of the stages before
 */
public record StagedState(
        int stage, float[] before, AveragingState state, List<StageRecord> finished) {
    public StagedState {
        finished = List.copyOf(finished);
        Require.that(
                stage == finished.size(),
                "stage %d has the records of %d stages before it, expected as many",
                stage,
                finished.size());
    }

    /**
     * The state before the first round.
     *
     * @param parameters to start from. Kept, not copied.
     */
    public static StagedState start(float[] parameters) {
        return new StagedState(0, parameters, AveragingState.start(parameters), List.of());
    }

    /** Rounds made, over all stages. */
    public int rounds() {
        return state.rounds() + finished.stream().mapToInt(record -> record.rounds().size()).sum();
    }

    /** The same after rounds of the stage. */
    StagedState with(AveragingState later) {
        return new StagedState(stage, before, later, finished);
    }

    /**
     * The state before the next stage's first round.
     *
     * @param record of the stage that has ended
     * @param parameters that it ended with
     */
    StagedState next(StageRecord record, float[] parameters) {
        List<StageRecord> longer = new ArrayList<>(finished);
        longer.add(record);
        return new StagedState(stage + 1, parameters, AveragingState.start(parameters), longer);
    }
}
