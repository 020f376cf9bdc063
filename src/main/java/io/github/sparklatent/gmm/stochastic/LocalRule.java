package io.github.sparklatent.gmm.stochastic;

import java.io.Serializable;
import java.util.List;

/**
 * A rule that improves a mixture by the statistics of a batch of rows. The state of an improvement is a vector. The
 * driver averages the vectors of the tasks, by the weights of their rows.
 *
 * @param <M> the mixture
 */
interface LocalRule<M> extends Serializable {
    /** Returns the length of the vector. */
    int length();

    /**
     * Begins a traversal in one task.
     *
     * @param start mixture at the beginning of the traversal, the same in all tasks
     * @param memory empty in the first traversal, or what {@link #finished} has returned. Not modified.
     */
    Improvement<M> begin(M start, double[] memory);

    /**
     * Ends a traversal on the driver.
     *
     * @param start mixture at the beginning of the traversal
     * @param average mean of the vectors of all tasks. Not modified.
     * @return mixture and memory for the next traversal
     */
    Finished<M> finished(M start, double[] average);

    /**
     * The result of a traversal.
     *
     * @param mixture the improved mixture
     * @param memory for {@link #begin} of the next traversal
     * @param events sentences about repairs
     */
    record Finished<M>(M mixture, double[] memory, List<String> events) {}

    /** The improvement of a mixture in one task. Used by one thread. */
    interface Improvement<M> {
        M mixture();

        /**
         * Improves the mixture.
         *
         * @param statistics statistics of a batch, centred at {@link #mixture}, and scaled to the weight of all rows.
         *     Modified.
         * @param step size of the step, in (0, 1)
         */
        void add(double[] statistics, double step);

        /**
         * Adds the vector times the weight of the task's rows.
         *
         * @param sums receives the vector from an entry on. Modified.
         */
        void write(double ofTask, double[] sums, int from);
    }
}
