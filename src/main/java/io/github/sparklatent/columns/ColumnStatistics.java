package io.github.sparklatent.cluster.encoding;

import io.github.sparklatent.columns.DateText;
import io.github.sparklatent.columns.TextFormat;
import java.io.Serializable;
import java.util.Locale;

/** Facts about the values of one column. Merging does not depend on the order of the parts. */
final class ColumnCensus implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Largest number of different texts kept of those that are no number. */
    private static final int MAX_OTHERS = 64;

    private static final int WEEK = 7;

    /** Decimals above which a number that is no text counts as one of any number of decimals. */
    private static final int MAX_DECIMALS = 6;

    private static final double[] POWERS = {1, 10, 100, 1e3, 1e4, 1e5, 1e6};
    private static final double LARGEST_WHOLE = 9e15;

    long rows;

    /** Number of values that are null or NaN. */
    long nulls;

    /** Counts of the texts that stand for a missing value. */
    final LevelCounts markers = new LevelCounts(LevelCounts.MAX_LEVELS, LevelCounts.MAX_BYTES);

    /** Number of values that are numbers, and of those that are whole. */
    long numbers;

    long wholes;
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;

    /** Most decimals of a number. */
    int decimals;

    /** Counts of the texts that are no number. */
    final LevelCounts others;

    /** Number of values that are true or false. */
    long booleans;

    /** Number of values that are dates, with and without a time of day. */
    long dates;

    long times;
    double firstDay = Double.POSITIVE_INFINITY;
    double lastDay = Double.NEGATIVE_INFINITY;

    /** One bit for each day of the week that was found. */
    int weekdays;

    boolean hasTimeOfDay;

    /** Number of characters of all texts, and of white spaces in them. */
    long characters;

    long spaces;
    final LevelCounts levels;

    /** Counts of each number; null if they are not asked for. */
    final NumberCounts counts;

    final DistinctSketch distinct;

    /** Number of numbers of the shortest and of the longest array. */
    int shortest = Integer.MAX_VALUE;

    int longest = -1;

    /**
     * Creates the facts of no row.
     *
     * @param budget memory of the column
     * @param isRanked whether numbers are counted
     */
    ColumnCensus(ColumnBudget budget, boolean isRanked) {
        levels = new LevelCounts(budget.levels(), budget.bytes());
        others = new LevelCounts(MAX_OTHERS, budget.bytes());
        distinct = new DistinctSketch(budget.hashes());
        counts = isRanked ? new NumberCounts(budget.counts()) : null;
    }

    /** Adds a number; NaN is a missing value. Returns the hash of the value. */
    long add(double number) {
        rows++;
        if (Double.isNaN(number)) {
            nulls++;
            return ValueHash.of((String) null);
        }
        addNumber(number);
        while (decimals <= MAX_DECIMALS && Math.rint(number * POWERS[decimals]) / POWERS[decimals] != number) {
            decimals++;
        }
        long hash = ValueHash.of(number);
        distinct.add(hash);
        return hash;
    }

    /** Returns whether every number has few decimals, as amounts of money have. */
    boolean hasFewDecimals() {
        return numbers > 0 && decimals <= MAX_DECIMALS;
    }

    private void addNumber(double number) {
        numbers++;
        if (number == Math.rint(number) && Math.abs(number) < LARGEST_WHOLE) {
            wholes++;
        }
        least = Math.min(least, number);
        greatest = Math.max(greatest, number);
        if (counts != null) {
            counts.add(number);
        }
    }

    /** Adds a text without white space around it, or null. Returns the hash of the value. */
    long add(String text, TextFormat format) {
        rows++;
        if (text == null) {
            nulls++;
            return ValueHash.of((String) null);
        }
        if (format.isMissing(text)) {
            markers.add(text);
            return ValueHash.of((String) null);
        }
        characters += text.length();
        levels.add(text);
        if (format.isNumber(text)) {
            double number = format.number(text);
            if (Double.isNaN(number)) {
                nulls++;
                return ValueHash.of((String) null);
            }
            addNumber(number);
            decimals = Math.max(decimals, format.decimals(text));
            long hash = ValueHash.of(number);
            distinct.add(hash);
            return hash;
        }
        others.add(text);
        addWords(text);
        long hash = ValueHash.of(text);
        distinct.add(hash);
        return hash;
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

    void addArray(int length) {
        rows++;
        shortest = Math.min(shortest, length);
        longest = Math.max(longest, length);
    }

    /** Makes the facts small, so that they can be sent. They stay the same. */
    void compact() {
        if (counts != null) {
            counts.compact();
        }
    }

    /** Adds the facts of another part of the rows. */
    void merge(ColumnCensus other) {
        rows += other.rows;
        nulls += other.nulls;
        markers.merge(other.markers);
        numbers += other.numbers;
        wholes += other.wholes;
        least = Math.min(least, other.least);
        greatest = Math.max(greatest, other.greatest);
        decimals = Math.max(decimals, other.decimals);
        others.merge(other.others);
        booleans += other.booleans;
        dates += other.dates;
        times += other.times;
        firstDay = Math.min(firstDay, other.firstDay);
        lastDay = Math.max(lastDay, other.lastDay);
        weekdays |= other.weekdays;
        hasTimeOfDay |= other.hasTimeOfDay;
        characters += other.characters;
        spaces += other.spaces;
        levels.merge(other.levels);
        if (counts != null) {
            counts.merge(other.counts);
        }
        distinct.merge(other.distinct);
        shortest = Math.min(shortest, other.shortest);
        longest = Math.max(longest, other.longest);
    }

    /** Returns the number of values that are null or stand for a missing value. */
    long missing() {
        return nulls + markers.total();
    }

    long present() {
        return rows - missing();
    }

    double missingShare() {
        return rows == 0 ? 0 : (double) missing() / rows;
    }

    /** Returns the number of values that are neither missing nor a number. */
    long texts() {
        return present() - numbers;
    }

    boolean isWhole() {
        return numbers > 0 && wholes == numbers;
    }
}
