package io.github.sparklatent.columns;

import io.github.sparklatent.settings.Names;

/** Kinds of scaling of features before training. */
public enum Scale {
    /** No scaling. */
    NONE,
    /** Each column has mean 0 and standard deviation 1 over the training rows. */
    STANDARD,
    /** Each column has the range 0 to 1 over the training rows. */
    MINMAX,
    /** Each row has Euclidean length 1. */
    UNIT,
    /**
     * Each number is the normal score of its rank: the columns are encoded so, not scaled. Numbers that are not ranks,
     * such as the days of dates, have mean 0 and standard deviation 1.
     */
    QUANTILE,
    /**
     * Each number enters twice, as itself and as the normal score of its rank: the columns are encoded so. Then each of
     * these has mean 0 and standard deviation 1.
     */
    BOTH;

    /** Returns whether densities of scaled rows can be converted to the units of the table. */
    public boolean keepsDensities() {
        return this == NONE || this == STANDARD || this == MINMAX;
    }

    /** Returns whether a score column means something: value and rank of a number depend on each other. */
    public boolean offers(ScoreColumn column) {
        return this != BOTH || column != ScoreColumn.LOG_DENSITY && column != ScoreColumn.IMPUTED;
    }

    /** Returns the type of columns of numbers without a setting. */
    public ColumnType ofNumbers() {
        return this == BOTH ? ColumnType.BOTH : this == QUANTILE ? ColumnType.QUANTILE : ColumnType.NUMBER;
    }

    @Override
    public String toString() {
        return Names.of(this);
    }
}
