package io.github.sparklatent.ml.columns;

import org.apache.spark.sql.Row;

/** A scorer or an explainer that reads more columns of the table than the features. */
public interface TableReading {
    /**
     * Receives a row of the table before the batch that contains it is evaluated.
     *
     * @param given the row with all columns of the table. Not modified.
     * @param index place of the row in the batch
     */
    void take(Row given, int index);

    /** Gives a row to a scorer or an explainer if it reads rows. */
    static void take(Object reader, Row given, int index) {
        if (reader instanceof TableReading reading) {
            reading.take(given, index);
        }
    }
}
