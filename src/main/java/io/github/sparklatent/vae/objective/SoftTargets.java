package io.github.sparklatent.vae.objective;

import java.io.Serializable;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/** Fixed target responsibilities g of rows, which a model follows for some epochs. */
public interface SoftTargets extends Serializable {
    Worker worker(int maxRows);

    /** Computes targets of batches. Used by one thread. */
    @FunctionalInterface
    interface Worker {
        /**
         * Returns g of a batch.
         *
         * @param rows n × d. Not modified.
         * @return K × n, columns of sum 1; a buffer. Not to be modified.
         */
        DMatrixRMaj responsibilities(FMatrixRMaj rows);
    }
}
