package io.github.sparklatent.vae;

import java.io.Serializable;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/** Fixed responsibilities g* of rows, which a model is held to for a while. */
interface Teacher extends Serializable {
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
