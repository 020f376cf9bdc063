package io.github.sparklatent.cluster.table;

import java.util.Locale;

/** How features are scaled before training. */
public enum Scale {
    /** Not at all. */
    NONE,
    /** To mean 0 and deviation 1 over the training rows. */
    STANDARD,
    /** To the range 0 to 1 over the training rows. */
    MINMAX,
    /** Each row to Euclidean length 1. */
    UNIT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
