package io.github.sparklatent.learn;

import java.io.Serializable;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * A loss of rows that is followed downhill, batch by batch, through a flat vector of parameters.
 * Carries options, never parameters; is sent to the workers.
 */
public interface StochasticObjective extends Serializable {
    /** Entries of the vector of parameters. */
    int parameterCount();

    /** Names of what is reported of each row; the first is the loss itself, smaller is better. */
    List<String> measures();

    /**
     * The buffers of one task.
     *
     * @param maxRows rows of a batch at most
     */
    Worker worker(int maxRows);

    /**
     * Where in a training a batch stands.
     *
     * @param key of all that is random about this batch: {@link RandomStreams#of} with it as seed
     * @param passes over the data so far, a fraction, for what changes along the way
     */
    record Position(long key, double passes) {}

    /** Computes with the buffers of one task. Used by one thread. */
    interface Worker {
        /**
         * The gradient of Σ w_i loss_i / Σ w_i of one batch, some of it random.
         *
         * @param rows n × d. Not modified.
         * @param weights of the rows, the first n count
         * @param gradient of {@link #parameterCount} entries, overwritten
         * @param sums Σ w_i measure_ij is added to entry j
         */
        void gradient(
                float[] parameters,
                FMatrixRMaj rows,
                float[] weights,
                Position position,
                float[] gradient,
                double[] sums);

        /**
         * The measures of rows as a trained model is judged by: no corruption, no warm-up. What is
         * random follows from each row's content, so that neither the round nor the partition nor
         * the rows beside it change a figure.
         *
         * @param sums Σ w_i measure_ij is added to entry j
         */
        void evaluate(float[] parameters, FMatrixRMaj rows, float[] weights, double[] sums);
    }
}
