package io.github.sparklatent.cluster.table;

import java.io.Serializable;

/** What a model asks of a row beyond finite numbers. Sent to the workers. */
@FunctionalInterface
public interface RowCheck extends Serializable {
    /** Takes any row. */
    RowCheck NONE = row -> null;

    /**
     * What is wrong with a row, as a sentence with the column's place; null where nothing is.
     *
     * @param row scaled, as the model gets it. Not to be modified.
     */
    String flaw(double[] row);

    /** What the model asks of a row that it is not trained on: the same, unless it says less. */
    default RowCheck ofHeldOut() {
        return this;
    }
}
