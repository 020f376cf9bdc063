package io.github.sparklatent.learn.em;

import java.util.List;

/**
 * A model fitted by alternating an expectation over the data and an update on the driver.
 *
 * @param <M> the model's parameters, immutable
 */
public interface ExpectationMaximization<M> {
    /** What a person following the run reads, e.g. {@code GMM full K=10}. */
    String description();

    /** The expectation under a model. */
    Expectation expectation(M model);

    /** The objective of the model that the sums were computed with; greater is better. */
    double objective(double[] sums);

    /**
     * The next model: a pure function of the model, the sums and, where components have to be
     * re-initialised, of rows asked for from the data.
     *
     * @param sums of {@link #expectation} under the model. Not modified.
     * @param reinitialized how many components have been re-initialised before, in the whole run
     */
    Update<M> update(M model, double[] sums, RowBlocks data, int reinitialized);

    /**
     * An update.
     *
     * @param model the next model
     * @param reinitialized components re-initialised in this update: the objective may fall then
     * @param events sentences about what had to be repaired, for the person who reads the summary
     */
    record Update<M>(M model, int reinitialized, List<String> events) {}
}
