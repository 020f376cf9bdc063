package io.github.sparklatent.cluster.table;

/** Handling of rows with a feature that is null, NaN, infinite or too large to be squared. */
public enum Invalid {
    /** Reading fails with an error. */
    ERROR,
    /** Invalid rows are left out and counted. */
    SKIP
}
