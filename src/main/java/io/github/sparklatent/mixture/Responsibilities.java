package io.github.sparklatent.mixture;

import io.github.sparklatent.linalg.Block;
import java.io.Serializable;
import org.ejml.data.DMatrixRMaj;

/** Assigns each row to the components: by the posterior, or by a rule that initialises EM. */
public interface Responsibilities extends Serializable {
    Assigner assigner();

    /**
     * Creates the buffers of one task whose M-step needs the rows under a mixture, too.
     *
     * @param rows under the mixture of the M-step. Its posterior computes with them, so that they are evaluated once; a
     *     rule has them evaluated before it assigns the rows by itself.
     */
    default Assigner assigner(MixedDensity.EvaluatedRows rows) {
        Assigner own = assigner();
        return (block, responsibilities, logLikelihoods) -> {
            rows.assign(block, responsibilities, logLikelihoods);
            own.assign(block, responsibilities, logLikelihoods);
        };
    }

    /** Computes responsibilities of blocks. Used by one thread. */
    interface Assigner {
        /**
         * Computes the responsibilities of a block.
         *
         * @param block n rows. Not modified.
         * @param responsibilities k × n on return, each column of sum 1. Its shape is set.
         * @param logLikelihoods log p(x_n) of each row on return, at least n entries, or 0 if the rule has no
         *     likelihood
         */
        void assign(Block block, DMatrixRMaj responsibilities, double[] logLikelihoods);
    }
}
