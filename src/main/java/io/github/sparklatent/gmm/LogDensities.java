package io.github.sparklatent.gmm;

import org.ejml.data.DMatrixRMaj;

/** The log joint densities of a block's rows and the components. Holds buffers: for one thread. */
interface LogDensities {
    /**
     * out_nk = log π_k + log N(x_n; μ_k, Σ_k).
     *
     * @param x n × d. Not modified.
     * @param out n × k. Modified; its shape is set.
     */
    void apply(DMatrixRMaj x, DMatrixRMaj out);
}
