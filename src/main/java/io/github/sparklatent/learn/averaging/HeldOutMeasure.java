package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.objective.StochasticObjective;

/**
 * A measure of parameters by held-out rows. It chooses a round where the held-out loss does not
 * ({@link StochasticObjective#isComparable}).
 */
@FunctionalInterface
public interface HeldOutMeasure {
    /**
     * Returns the measure, smaller for better parameters; NaN if these cannot be measured.
     *
     * @param parameters all parameters. Kept, not modified.
     * @param rows held-out rows
     * @param description description of the work in progress
     */
    double of(float[] parameters, Shards rows, String description);
}
