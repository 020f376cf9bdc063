package io.github.sparklatent.ml.core;

import java.util.List;

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

    /** Appends the added columns of one row of the batch to its values. */
    void addTo(List<Object> values, int row);
}
