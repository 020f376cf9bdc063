package io.github.sparklatent.ml.core;

import java.util.List;
import org.apache.spark.sql.Row;

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
     * Receives a row of the table before the batch that contains it is scored. The default implementation does nothing:
     * most models read the features only.
     *
     * @param given the row with all columns of the table. Not modified.
     * @param index place of the row in the batch
     */
    default void take(Row given, int index) {}

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

    /** Appends the added columns of one row of the batch to its values. */
    void addTo(List<Object> values, int row);
}
