package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.objective.StochasticObjective;
import java.util.List;

/** An objective whose loss says nothing of which parameters are better. */
record Incomparable(StochasticObjective objective) implements StochasticObjective {
    @Override
    public int parameterCount() {
        return objective.parameterCount();
    }

    @Override
    public List<String> measures() {
        return objective.measures();
    }

    @Override
    public boolean isComparable() {
        return false;
    }

    @Override
    public Worker worker(int maxRows) {
        return objective.worker(maxRows);
    }
}
