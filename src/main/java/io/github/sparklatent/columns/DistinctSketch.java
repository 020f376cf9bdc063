package io.github.sparklatent.columns;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Estimates the number of different values from their k smallest hashes (Bar-Yossef et al., Counting distinct elements
 * in a data stream, 2002). Up to k values the number is exact, beyond it has a relative error of about 1 / √k. The
 * result does not depend on the order of the values.
 */
public final class DistinctSketch implements Serializable {
    private final int most;
    private int size;

    /** The smallest hashes in ascending order. */
    private long[] smallest = {};

    /**
     * Creates the sketch of no value.
     *
     * @param most k
     */
    DistinctSketch(int most) {
        this.most = most;
    }

    /** Adds a value by its hash, and returns the hash. */
    long add(long hash) {
        if (size == most && hash >= smallest[most - 1]) {
            return hash;
        }
        int found = Arrays.binarySearch(smallest, 0, size, hash);
        if (found < 0) {
            int place = -found - 1;
            if (size == smallest.length) {
                smallest = Arrays.copyOf(smallest, Math.min(most, 2 * size + 4));
            }
            size = Math.min(most, size + 1);
            System.arraycopy(smallest, place, smallest, place + 1, size - 1 - place);
            smallest[place] = hash;
        }
        return hash;
    }

    void merge(DistinctSketch other) {
        for (int i = 0; i < other.size; i++) {
            add(other.smallest[i]);
        }
    }

    /** Returns the estimated number of different values. */
    public double estimate() {
        if (size < most) {
            return size;
        }
        double share = 0.5 + smallest[most - 1] * 0x1p-64; // of all hashes, which begin at -2^63
        return (most - 1) / share;
    }
}
