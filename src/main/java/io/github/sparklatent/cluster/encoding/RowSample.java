package io.github.sparklatent.cluster.encoding;

import io.github.sparklatent.columns.ValueHash;
import java.io.Serializable;
import java.util.Collection;
import java.util.TreeMap;

/**
 * The rows with the smallest hashes of their content. Which rows these are does not depend on the order of the rows;
 * equal rows are in the sample once.
 */
final class RowSample implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Number of rows of the sample. */
    static final int ROWS = 2000;

    /** Largest number of values of the sample, so that wide tables have fewer rows. */
    private static final int VALUES = 1 << 20;

    private final int size;
    private final TreeMap<Long, long[]> rows = new TreeMap<>();

    RowSample(int columns) {
        size = Math.min(ROWS, Math.max(1, VALUES / Math.max(1, columns)));
    }

    /**
     * Adds a row if its hash is small enough.
     *
     * @param hashes a hash for each column; copied if it is kept
     */
    void add(long[] hashes) {
        long hash = 1;
        for (long column : hashes) {
            hash = ValueHash.next(hash, column);
        }
        if (rows.size() < size || hash < rows.lastKey()) {
            add(hash, hashes.clone());
        }
    }

    private void add(long hash, long[] values) {
        rows.putIfAbsent(hash, values);
        if (rows.size() > size) {
            rows.pollLastEntry();
        }
    }

    void merge(RowSample other) {
        other.rows.forEach(this::add);
    }

    /** Returns a hash for each column of each row, in the order of the hashes of the rows. */
    Collection<long[]> rows() {
        return rows.values();
    }
}
