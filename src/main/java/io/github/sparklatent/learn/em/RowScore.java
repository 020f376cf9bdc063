package io.github.sparklatent.learn.em;

import io.github.sparklatent.linalg.Block;
import java.io.Serializable;

/** A number for each row, by which {@link RowBlocks#smallest} selects rows. */
public interface RowScore extends Serializable {
    /** Returns the scorer of the rows of a partition, which come in an order that does not change. */
    Scorer scorer(int partition);

    /** Returns whether equal rows are selected as one. */
    default boolean isOfDistinctRows() {
        return true;
    }

    /** Scores blocks; used by one thread. */
    interface Scorer {
        /**
         * Computes the scores of a block.
         *
         * @param block n rows. Not modified.
         * @param scores score of each row, at least n entries; a row of score +∞ or NaN is never selected. Modified.
         */
        void score(Block block, double[] scores);
    }
}
