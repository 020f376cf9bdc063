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

    /**
     * The targets in the loss of one task.
     *
     * @param worker computes g; null if there are no targets
     * @param weight weight of the cross-entropy −Σ_y g_y log γ_y
     */
    record Term(Worker worker, double weight) {
        /** No targets. */
        static final Term NONE = new Term(null, 0);

        boolean isPresent() {
            return worker != null;
        }

        /**
         * Writes the derivatives of −weight Σ_i share_i Σ_y g_iy log γ_iy by log γ.
         *
         * @param shares share of each row or code; only the first n entries are used
         * @param targets g, K × n. Not modified.
         * @param slopes K × n on return
         */
        void slopes(float[] shares, DMatrixRMaj targets, DMatrixRMaj slopes) {
            int n = targets.numCols;
            slopes.reshape(targets.numRows, n);
            for (int at = 0; at < slopes.getNumElements(); at++) {
                slopes.data[at] = -weight * shares[at % n] * targets.data[at];
            }
        }
    }
}
