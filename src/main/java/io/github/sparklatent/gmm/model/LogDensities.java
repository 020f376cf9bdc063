package io.github.sparklatent.gmm.model;

import org.ejml.data.DMatrixRMaj;

/**
 * Computes the log joint density of each complete row and each component. An object holds buffers and is used by one
 * thread.
 */
interface LogDensities {
    /**
     * Writes out_kn = log π_k + log N(x_n; μ_k, Σ_k), in nats.
     *
     * @param x n × d. Not modified.
     * @param out k × n; its shape is set. Only the rows of the components that this object computes are modified.
     */
    void apply(DMatrixRMaj x, DMatrixRMaj out);
}
