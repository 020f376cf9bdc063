package io.github.sparklatent.cluster.table;

/** What happens to rows with a feature that is null, NaN, infinite or too large to be squared. */
public enum Invalid {
    /** They are an error. */
    ERROR,
    /** They are left out and counted. */
    SKIP
}
