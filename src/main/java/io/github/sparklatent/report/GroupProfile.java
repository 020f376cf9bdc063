package io.github.sparklatent.report;

import io.github.sparklatent.learn.Require;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.ejml.data.DMatrixRMaj;

/**
 * The columns of a table in each of K groups of its rows, in the units of the table.
 *
 * @param weights K. Share of the rows in each group; they sum to 1. Not modified.
 * @param columns the columns
 */
public record GroupProfile(double[] weights, List<Column> columns) {

    public GroupProfile {
        columns = List.copyOf(columns);
        for (Column column : columns) {
            Require.size("groups of column " + column.name(), column.groups(), weights.length);
        }
    }

    /** A column in each group. */
    public sealed interface Column permits NumberColumn, CategoryColumn {
        /** Returns the name of the column. */
        String name();

        /** Returns the number of groups. */
        int groups();
    }

    /**
     * A column of numbers.
     *
     * @param means K. Means of the groups. Not modified.
     * @param mean mean of all rows
     * @param deviation standard deviation of all rows; 0: the column is constant
     * @param units gives the value in the table at a mean, as a Double or a text. A model of logarithms, say, compares
     *     logarithms, and people read amounts
     */
    public record NumberColumn(String name, double[] means, double mean, double deviation, DoubleFunction<Object> units)
            implements Column {
        public NumberColumn {
            double zero = 1e-11 * deviation; // rounding leaves the mean of zeros slightly off 0
            means = Arrays.stream(means).map(m -> Math.abs(m) < zero ? 0 : m).toArray();
        }

        /** Creates a column whose means are values of the table. */
        public NumberColumn(String name, double[] means, double mean, double deviation) {
            this(name, means, mean, deviation, number -> number);
        }

        /** Returns the value in the table at a mean as a text. */
        String text(double number) {
            Object value = units.apply(number);
            return value instanceof Double found ? Numbers.brief(found) : String.valueOf(value);
        }

        @Override
        public int groups() {
            return means.length;
        }
    }

    /**
     * A column of categories.
     *
     * @param categories the L categories
     * @param shares K × L. Share of each category in each group. Not modified.
     */
    public record CategoryColumn(String name, List<String> categories, DMatrixRMaj shares) implements Column {
        public CategoryColumn {
            categories = List.copyOf(categories);
            Require.size("categories of column " + name, categories.size(), shares.numCols);
        }

        @Override
        public int groups() {
            return shares.numRows;
        }

        /** Returns the share of a category in all rows. */
        double overall(double[] weights, int level) {
            double share = 0;
            for (int k = 0; k < weights.length; k++) {
                share += weights[k] * shares.get(k, level);
            }
            return share;
        }
    }
}
