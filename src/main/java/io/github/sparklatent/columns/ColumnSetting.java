package io.github.sparklatent.columns;

import io.github.sparklatent.learn.Require;

/**
 * The setting of a column in the configuration.
 *
 * @param type type of the column
 * @param levels largest number of levels of a category
 */
public record ColumnSetting(ColumnType type, int levels) {
    /** Largest number of levels of a category if the configuration does not set it. */
    public static final int LEVELS = 100;

    public ColumnSetting {
        Require.that(
                levels >= 2 && levels <= LevelCounts.MAX_LEVELS,
                "levels is %d, expected a number from 2 to %d",
                levels,
                LevelCounts.MAX_LEVELS);
    }

    /** Returns the setting of a type with the default number of levels. */
    public static ColumnSetting of(ColumnType type) {
        return new ColumnSetting(type, LEVELS);
    }
}
