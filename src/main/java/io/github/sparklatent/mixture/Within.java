package io.github.sparklatent.mixture;

import io.github.sparklatent.settings.Names;

/** Distributions of the columns within a component. */
public enum Within {
    /** Columns are independent, but for the numbers with a joint Gaussian distribution. */
    INDEPENDENT,
    /** Each column has a tree on those before; see {@link ColumnChains}. */
    TREES;

    @Override
    public String toString() {
        return Names.of(this);
    }
}
