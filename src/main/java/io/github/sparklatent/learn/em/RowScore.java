package io.github.sparklatent.learn.em;

import io.github.sparklatent.linalg.Block;
import java.io.Serializable;

/** A number for each row, by which {@link RowBlocks#smallest} chooses a few rows out of all. */
public interface RowScore extends Serializable {
    /** The buffers of one task; a new object at each call. */
    Scorer scorer();

    /** Scores blocks; used by one thread. */
    interface Scorer {
        /**
         * @param block n rows. Not modified.
         * @param scores at least n entries; a row of score +∞ or NaN is never chosen. Modified.
         */
        void score(Block block, double[] scores);
    }
}
