package io.github.sparklatent.cluster.table;

import io.github.sparklatent.settings.Names;

/** The placement of rows in partitions before training. */
public enum Placement {
    /**
     * Placement by a hash of the row's key, or of its content if there is no key: the same on every cluster. Needs one
     * shuffle.
     */
    HASH,
    /** Rows stay in the partitions of the table. */
    ASIS;

    @Override
    public String toString() {
        return Names.of(this);
    }
}
