package io.github.sparklatent.ml.mixture.grouped;

import java.util.Locale;

/** The reasons why a group has no model of its own. */
enum Fallback {
    /** A column of the group is null. */
    NULL_KEY,
    /** The group has fewer training rows than a model needs. */
    FEW_ROWS,
    /** The rows do not fit the memory of a task. */
    TOO_LARGE,
    /** A column of numbers has the same value in all rows of the group. */
    CONSTANT_COLUMN,
    /** A column of numbers has no value in the group. */
    EMPTY_COLUMN,
    /** The fit has failed. */
    FAILED;

    /** Returns the name in tables and figures, such as {@code few-rows}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
