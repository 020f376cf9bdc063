package io.github.sparklatent.learn.stage;

import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.objective.StochasticObjective;
import java.util.List;

/**
 * The result of a staged training.
 *
 * @param objective objective of the last stage
 * @param parameters parameters of the trained model. Not to be modified.
 * @param last result of the last stage's loop
 * @param stages the records of all stages
 */
public record StagedResult(
        StochasticObjective objective, float[] parameters, AveragingResult last, List<StageRecord> stages) {
    public StagedResult {
        stages = List.copyOf(stages);
    }
}
