package io.github.sparklatent.linalg;

import java.io.Serializable;
import org.ejml.data.FMatrixRMaj;

/**
 * Rows of the data as one matrix of floats, with their weights. Networks are trained on such blocks. This class is not
 * a record, because Kryo, which may write cached blocks to disk, cannot read one.
 */
public final class FloatBlock implements Serializable {
    private final FMatrixRMaj rows;
    private final float[] weights;

    /**
     * Creates a block.
     *
     * @param rows n × d. Kept, not copied; not to be modified.
     * @param weights n weights, all positive, or null if each is 1. Kept, not copied.
     */
    public FloatBlock(FMatrixRMaj rows, float[] weights) {
        if (weights != null && weights.length != rows.numRows) {
            throw new IllegalArgumentException(
                    "block has %d weights, expected %d (one per row)".formatted(weights.length, rows.numRows));
        }
        this.rows = rows;
        this.weights = weights;
    }

    /** Returns the rows, n × d. Not to be modified. */
    public FMatrixRMaj rows() {
        return rows;
    }

    public int size() {
        return rows.numRows;
    }

    public int width() {
        return rows.numCols;
    }

    public float weight(int row) {
        return weights == null ? 1 : weights[row];
    }
}
