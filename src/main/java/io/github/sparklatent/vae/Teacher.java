package io.github.sparklatent.vae;

import java.io.Serializable;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/** Fixed responsibilities g* of rows, which a model is held to for a while. */
interface Teacher extends Serializable {
    /**
     * Derivatives of −lesson Σ_i weight_i Σ_y g_iy log γ_iy, the cross-entropy, by log γ.
     *
     * @param weights of the rows or codes, the first n count
     * @param taught g, K × n. Not modified.
     * @param slopes K × n, overwritten
     */
    static void slopes(double lesson, float[] weights, DMatrixRMaj taught, DMatrixRMaj slopes) {
        int n = slopes.numCols;
        for (int at = 0; at < slopes.getNumElements(); at++) {
            slopes.data[at] = -lesson * weights[at % n] * taught.data[at];
        }
    }

    /**
     * The buffers of one task.
     *
     * @param maxRows rows of a batch at most
     */
    Worker worker(int maxRows);

    /** Shares out batches. Used by one thread. */
    @FunctionalInterface
    interface Worker {
        /**
         * g* of a batch.
         *
         * @param rows n × d. Not modified.
         * @return K × n, columns of sum 1; a buffer. Not to be modified.
         */
        DMatrixRMaj responsibilities(FMatrixRMaj rows);
    }
}
