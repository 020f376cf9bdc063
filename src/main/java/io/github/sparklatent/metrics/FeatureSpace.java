package io.github.sparklatent.metrics;

import java.io.Serializable;
import org.ejml.data.FMatrixRMaj;

/** What rows are turned to before they are compared. Sent to the workers. */
public interface FeatureSpace extends Serializable {
    /** m, features of a row. */
    int features();

    /**
     * The buffers of one task.
     *
     * @param maxRows rows of a batch at most
     */
    Worker worker(int maxRows);

    /** Computes with the buffers of one task. Used by one thread. */
    @FunctionalInterface
    interface Worker {
        /**
         * The features of a batch.
         *
         * @param rows n × d. Not modified.
         * @return n × m, a buffer that stands until the next call
         */
        FMatrixRMaj of(FMatrixRMaj rows);
    }
}
