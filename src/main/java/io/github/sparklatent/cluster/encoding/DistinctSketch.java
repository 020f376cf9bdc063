package io.github.sparklatent.cluster.encoding;

import java.io.Serializable;
import java.util.TreeSet;

/**
 * Estimates the number of different values from their k smallest hashes (Bar-Yossef et al., Counting distinct elements
 * in a data stream, 2002). Up to k values the number is exact, beyond it has a relative error of about 1 / √k. The
 * result does not depend on the order of the values.
 */
final class DistinctSketch implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int SIZE = 1024;

    private final TreeSet<Long> smallest = new TreeSet<>();
    private long largest = Long.MAX_VALUE;

    void add(long hash) {
        if (smallest.size() == SIZE && hash >= largest) {
            return;
        }
        smallest.add(hash);
        if (smallest.size() > SIZE) {
            smallest.pollLast();
        }
        if (smallest.size() == SIZE) {
            largest = smallest.last();
        }
    }

    void merge(DistinctSketch other) {
        other.smallest.forEach(this::add);
    }

    /** Returns the estimated number of different values. */
    double estimate() {
        if (smallest.size() < SIZE) {
            return smallest.size();
        }
        double share = 0.5 + largest * 0x1p-64; // of all hashes, which begin at -2^63
        return (SIZE - 1) / share;
    }
}
