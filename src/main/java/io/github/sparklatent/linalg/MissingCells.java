package io.github.sparklatent.linalg;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The missing values of a block, which are NaN in its rows. Incomplete rows are ordered by their pattern, the set of
 * their missing columns. Rows with the same pattern are neighbours, and rows with fewer missing columns come first.
 */
public final class MissingCells implements Serializable {
    private final int[] completeRows;
    private final int[] incompleteRows;

    /** End of each pattern's rows in {@link #incompleteRows}. */
    private final int[] rowEnds;

    /** Missing columns of each pattern, descending. */
    private final int[][] columns;

    /** Pattern of each incomplete row. */
    private final int[] patterns;

    private MissingCells(int[] completeRows, int[] incompleteRows, int[] rowEnds, int[][] columns) {
        this.completeRows = completeRows;
        this.incompleteRows = incompleteRows;
        this.rowEnds = rowEnds;
        this.columns = columns;
        this.patterns = new int[incompleteRows.length];
        for (int pattern = 0; pattern < columns.length; pattern++) {
            Arrays.fill(patterns, start(pattern), end(pattern), pattern);
        }
    }

    /**
     * Finds the missing values of some rows.
     *
     * @param rows n × d. Not modified.
     * @return null if no number is NaN
     */
    static MissingCells of(DMatrixRMaj rows) {
        if (isComplete(rows.data, 0, rows.getNumElements())) {
            return null;
        }
        int d = rows.numCols;
        List<Row> incomplete = new ArrayList<>();
        int[] complete = new int[rows.numRows];
        int ofComplete = 0;
        for (int i = 0; i < rows.numRows; i++) {
            if (isComplete(rows.data, i * d, (i + 1) * d)) {
                complete[ofComplete++] = i;
            } else {
                incomplete.add(new Row(missing(rows.data, i * d, d), i));
            }
        }
        incomplete.sort(Row.ORDER);
        return grouped(Arrays.copyOf(complete, ofComplete), incomplete);
    }

    private static MissingCells grouped(int[] complete, List<Row> incomplete) {
        List<int[]> columns = new ArrayList<>();
        int[] ends = new int[incomplete.size()];
        for (int i = 0; i < incomplete.size(); i++) {
            int[] own = incomplete.get(i).columns();
            if (columns.isEmpty() || !Arrays.equals(own, columns.get(columns.size() - 1))) {
                columns.add(own);
            }
            ends[columns.size() - 1] = i + 1;
        }
        return new MissingCells(
                complete,
                incomplete.stream().mapToInt(Row::index).toArray(),
                Arrays.copyOf(ends, columns.size()),
                columns.toArray(int[][]::new));
    }

    /** An incomplete row while rows are ordered. */
    private record Row(int[] columns, int index) {
        static final Comparator<Row> ORDER = Comparator.<Row>comparingInt(row -> row.columns().length)
                .thenComparing(Row::columns, Arrays::compare)
                .thenComparingInt(Row::index);
    }

    private static boolean isComplete(double[] x, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Double.isNaN(x[i])) {
                return false;
            }
        }
        return true;
    }

    private static int[] missing(double[] x, int from, int d) {
        int[] columns = new int[d];
        int count = 0;
        for (int j = d - 1; j >= 0; j--) {
            if (Double.isNaN(x[from + j])) {
                columns[count++] = j;
            }
        }
        return Arrays.copyOf(columns, count);
    }

    /** Returns the indices of the rows without a missing value, ascending. Not to be modified. */
    public int[] completeRows() {
        return completeRows;
    }

    /** Returns the indices of the other rows, ordered by pattern. Not to be modified. */
    public int[] incompleteRows() {
        return incompleteRows;
    }

    public int patterns() {
        return columns.length;
    }

    /** Returns the place of a pattern's first row among the incomplete rows. */
    public int start(int pattern) {
        return pattern == 0 ? 0 : rowEnds[pattern - 1];
    }

    /** Returns the place after a pattern's last row among the incomplete rows. */
    public int end(int pattern) {
        return rowEnds[pattern];
    }

    /** Returns the missing columns of a row by its place among the incomplete rows, descending. Not to be modified. */
    public int[] columnsOf(int place) {
        return columns[patterns[place]];
    }

    /** Returns the index of the pattern of a row by its place among the incomplete rows. */
    public int pattern(int place) {
        return patterns[place];
    }

    /** Returns the missing columns of a pattern, descending. Not to be modified. */
    public int[] columns(int pattern) {
        return columns[pattern];
    }
}
