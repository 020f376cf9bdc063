package io.github.sparklatent.cluster.table;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Iterates over the usable rows of a partition and adds their fingerprints. A record that stands for several rows is
 * returned as often.
 */
public final class UsableRows implements Iterator<RowRecord> {
    private final Iterator<RowRecord> rows;
    private final boolean keep;
    private RowRecord next;
    private long left;
    private long fingerprint;

    /**
     * Creates the iterator over the usable rows among the given rows.
     *
     * @param keep whether NaN is a missing value
     */
    public UsableRows(Iterator<RowRecord> rows, boolean keep) {
        this.rows = rows;
        this.keep = keep;
        this.next = find();
    }

    private RowRecord find() {
        while (rows.hasNext()) {
            RowRecord row = rows.next();
            if (row.isUsable(keep)) {
                left = row.copies();
                return row;
            }
        }
        return null;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    /** Returns the next row without consuming it; null after the last row. */
    public RowRecord peek() {
        return next;
    }

    @Override
    public RowRecord next() {
        if (next == null) {
            throw new NoSuchElementException("the partition has no more rows");
        }
        RowRecord row = next;
        fingerprint += row.fingerprint();
        left--;
        if (left == 0) {
            next = find();
        }
        return row;
    }

    /** Returns the sum of the fingerprints of the rows returned so far. */
    public long fingerprint() {
        return fingerprint;
    }
}
