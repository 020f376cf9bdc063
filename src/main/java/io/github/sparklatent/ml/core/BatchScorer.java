package io.github.sparklatent.ml.core;

import java.util.List;

/** Computes the columns of a batch of rows; the buffers of one task. */
public interface BatchScorer {
    /** Returns the number of columns of a row. */
    int width();

    /** Returns the greatest number of rows of a batch. */
    int height();

    /**
     * Says what a row has that the model cannot score; null if there is nothing.
     *
     * @param row d numbers. Not modified.
     */
    default String flaw(double[] row) {
        return null;
    }

    /**
     * Scores a batch.
     *
     * @param rows n × d, row by row. Not modified.
     * @param n number of rows
     */
    void score(double[] rows, int n);

    /** Adds the columns of one row of the batch to its other values. */
    void addTo(List<Object> values, int row);
}
