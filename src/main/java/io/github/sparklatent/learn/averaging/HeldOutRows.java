package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.objective.StochasticObjective;
import java.util.List;

/**
 * The held-out rows of a training, which choose its result.
 *
 * @param name name of the model in progress reports
 * @param rows held-out rows
 */
record HeldOutRows(String name, StochasticObjective objective, Shards rows) {
    /** Evaluates the initial parameters, so that they are the result of a training that only gets worse. */
    AveragingState candidate(AveragingState start) {
        if (!objective.isComparable()) {
            return start;
        }
        Evaluation evaluation = Evaluation.of(objective, List.of(start.parameters()));
        String description = name + ", before the first round, held-out rows";
        List<Double> means = evaluation.means(rows.run(description, evaluation)).get(0);
        return Double.isFinite(means.get(0))
                ? start.found(new AveragingState.Best(start.parameters(), means, means.get(0), 0, false))
                : start;
    }

    /** Evaluates the parameters after a round, and keeps them if they are the best so far. */
    AveragingState evaluated(String round, AveragingState state, Divergence divergence) {
        boolean averaged = state.average().length > 0;
        List<float[]> candidates =
                averaged ? List.of(state.parameters(), state.average()) : List.of(state.parameters());
        Evaluation evaluation = Evaluation.of(objective, candidates);
        Shards.Result result = rows.run(round + ", held-out rows", evaluation);
        List<List<Double>> means = evaluation.means(result);
        means.forEach(candidate -> divergence.requireFiniteLoss("held-out", candidate.get(0)));
        AveragingState recorded = state.evaluated(
                means.get(0),
                averaged ? means.get(1) : List.of(),
                result.broadcast() + result.compute() + result.reduce());
        if (!objective.isComparable()) {
            return recorded;
        }
        int best = averaged && means.get(1).get(0) < means.get(0).get(0) ? 1 : 0;
        return recorded.found(new AveragingState.Best(
                candidates.get(best), means.get(best), means.get(best).get(0), state.rounds(), best == 1));
    }
}
