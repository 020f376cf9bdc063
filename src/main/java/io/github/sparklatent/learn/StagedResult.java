package io.github.sparklatent.learn;

import java.util.List;

/**
 * What a training in stages ended with.
 *
 * @param objective of the last stage
 * @param last what the last stage ended with
 * @param stages the records of all stages
 */
public record StagedResult(
        StochasticObjective objective, AveragingResult last, List<StageRecord> stages) {
    public StagedResult {
        stages = List.copyOf(stages);
    }

    /** The result. */
    public float[] parameters() {
        return last.parameters();
    }
}
