package io.github.sparklatent.mixture;

import java.util.Locale;

/** What a missing cell says about its row. */
public enum Missingness {
    /** Nothing: it is summed out. Cells are missing at random (Rubin 1976). */
    IGNORE,
    /** A cell is missing with a probability of its component, which is part of the likelihood. */
    INFORMATIVE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
