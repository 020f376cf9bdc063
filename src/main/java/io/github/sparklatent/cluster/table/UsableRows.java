package io.github.sparklatent.cluster.table;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** The rows of a partition that can be computed with. */
public final class UsableRows implements Iterator<RowRecord> {
    private final Iterator<RowRecord> rows;
    private RowRecord next;

    public UsableRows(Iterator<RowRecord> rows) {
        this.rows = rows;
        this.next = find();
    }

    private RowRecord find() {
        while (rows.hasNext()) {
            RowRecord row = rows.next();
            if (Census.isUsable(row)) {
                return row;
            }
        }
        return null;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    /** The row that comes next, which stays the next one; null after the last. */
    public RowRecord peek() {
        return next;
    }

    @Override
    public RowRecord next() {
        if (next == null) {
            throw new NoSuchElementException("the partition has no more rows");
        }
        RowRecord row = next;
        next = find();
        return row;
    }
}
