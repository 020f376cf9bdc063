package io.github.sparklatent.gmm.model;

import io.github.sparklatent.linalg.Block;
import java.io.Serializable;
import org.ejml.data.DMatrixRMaj;

/**
 * How the rows are shared out among the components: by the posterior, or in some way that starts
 * the rounds.
 */
public interface Responsibilities extends Serializable {
    int components();

    /** The buffers of one task; a new object at each call. */
    Assigner assigner();

    /** Shares out blocks; used by one thread. */
    interface Assigner {
        /**
         * @param block n rows. Not modified.
         * @param responsibilities k × n, columns of sum 1 on return. Modified; its shape is set.
         * @param logLikelihoods at least n entries: log p(x_n), or 0 where the sharing out has no
         *     likelihood. Modified.
         */
        void assign(Block block, DMatrixRMaj responsibilities, double[] logLikelihoods);
    }
}
