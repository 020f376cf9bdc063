package io.github.sparklatent.learn.em;

import io.github.sparklatent.linalg.Block;
import java.io.Serializable;

/**
 * What one round asks of the data: a vector of sums over all rows.
 *
 * <p>An expectation carries the model of its round and is sent to the workers whole. The zero is a
 * vector of zeros and merging is addition, so how rows are cut into blocks and partitions changes a
 * result by rounding only.
 */
public interface Expectation extends Serializable {
    /** Entries of the vector of sums. */
    int length();

    /** The buffers of one task; a new object at each call. */
    Accumulator accumulator();

    /** Adds blocks; used by one thread. */
    interface Accumulator {
        /** Adds the statistics of a block. */
        void add(Block block);

        /** The sums over the blocks added so far. */
        double[] statistics();
    }
}
