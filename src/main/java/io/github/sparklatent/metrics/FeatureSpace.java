package io.github.sparklatent.metrics;

import java.io.Serializable;
import org.ejml.data.FMatrixRMaj;

/** A mapping of rows to the features by which they are compared. Sent to the workers. */
public interface FeatureSpace extends Serializable {
    /** Returns the number of features of a row, m. */
    int features();

    Worker worker(int maxRows);

    /** Computes with the buffers of one task. Used by one thread. */
    @FunctionalInterface
    interface Worker {
        /**
         * Computes the features of a batch.
         *
         * @param rows n × d. Not modified.
         * @return n × m, a buffer that is valid until the next call
         */
        FMatrixRMaj of(FMatrixRMaj rows);
    }
}
