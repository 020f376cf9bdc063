package io.github.sparklatent.columns;

import io.github.sparklatent.settings.Names;

/** Types of columns, as {@code data.columns} names them. */
public enum ColumnType {
    /** A number of any size. */
    NUMBER,
    /** A whole number from 0 on that counts something. */
    COUNT,
    /** A positive amount, whose logarithm is modelled. */
    LOG,
    /** A number whose rank in the table is modelled, as a normal score. */
    QUANTILE,
    /** A number and its rank, side by side. */
    BOTH,
    /** One of some categories. */
    CATEGORY,
    /** True or false. */
    BOOLEAN,
    /** A day. */
    DATE,
    /** A day and a time of day. */
    TIMESTAMP,
    /** A vector or an array of numbers. */
    ARRAY,
    /** A column that is not modelled. */
    IGNORE;

    /** Returns whether the ranks of numbers are modelled. */
    public boolean isRanked() {
        return this == QUANTILE || this == BOTH;
    }

    @Override
    public String toString() {
        return Names.of(this);
    }
}
