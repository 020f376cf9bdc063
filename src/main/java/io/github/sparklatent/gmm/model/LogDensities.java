package io.github.sparklatent.gmm.model;

import org.ejml.data.DMatrixRMaj;

/** The log joint densities of a block's rows and the components. Holds buffers: for one thread. */
public interface LogDensities {
    /**
     * out_kn = log π_k + log N(x_n; μ_k, Σ_k).
     *
     * @param x n × d. Not modified.
     * @param out k × n. Modified in the rows of the components that this computes; its shape is
     *     set.
     */
    void apply(DMatrixRMaj x, DMatrixRMaj out);
}
