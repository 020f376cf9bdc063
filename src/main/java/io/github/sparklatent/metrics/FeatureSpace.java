package io.github.sparklatent.metrics;

import java.io.Serializable;
import java.util.function.UnaryOperator;
import org.ejml.data.FMatrixRMaj;

/** A mapping of rows to the features by which they are compared. Sent to the workers. */
public interface FeatureSpace extends Serializable {
    /** Returns the number of features of a row, m. */
    int features();

    /**
     * Returns a function from rows, n × d and not modified, to their features, n × m, in a buffer that is valid until
     * the next call. It has the buffers of one task and is used by one thread.
     */
    UnaryOperator<FMatrixRMaj> worker(int maxRows);
}
