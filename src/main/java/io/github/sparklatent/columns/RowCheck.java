package io.github.sparklatent.columns;

import java.io.Serializable;

/** A model's requirements on a row beyond finite numbers. Sent to the workers. */
@FunctionalInterface
public interface RowCheck extends Serializable {
    /** A check that accepts every row. */
    RowCheck NONE = row -> null;

    /**
     * Returns a sentence that describes the error in a row, with the index of the column; null if nothing is.
     *
     * @param row scaled, as the model receives it. Not to be modified.
     */
    String flaw(double[] row);

    /** Returns the check of held-out rows; by default, the same check. */
    default RowCheck ofHeldOut() {
        return this;
    }
}
