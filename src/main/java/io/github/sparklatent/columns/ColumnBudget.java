package io.github.sparklatent.columns;

/**
 * Limits of the statistics that a task keeps of one column. The columns share the memory: the more there are, the less
 * is kept of each. Those of up to 8,192 columns take at most about 200 MB, those of more columns at most 10 kB a
 * column.
 *
 * @param categories largest number of categories that are counted
 * @param bytes largest number of bytes of the texts of these categories
 * @param hashes number of hashes from which the number of different values is estimated
 * @param counts largest number of counts of numbers of a column of type quantile
 */
public record ColumnBudget(int categories, int bytes, int hashes, int counts) {
    /** A column of the type category has up to 100 categories in every table. */
    private static final int MIN_LEVELS = ColumnSetting.CATEGORIES + 1;

    /**
     * Divides the memory: 20 MB of categories, 64 MB of their texts, 64 MB of hashes and 12 MB of counts, unless the
     * smallest shares of all columns are more.
     *
     * @param columns number of columns
     * @param ranked number of columns of type quantile among them
     */
    public static ColumnBudget of(int columns, int ranked) {
        return new ColumnBudget(
                share(1 << 20, columns, MIN_LEVELS, LevelCounts.MAX_LEVELS),
                share(1 << 26, columns, 1 << 11, LevelCounts.MAX_BYTES),
                share(1 << 23, columns, 128, 1024),
                share(1 << 18, ranked, 64, 1 << 16));
    }

    private static int share(int total, int columns, int least, int most) {
        return Math.min(most, Math.max(least, total / Math.max(1, columns)));
    }
}
