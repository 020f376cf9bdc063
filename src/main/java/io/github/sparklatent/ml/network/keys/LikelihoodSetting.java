package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.nn.likelihood.ColumnFamily;
import java.util.List;

/**
 * The distribution of a group of columns in the configuration.
 *
 * @param columns names or globs of the columns; empty: all columns
 * @param type type of the distribution: auto, bernoulli, gaussian, categorical, poisson or a {@link ColumnFamily}
 * @param spread source of the variance of a gaussian
 * @param variance variance of a gaussian whose variance is fixed
 */
public record LikelihoodSetting(List<String> columns, String type, Spread spread, double variance) {
    public static final String GAUSSIAN = "gaussian";

    /** The distribution of each column is chosen by the type of the column. */
    public static final String AUTO = "auto";

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
        return ColumnFamily.of(type)
                .map(ColumnFamily::isScalable)
                .orElse(!type.equals("poisson") && !type.equals("categorical"));
    }

    /** Returns the distribution of all columns; a gaussian has variance 1. */
    public static LikelihoodSetting of(String type) {
        return new LikelihoodSetting(List.of(), type, Spread.FIXED, 1);
    }

    /** Returns this distribution for a group of columns. */
    public LikelihoodSetting of(List<String> group) {
        return new LikelihoodSetting(group, type, spread, variance);
    }
}
