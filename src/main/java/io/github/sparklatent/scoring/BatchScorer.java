package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.ScoreColumn;

/** Computes the added columns of a batch of rows; the workspace of one task. */
public interface BatchScorer {
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
     * Returns the losses of the cells of each row of the batch scored last, in nats: −log p(cell | code of the row), 0
     * of a missing cell. Only networks have them, which cannot standardise scores themselves.
     *
     * @param groups columns of each cell. Not modified.
     * @return n × groups, row-major
     */
    default double[] losses(int[][] groups) {
        throw new UnsupportedOperationException("the scorer has no losses of cells");
    }

    /**
     * Returns the value of a column in a row of the batch scored last: a double, an array of doubles, an integer or a
     * boolean.
     *
     * @param column one of the columns that the scorer computes
     */
    Object value(ScoreColumn column, int row);
}
