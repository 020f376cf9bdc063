package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.ScoreColumn;

/** Computes the added columns of a batch of rows; the workspace of one task. */
public interface BatchScorer {
    /** Number of rows that are drawn to compare rows with missing cells, unless a scorer draws others. */
    int DRAWS = 8192;

    /** Returns the number of features of a row. */
    int width();

    /** Returns the largest number of rows of a batch. */
    int height();

    /**
     * Returns why the model cannot score a row; null if it can.
     *
     * @param row d numbers. Not modified.
     */
    default String flaw(double[] row) {
        return null;
    }

    /**
     * Scores a batch.
     *
     * @param rows n × d, row-major. Not modified.
     * @param n number of rows
     */
    void score(double[] rows, int n);

    /**
     * Returns what identifies the distribution that scores a row of the batch: the same object for the same
     * distribution. Null if its rows are not drawn to compare rows with missing cells.
     */
    default Object distribution(int row) {
        return null;
    }

    /** Returns the number of rows that are drawn to compare rows with missing cells. */
    default int draws() {
        return DRAWS;
    }

    /**
     * Returns a complete row drawn from the distribution that scores a row of the batch. It follows from the
     * distribution and the index.
     */
    default double[] draw(int row, long index) {
        throw new UnsupportedOperationException("no rows can be drawn for this scorer");
    }

    /**
     * Returns the value of a column in a row of the batch scored last: a double, an array of doubles, an integer or a
     * boolean.
     *
     * @param column one of the columns that the scorer computes
     */
    Object value(ScoreColumn column, int row);
}
