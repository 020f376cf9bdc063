package io.github.sparklatent.linalg;

import java.io.Serializable;
import org.ejml.data.FMatrixRMaj;

/**
 * Rows of the data as one matrix of floats, with their weights: what networks are trained on.
 *
 * @param rows n × d. Kept, not copied; not to be modified.
 * @param weights n weights, all positive, or null where each is 1. Kept, not copied.
 */
public record FloatBlock(FMatrixRMaj rows, float[] weights) implements Serializable {
    public FloatBlock {
        if (weights != null && weights.length != rows.numRows) {
            throw new IllegalArgumentException(
                    "block has %d weights, expected %d (one a row)"
                            .formatted(weights.length, rows.numRows));
        }
    }

    /** n. */
    public int size() {
        return rows.numRows;
    }

    /** d. */
    public int width() {
        return rows.numCols;
    }

    /** Weight of a row. */
    public float weight(int row) {
        return weights == null ? 1 : weights[row];
    }
}
