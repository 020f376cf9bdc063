package io.github.sparklatent.cluster.table;

import java.util.Locale;

/** Where rows go before training. */
public enum Placement {
    /**
     * By a hash of the row's key, or of its content where there is none: the same on every cluster.
     * One shuffle.
     */
    HASH,
    /** Where they are. */
    ASIS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
