package io.github.sparklatent.metrics.synthesis;

import io.github.sparklatent.learn.Require;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Rows to compare with others of the same columns. A column holds numbers or the codes 0, 1, 2 ... of a category's
 * levels. A missing cell is NaN.
 */
public final class ComparedRows {
    private final int[] levels;
    private final DMatrixRMaj rows;

    /**
     * Creates the rows.
     *
     * @param levels number of levels of each column; 0: the column holds numbers. Not modified.
     * @param rows n × d, at least one row. Not modified; not to be modified later.
     * @throws IllegalArgumentException if the lengths differ, there is no row, a number is infinite or a code is not
     *     among the levels
     */
    public ComparedRows(int[] levels, DMatrixRMaj rows) {
        this.levels = levels.clone();
        this.rows = rows;
        Require.that(rows.numCols == levels.length, "rows have %d columns, expected %d", rows.numCols, levels.length);
        Require.that(rows.numRows > 0, "there are no rows to compare, expected at least one");
        for (int i = 0; i < rows.numRows; i++) {
            for (int j = 0; j < levels.length; j++) {
                double cell = get(i, j);
                Require.that(
                        Double.isNaN(cell)
                                || (levels[j] == 0
                                        ? Double.isFinite(cell)
                                        : cell >= 0 && cell < levels[j] && cell == Math.rint(cell)),
                        "row %d has %s in column %d, expected %s",
                        i,
                        cell,
                        j,
                        levels[j] == 0 ? "a finite number" : "a code below " + levels[j]);
            }
        }
    }

    public int size() {
        return rows.numRows;
    }

    public int width() {
        return levels.length;
    }

    public boolean isNumber(int column) {
        return levels[column] == 0;
    }

    /** Returns the number of levels of a category. */
    public int levels(int column) {
        return levels[column];
    }

    /** Returns a cell; NaN if it is missing. */
    public double get(int row, int column) {
        return rows.data[row * levels.length + column];
    }

    /** Returns the number of different cells of a column; missing cells do not count. */
    public long distinct(int column) {
        return Arrays.stream(column(column))
                .filter(cell -> !Double.isNaN(cell))
                .distinct()
                .count();
    }

    /** Returns a copy of a column. */
    public double[] column(int column) {
        double[] cells = new double[size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = get(i, column);
        }
        return cells;
    }

    public ComparedRows first(int number) {
        if (number >= size()) {
            return this;
        }
        DMatrixRMaj some = new DMatrixRMaj(number, levels.length);
        System.arraycopy(rows.data, 0, some.data, 0, some.data.length);
        return new ComparedRows(levels, some);
    }

    void requireSameColumns(ComparedRows other) {
        Require.that(Arrays.equals(levels, other.levels), "the rows to compare have different columns");
    }
}
