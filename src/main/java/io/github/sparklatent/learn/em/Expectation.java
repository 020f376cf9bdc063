package io.github.sparklatent.learn.em;

import io.github.sparklatent.linalg.Block;
import java.io.Serializable;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The E-step of one round: a vector of sums over all rows.
 *
 * <p>An expectation holds the model of its round and is sent to the workers. Partial results are added up, so another
 * division of the rows into blocks and partitions changes the result by rounding only. The exception is an expectation
 * that {@linkplain ExpectationMaximization.Traversal#IMPROVES improves} its model: each task improves a copy, and the
 * sums depend on the division into blocks and partitions.
 */
public interface Expectation extends Serializable {
    /**
     * Returns the number of entries of the vector of sums. An expectation whose accumulator takes much memory computes
     * it without one.
     */
    default int length() {
        return accumulator().statistics().length;
    }

    Accumulator accumulator();

    /** Adds up blocks; used by one thread. */
    interface Accumulator {
        /**
         * Returns the accumulator that adds each block to a vector.
         *
         * @param sums vector, which is also what {@link #statistics} returns. Modified.
         */
        static Accumulator of(double[] sums, Consumer<Block> add) {
            return of(() -> sums, add);
        }

        /** Returns the accumulator that adds each block to what the statistics follow from. */
        static Accumulator of(Supplier<double[]> statistics, Consumer<Block> add) {
            return new Accumulator() {
                @Override
                public void add(Block block) {
                    add.accept(block);
                }

                @Override
                public double[] statistics() {
                    return statistics.get();
                }
            };
        }

        void add(Block block);

        /** Returns the sums over the blocks added so far. */
        double[] statistics();
    }
}
