package io.github.sparklatent.app.config;

import java.util.Locale;

/** Where rows are placed before they are packed into blocks. */
public enum Placement {
    /**
     * By a hash of the key column or of the content, into a number of partitions that the data's
     * size gives.
     */
    HASH,
    /** As the reader delivers them. */
    ASIS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
