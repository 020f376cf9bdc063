package io.github.sparklatent.gmm.model;

import io.github.sparklatent.linalg.Block;
import org.ejml.data.DMatrixRMaj;

/**
 * The incomplete rows of blocks under one component at a time: the density of their observed part o, and mean and
 * covariance of their missing part m given the observed one (Ghahramani and Jordan, Supervised learning from incomplete
 * data via an EM approach, 1994, eq. 10 to 12).
 *
 * <p>An object holds buffers and is used by one thread.
 */
public interface ConditionalRows {
    /**
     * Evaluates the incomplete rows of a block under a component.
     *
     * @param block a block with missing values. Not modified.
     * @param component index of the component k
     */
    default void evaluate(Block block, int component) {
        evaluate(block, component, null, null);
    }

    /**
     * Evaluates the incomplete rows of a block under a component, and sums their conditional covariances.
     *
     * @param block a block with missing values. Not modified.
     * @param component index of the component k
     * @param weights k × n, weights of the rows of the block in the sum; null for no sum. Not modified.
     * @param sum receives Σ_n w_kn Cov(x_n | observed part of x_n): d × d, of which the upper triangle is added to, or
     *     1 × d variances if the covariances are diagonal. If the components are tied, component 0 may add the sums of
     *     all components, and the others none. Modified.
     */
    void evaluate(Block block, int component, DMatrixRMaj weights, DMatrixRMaj sum);

    /**
     * Returns log π_k + log N of the observed part of a row, in nats.
     *
     * @param place place of the row in {@link io.github.sparklatent.linalg.MissingCells#incompleteRows}
     */
    double logDensity(int place);

    /** Returns the greatest {@link #logDensity} that a row with the same observed columns can have, in nats. */
    double peak(int place);

    /**
     * Returns x − μ_k of the incomplete rows, in which missing values are replaced by their conditional means; one row
     * for each incomplete row. Valid until the next call. Not to be modified.
     */
    DMatrixRMaj centred();
}
