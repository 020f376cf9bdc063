package io.github.sparklatent.learn.em;

import java.util.List;
import java.util.Optional;

/**
 * A model fitted by alternating an expectation over the data and an update on the driver.
 *
 * @param <M> the model's parameters, immutable
 */
public interface ExpectationMaximization<M> {
    /** Index of Σ w log p(x) among the sums of most problems, and of Σ w. */
    int LOG_LIKELIHOOD = 0;

    int WEIGHT = 1;

    /** Name of the model in progress reports, e.g. {@code GMM full K=10}. */
    String description();

    /** Returns the expectation under a model. */
    Expectation expectation(M model);

    /** Returns the objective of the model that the sums were computed with; greater is better. */
    default double objective(double[] sums) {
        return sums[LOG_LIKELIHOOD] / weight(sums);
    }

    /** Returns the total weight of the rows; the objective is a mean over it. */
    default double weight(double[] sums) {
        return sums[WEIGHT];
    }

    /**
     * Returns the objective of a model; greater is better. A model whose objective has a part that is no sum over the
     * rows, such as a prior, adds it here.
     *
     * @param sums of {@link #expectation} under the model. Not modified.
     */
    default double objective(M model, double[] sums) {
        return objective(sums);
    }

    /**
     * Returns the standard error of {@link #objective(Object, double[])} if it is an estimate; 0 if it is exact.
     *
     * @param sums of {@link #expectation} under the model. Not modified.
     */
    default double error(M model, double[] sums) {
        return 0;
    }

    /**
     * Computes the next model: a pure function of the model, the sums and, if components have to be re-initialised, of
     * rows selected from the data.
     *
     * @param sums sums of {@link #expectation} under the model. Not modified.
     * @param reinitialized number of components re-initialised before, in the whole run
     * @param last whether the round is the last permitted one. No round follows in which a re-initialised component
     *     could converge, so none is re-initialised, and the traversal of the returned model must not improve it.
     */
    Update<M> update(M model, double[] sums, RowBlocks data, int reinitialized, boolean last);

    /** Says what a traversal of the rows does with the model that it is given. */
    enum Traversal {
        /** The traversal leaves the model as it is. The objective of the sums is that of the model. */
        EVALUATES,
        /**
         * The traversal improves the model while it goes. The objective is a mean over the models on its way, and the
         * loop does not end with it.
         */
        IMPROVES,
        /**
         * The traversal estimates the objective of the model with random errors. The stopping rule would mistake them
         * for changes, so the loop does not end with it: the problem itself decides when a model follows that ends the
         * rounds.
         */
        ESTIMATES,
        /** The traversal evaluates the last model, and the loop ends with it. */
        ENDS
    }

    /** Returns what the traversal by {@link #expectation} does with a model. */
    default Traversal traversal(M model) {
        return Traversal.EVALUATES;
    }

    /** Returns in how many successive rounds without acceleration the stopping rule must hold. */
    default int confirmingRounds() {
        return 1;
    }

    /**
     * Returns coordinates in which the rounds are accelerated; empty if they are not.
     *
     * @param reference model that the coordinates refer to
     */
    default Optional<Coordinates<M>> coordinates(M reference) {
        return Optional.empty();
    }

    /**
     * The result of an update.
     *
     * @param model the next model
     * @param reinitialized number of components re-initialised in this update; if above 0, the objective may fall
     * @param warnings sentences about repairs, shown in the summary
     */
    record Update<M>(M model, int reinitialized, List<String> warnings) {}
}
