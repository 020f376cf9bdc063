package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.objective.StochasticObjective;
import java.util.List;

/** An objective whose group has another one beside it, who moves nothing and reports nothing. */
record Game(StochasticObjective objective) implements StochasticObjective {
    @Override
    public int parameterCount() {
        return objective.parameterCount();
    }

    @Override
    public List<String> measures() {
        return objective.measures();
    }

    @Override
    public List<ParameterGroup> parameterGroups() {
        return List.of(objective.parameterGroups().get(0), new ParameterGroup("onlooker", List.of()));
    }

    @Override
    public Worker worker(int maxRows) {
        Worker worker = objective.worker(maxRows);
        return new ToyWorker(
                (parameters, rows, weights, position, gradient, sums) -> {
                    if (position.group() == 0) {
                        worker.gradient(parameters, rows, weights, position, gradient, sums);
                    }
                },
                (parameters, rows, weights, sums) -> {
                    worker.evaluate(parameters, rows, weights, sums);
                });
    }
}
