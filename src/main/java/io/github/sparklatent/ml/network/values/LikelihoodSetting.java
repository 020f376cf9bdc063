package io.github.sparklatent.ml.network.values;

import java.util.List;

/**
 * The distribution of a group of columns as the configuration has it.
 *
 * @param columns names or globs; empty: all columns
 * @param type bernoulli, gaussian, categorical or poisson
 * @param spread of a gaussian: what its variance is
 * @param variance of a gaussian whose variance is fixed
 */
public record LikelihoodSetting(List<String> columns, String type, Spread spread, double variance) {
    public static final String GAUSSIAN = "gaussian";

    /** What the variance of a gaussian is. */
    public enum Spread {
        /** A number that is given. */
        FIXED,
        /** One number for all columns, learnt. */
        LEARNT,
        /** A number for each column that the network gives for each row. */
        OUTPUT
    }

    public LikelihoodSetting {
        columns = List.copyOf(columns);
    }

    /** Of all columns; a gaussian has variance 1. */
    public static LikelihoodSetting of(String type) {
        return new LikelihoodSetting(List.of(), type, Spread.FIXED, 1);
    }

    public LikelihoodSetting of(List<String> group) {
        return new LikelihoodSetting(group, type, spread, variance);
    }
}
