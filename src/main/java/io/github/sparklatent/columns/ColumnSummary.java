package io.github.sparklatent.columns;

import io.github.sparklatent.columns.LevelCounts.ValueHash;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;

/**
 * Summary of the values of one column before they are encoded, so that its type can be chosen in one traversal. A
 * summary does not depend on the order in which values are added and summaries are merged: the number of different
 * values and the quantiles come from sketches with this property. There are no sums of values, which would depend on
 * it: means and variances are computed from placed rows.
 *
 * <p>The fields are for reading only.
 */
public final class ColumnSummary implements Serializable {
    /** Largest number of different texts kept of those that are no number. */
    private static final int MAX_OTHERS = 64;

    private static final int WEEK = 7;

    /** Decimals above which a number that is no text counts as one of any number of decimals. */
    private static final int MAX_DECIMALS = 6;

    private static final double[] POWERS = {1, 10, 100, 1e3, 1e4, 1e5, 1e6};
    private static final double MAX_WHOLE = 9e15;

    public long rows;

    /** Number of values that are null or NaN. */
    public long nulls;

    /** Number of texts that were not read in their encoding, and the first of them in alphabetic order. */
    public long undecoded;

    public String firstUndecoded;

    /** Number of values that are numbers, and of those that are whole. */
    public long numbers;

    public long wholes;
    public double least = Double.POSITIVE_INFINITY;
    public double greatest = Double.NEGATIVE_INFINITY;

    /** Most decimals of a number. */
    public int decimals;

    /** Number of values that are true or false. */
    public long booleans;

    /** Number of values that are dates, with and without a time of day. */
    public long dates;

    public long times;
    public double firstDay = Double.POSITIVE_INFINITY;
    public double lastDay = Double.NEGATIVE_INFINITY;

    /** One bit for each day of the week that was found. */
    public int weekdays;

    public boolean hasTimeOfDay;

    /** Number of characters of all texts, and of white spaces in them. */
    public long characters;

    public long spaces;

    /** Number of numbers of the shortest and of the longest array. */
    public int shortest = Integer.MAX_VALUE;

    public int longest = -1;

    /** Counts of the texts that stand for a missing value. */
    public final LevelCounts markers;

    /** Counts of the texts, and of those that are no number. */
    public final LevelCounts categories;

    public final LevelCounts others;

    /** Counts of each number; null if they are not asked for. */
    public final NumberCounts counts;

    public final DistinctSketch distinct;

    /**
     * Creates the summary of no value.
     *
     * @param budget memory of the column
     * @param isRanked whether numbers are counted
     */
    public ColumnSummary(ColumnBudget budget, boolean isRanked) {
        markers = new LevelCounts(LevelCounts.MAX_LEVELS, LevelCounts.MAX_BYTES);
        categories = new LevelCounts(budget.categories(), budget.bytes());
        others = new LevelCounts(MAX_OTHERS, budget.bytes());
        distinct = new DistinctSketch(budget.hashes());
        counts = isRanked ? new NumberCounts(budget.counts()) : null;
    }

    /** Adds a number; NaN is a missing value. Returns the hash of the value. */
    public long add(double number) {
        rows++;
        if (Double.isNaN(number)) {
            nulls++;
            return ValueHash.of((String) null);
        }
        addNumber(number);
        while (decimals <= MAX_DECIMALS && Math.rint(number * POWERS[decimals]) / POWERS[decimals] != number) {
            decimals++;
        }
        return distinct.add(ValueHash.of(number));
    }

    /** Returns whether every number has few decimals, as amounts of money have. */
    public boolean hasFewDecimals() {
        return numbers > 0 && decimals <= MAX_DECIMALS;
    }

    private void addNumber(double number) {
        numbers++;
        if (number == Math.rint(number) && Math.abs(number) < MAX_WHOLE) {
            wholes++;
        }
        least = Math.min(least, number);
        greatest = Math.max(greatest, number);
        if (counts != null) {
            counts.add(number);
        }
    }

    /** Adds a text, whose white space around it has no meaning, or null. Returns the hash of the value. */
    public long add(String written, TextFormat format) {
        rows++;
        if (written == null) {
            nulls++;
            return ValueHash.of((String) null);
        }
        String text = written.strip();
        if (TextFormat.isUndecoded(text)) {
            undecoded++;
            firstUndecoded = first(firstUndecoded, text);
            return ValueHash.of((String) null);
        }
        if (format.isMissing(text)) {
            markers.add(text);
            return ValueHash.of((String) null);
        }
        characters += text.length();
        categories.add(text);
        double number = format.number(text);
        if (!Double.isNaN(number)) {
            addNumber(number);
            decimals = Math.max(decimals, format.decimals(text));
            return distinct.add(ValueHash.of(number));
        }
        if (format.isNumber(text)) { // NaN
            nulls++;
            return ValueHash.of((String) null);
        }
        others.add(text);
        addWords(text);
        return distinct.add(ValueHash.of(text));
    }

    private static String first(String a, String b) {
        return b == null || a != null && a.compareTo(b) <= 0 ? a : b;
    }

    private void addWords(String text) {
        String lower = text.length() <= 5 ? text.toLowerCase(Locale.ROOT) : text;
        if (lower.equals("true") || lower.equals("false")) {
            booleans++;
        }
        double days = DateText.days(text);
        if (!Double.isNaN(days)) {
            dates++;
            times += DateText.hasTime(text) ? 1 : 0;
            firstDay = Math.min(firstDay, days);
            lastDay = Math.max(lastDay, days);
            weekdays |= 1 << Math.floorMod((long) Math.floor(days), WEEK);
            hasTimeOfDay |= days != Math.floor(days);
        }
        for (int i = 0; i < text.length(); i++) {
            spaces += Character.isWhitespace(text.charAt(i)) ? 1 : 0;
        }
    }

    /** Adds an array of numbers. Returns the hash of every array, because arrays are not compared. */
    public long addArray(int length) {
        rows++;
        shortest = Math.min(shortest, length);
        longest = Math.max(longest, length);
        return 0;
    }

    /** Makes the summary small, so that it can be sent. It stays the same. */
    public void compact() {
        if (counts != null) {
            counts.compact();
        }
    }

    /** Adds the summary of other values of the column. */
    public void merge(ColumnSummary other) {
        rows += other.rows;
        nulls += other.nulls;
        undecoded += other.undecoded;
        firstUndecoded = first(firstUndecoded, other.firstUndecoded);
        numbers += other.numbers;
        wholes += other.wholes;
        least = Math.min(least, other.least);
        greatest = Math.max(greatest, other.greatest);
        decimals = Math.max(decimals, other.decimals);
        booleans += other.booleans;
        dates += other.dates;
        times += other.times;
        firstDay = Math.min(firstDay, other.firstDay);
        lastDay = Math.max(lastDay, other.lastDay);
        weekdays |= other.weekdays;
        hasTimeOfDay |= other.hasTimeOfDay;
        characters += other.characters;
        spaces += other.spaces;
        shortest = Math.min(shortest, other.shortest);
        longest = Math.max(longest, other.longest);
        markers.merge(other.markers);
        categories.merge(other.categories);
        others.merge(other.others);
        distinct.merge(other.distinct);
        if (counts != null) {
            counts.merge(other.counts);
        }
    }

    /** Returns the number of values that are null, stand for a missing value, or cannot be read. */
    public long missing() {
        return nulls + undecoded + markers.total();
    }

    public long present() {
        return rows - missing();
    }

    public double missingShare() {
        return rows == 0 ? 0 : (double) missing() / rows;
    }

    /** Returns whether every row of a source has the same value. */
    public boolean isConstant() {
        return present() == rows && longest < 0 && distinct.estimate() <= 1;
    }

    /** Returns the number of values that are neither missing nor a number. */
    public long texts() {
        return present() - numbers;
    }

    public boolean isWhole() {
        return numbers > 0 && wholes == numbers;
    }

    /**
     * Estimates the number of different values from their k smallest hashes (Bar-Yossef et al., Counting distinct
     * elements in a data stream, 2002). Up to k values the number is exact, beyond it has a relative error of about 1 /
     * √k. The result does not depend on the order of the values.
     */
    public static final class DistinctSketch implements Serializable {
        private final int most;
        private int size;

        /** The smallest hashes in ascending order. */
        private long[] smallest = {};

        /**
         * Creates the sketch of no value.
         *
         * @param most k
         */
        DistinctSketch(int most) {
            this.most = most;
        }

        /** Adds a value by its hash, and returns the hash. */
        long add(long hash) {
            if (size == most && hash >= smallest[most - 1]) {
                return hash;
            }
            int found = Arrays.binarySearch(smallest, 0, size, hash);
            if (found < 0) {
                int place = -found - 1;
                if (size == smallest.length) {
                    smallest = Arrays.copyOf(smallest, Math.min(most, 2 * size + 4));
                }
                size = Math.min(most, size + 1);
                System.arraycopy(smallest, place, smallest, place + 1, size - 1 - place);
                smallest[place] = hash;
            }
            return hash;
        }

        void merge(DistinctSketch other) {
            for (int i = 0; i < other.size; i++) {
                add(other.smallest[i]);
            }
        }

        /** Returns the estimated number of different values. */
        public double estimate() {
            if (size < most) {
                return size;
            }
            double share = 0.5 + smallest[most - 1] * 0x1p-64; // of all hashes, which begin at -2^63
            return (most - 1) / share;
        }
    }

    /**
     * Limits of the summary that a task keeps of one column. The columns share the memory: the more there are, the less
     * is kept of each. Those of up to 8,192 columns take at most about 220 MB, those of more columns at most 13 kB a
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
         * Divides the memory: 36 MB of categories, 64 MB of their texts, 64 MB of hashes and 12 MB of counts, unless
         * the smallest shares of all columns are more.
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
}
