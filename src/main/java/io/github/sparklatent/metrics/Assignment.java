package io.github.sparklatent.metrics;

import java.util.Arrays;

/**
 * The assignment of rows to columns with the greatest total value. It is computed by shortest augmenting paths over
 * reduced costs: the Hungarian method in the form of Jonker and Volgenant 1987, O(rows² columns).
 */
final class Assignment {
    private final double[][] value;
    private final int rows;
    private final int columns;
    private final double[] rowPotential;
    private final double[] columnPotential;

    /** The row of each column, counted from 1; 0 means none. Entry 0 is the row that is being assigned. */
    private final int[] rowOf;

    private Assignment(double[][] value) {
        this.value = value;
        rows = value.length;
        columns = value[0].length;
        rowPotential = new double[rows + 1];
        columnPotential = new double[columns + 1];
        rowOf = new int[columns + 1];
    }

    /**
     * Finds the best assignment.
     *
     * @param value value of each assignment, rows × columns, with no more rows than columns. Not modified.
     * @return the column of each row; no column occurs twice
     */
    static int[] of(double[][] value) {
        Assignment assignment = new Assignment(value);
        for (int row = 1; row <= assignment.rows; row++) {
            assignment.assign(row);
        }
        int[] columnOf = new int[assignment.rows];
        for (int column = 1; column <= assignment.columns; column++) {
            if (assignment.rowOf[column] > 0) {
                columnOf[assignment.rowOf[column] - 1] = column - 1;
            }
        }
        return columnOf;
    }

    /** Grows a tree of tight edges from one row to the nearest free column, then flips the path. */
    private void assign(int row) {
        rowOf[0] = row;
        int[] previous = new int[columns + 1];
        double[] slack = new double[columns + 1];
        Arrays.fill(slack, Double.POSITIVE_INFINITY);
        boolean[] reached = new boolean[columns + 1];
        int column = 0;
        while (rowOf[column] != 0) {
            reached[column] = true;
            column = nearest(column, previous, slack, reached);
        }
        while (column != 0) {
            rowOf[column] = rowOf[previous[column]];
            column = previous[column];
        }
    }

    private int nearest(int from, int[] previous, double[] slack, boolean[] reached) {
        int row = rowOf[from];
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int column = 1; column <= columns; column++) {
            if (!reached[column]) {
                double reduced = -value[row - 1][column - 1] - rowPotential[row];
                if (reduced - columnPotential[column] < slack[column]) {
                    slack[column] = reduced - columnPotential[column];
                    previous[column] = from;
                }
                if (slack[column] < least) {
                    least = slack[column];
                    nearest = column;
                }
            }
        }
        for (int column = 0; column <= columns; column++) {
            if (reached[column]) {
                rowPotential[rowOf[column]] += least;
                columnPotential[column] -= least;
            } else {
                slack[column] -= least;
            }
        }
        return nearest;
    }
}
