package io.github.sparklatent.bench.race;

import java.io.Serializable;
import java.util.SplittableRandom;

/**
 * Removes values of rows at random. A row keeps at least one value.
 *
 * @param share of the values that are removed
 * @param patterns number of sets of removed columns; 0: each value is removed by itself
 */
record MissingCells(double share, int patterns, long seed) implements Serializable {
    /**
     * Returns the row with NaN in place of the removed values.
     *
     * @param row d numbers. Not modified.
     * @param key decides which values of the row are removed
     */
    double[] in(double[] row, long key) {
        SplittableRandom random = new SplittableRandom(seed ^ key);
        if (patterns > 0) {
            random = new SplittableRandom(seed + random.nextInt(patterns));
        }
        double[] incomplete = row.clone();
        int kept = random.nextInt(row.length);
        for (int j = 0; j < row.length; j++) {
            if (random.nextDouble() < share && j != kept) {
                incomplete[j] = Double.NaN;
            }
        }
        return incomplete;
    }
}
