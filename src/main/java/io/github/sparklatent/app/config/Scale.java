package io.github.sparklatent.app.config;

import java.util.Locale;

/** What is done to features before training, learnt on the training rows. */
public enum Scale {
    NONE,
    /** Mean 0, standard deviation 1 by column. */
    STANDARD,
    /** From 0 to 1 by column. */
    MINMAX,
    /** Euclidean length 1 by row. */
    UNIT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
