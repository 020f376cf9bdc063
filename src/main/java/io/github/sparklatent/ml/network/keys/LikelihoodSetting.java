package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.nn.likelihood.LikelihoodType;
import java.util.List;

/**
 * The distribution of a group of columns in the configuration.
 *
 * @param columns names or globs of the columns; empty: all columns
 * @param type type of the distribution; null for {@link #AUTO}
 * @param spread source of the variance of a gaussian
 * @param variance variance of a gaussian whose variance is fixed
 */
public record LikelihoodSetting(List<String> columns, LikelihoodType type, Spread spread, double variance) {
    /** The type of each column chooses its distribution. */
    public static final LikelihoodSetting AUTO = new LikelihoodSetting(List.of(), null, Spread.FIXED, 1);

    /** The source of the variance of a gaussian. */
    public enum Spread {
        /** A given number. */
        FIXED,
        /** One trained number for all columns. */
        LEARNT,
        /** An output of the network for each column and row. */
        OUTPUT
    }

    public LikelihoodSetting {
        columns = List.copyOf(columns);
    }

    /** Returns whether values of columns may be shifted and scaled. */
    public boolean isScalable() {
        return type == null || type.isScalable();
    }

    /** Returns the distribution of all columns; a gaussian has variance 1. */
    public static LikelihoodSetting of(LikelihoodType type) {
        return new LikelihoodSetting(List.of(), type, Spread.FIXED, 1);
    }

    /** Returns this distribution for a group of columns. */
    public LikelihoodSetting of(List<String> group) {
        return new LikelihoodSetting(group, type, spread, variance);
    }
}
