package io.github.sparklatent.columns;

import io.github.sparklatent.learn.Require;

/**
 * The setting of a column in the configuration.
 *
 * @param type type of the column
 * @param categories largest number of categories of a column
 */
public record ColumnSetting(ColumnType type, int categories) {
    /** Largest number of categories of a column if the configuration does not set it. */
    public static final int CATEGORIES = 100;

    public ColumnSetting {
        Require.that(
                categories >= 2 && categories <= LevelCounts.MAX_LEVELS,
                "categories is %d, expected a number from 2 to %d",
                categories,
                LevelCounts.MAX_LEVELS);
    }

    /** Returns the setting of a type with the default number of categories. */
    public static ColumnSetting of(ColumnType type) {
        return new ColumnSetting(type, CATEGORIES);
    }
}
