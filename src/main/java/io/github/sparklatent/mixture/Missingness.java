package io.github.sparklatent.mixture;

import io.github.sparklatent.settings.Names;

/** Ways to treat missing cells. */
public enum Missingness {
    /** Summed out: cells are missing at random (Rubin 1976). */
    IGNORE,
    /** Evidence: a cell is missing with a probability of its component, which is part of the likelihood. */
    INFORMATIVE;

    @Override
    public String toString() {
        return Names.of(this);
    }
}
