package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.objective.StochasticObjective;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The held-out rows of a training, which choose its result.
 *
 * @param name name of the model in progress reports
 * @param rows held-out rows
 * @param measure measure that chooses the result; null: the held-out loss, if it is comparable
 */
record HeldOutRows(String name, StochasticObjective objective, Shards rows, HeldOutMeasure measure) {
    /** Evaluates the initial parameters, so that they are the result of a training that only gets worse. */
    AveragingState candidate(AveragingState start) {
        if (measure != null || !objective.isComparable()) {
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
        long began = System.nanoTime();
        List<AveragingState.Best> found = found(round, state.rounds(), candidates, means);
        double seconds = (System.nanoTime() - began) / 1e9;
        AveragingState recorded = state.evaluated(
                means.get(0),
                averaged ? means.get(1) : List.of(),
                result.broadcast() + result.compute() + result.reduce() + seconds);
        return found.stream()
                .min(Comparator.comparingDouble(AveragingState.Best::loss))
                .map(recorded::found)
                .orElse(recorded);
    }

    /**
     * Returns the candidates for the result with what chooses it; nothing if nothing chooses.
     *
     * @param candidates parameters and, if there is one, their moving average
     * @param means held-out measures of each candidate
     */
    private List<AveragingState.Best> found(
            String round, int number, List<float[]> candidates, List<List<Double>> means) {
        List<AveragingState.Best> found = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            double loss = Double.NaN;
            if (measure != null) {
                String description = round + ", measure of the held-out rows";
                loss = measure.of(candidates.get(i), rows, description);
            } else if (objective.isComparable()) {
                loss = means.get(i).get(0);
            }
            if (!Double.isNaN(loss)) {
                found.add(new AveragingState.Best(candidates.get(i), means.get(i), loss, number, i == 1));
            }
        }
        return found;
    }
}
