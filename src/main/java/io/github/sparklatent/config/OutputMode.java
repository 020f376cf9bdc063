package io.github.sparklatent.config;

import java.util.Locale;

/** Handling of rows that are already where score or sample writes. */
public enum OutputMode {
    /** The job ends with an error. */
    ERROR,
    /** The job adds its rows. */
    APPEND,
    /** The job replaces the rows; of a partitioned table, only those of the partitions it writes. */
    OVERWRITE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
