package io.github.sparklatent.mixture;

import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.learn.DataException;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The places of the sufficient statistics in one vector: those of the Gaussian columns in the layout of
 * {@link StatisticsLayout}, then a histogram k × levels of each discrete column, then k × 7 sums of each column with a
 * t distribution, then the weights of the missing cells, k × d.
 *
 * @param columns the columns
 * @param gaussian layout of the Gaussian columns; of no columns if there are none
 */
record MixedLayout(MixedColumns columns, StatisticsLayout gaussian) implements Serializable {
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    int components() {
        return gaussian.components();
    }

    /** Returns the length of the vector as a number that may be above that of any array. */
    double numbers() {
        double length = gaussian.numbers();
        for (int column : columns.discrete()) {
            length += (double) components() * columns.get(column).levels();
        }
        return length
                + (double) components() * StudentCells.STATISTICS * columns.student().length
                + (double) components() * columns.size();
    }

    boolean fitsArrays() {
        return gaussian.fitsArrays() && numbers() <= MAX_ARRAY;
    }

    void requireArrays() {
        gaussian.requireArrays(1);
        if (!fitsArrays()) {
            throw new DataException(
                    "%d components of %d columns take %.0f numbers, expected at most %d: use fewer components, or columns with fewer categories"
                            .formatted(components(), columns.size(), numbers(), MAX_ARRAY));
        }
    }

    int length() {
        return missing(components());
    }

    /** Returns the index of the weight of the missing cells of the first column in a component. */
    int missing(int component) {
        return Math.addExact(student(columns.student().length), Math.multiplyExact(component, columns.size()));
    }

    /** Returns the index of the first entry of the histograms of a discrete column. */
    int discrete(int table) {
        int at = gaussian.length();
        int[] discrete = columns.discrete();
        for (int t = 0; t < table; t++) {
            at = Math.addExact(
                    at,
                    Math.multiplyExact(components(), columns.get(discrete[t]).levels()));
        }
        return at;
    }

    /** Returns the index of the first sum of a column with a t distribution. */
    int student(int place) {
        return Math.addExact(
                discrete(columns.discrete().length), Math.multiplyExact(components() * StudentCells.STATISTICS, place));
    }

    /** Returns the histogram of a discrete column in one component; a copy. */
    double[] histogram(double[] statistics, int table, int component) {
        int levels = columns.get(columns.discrete()[table]).levels();
        int from = discrete(table) + component * levels;
        return Arrays.copyOfRange(statistics, from, from + levels);
    }

    /** Returns the sums of a column with a t distribution in one component; a copy. */
    double[] studentSums(double[] statistics, int place, int component) {
        int from = student(place) + component * StudentCells.STATISTICS;
        return Arrays.copyOfRange(statistics, from, from + StudentCells.STATISTICS);
    }

    /** Returns the statistics of the Gaussian columns; a copy. */
    double[] gaussian(double[] statistics) {
        return Arrays.copyOf(statistics, gaussian.length());
    }
}
