package io.github.sparklatent.gmm.model;

import io.github.sparklatent.linalg.LogSumExp;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Computes densities and responsibilities of blocks of rows under one mixture. Holds buffers: one
 * thread only.
 */
public final class MixtureDensity {
    private final LogDensities densities;
    private final DMatrixRMaj byComponent = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj responsibilities = new DMatrixRMaj(0, 0);
    private double[] logDensities = new double[0];

    /**
     * Creates the buffers.
     *
     * @param factors factors of the mixture
     */
    public MixtureDensity(MixtureFactors factors) {
        this.densities = factors.densities();
    }

    /**
     * Computes the densities and responsibilities of a block.
     *
     * @param rows n × d. Not modified.
     */
    public void evaluate(DMatrixRMaj rows) {
        if (logDensities.length < rows.numRows) {
            logDensities = new double[rows.numRows];
        }
        densities.apply(rows, byComponent);
        LogSumExp.normalizeColumns(byComponent, logDensities);
        responsibilities.reshape(rows.numRows, byComponent.numRows);
        CommonOps_DDRM.transpose(byComponent, responsibilities);
    }

    /**
     * Returns p(k | x_n) of the last block, n × k; valid until the next call. Not to be modified.
     */
    public DMatrixRMaj responsibilities() {
        return responsibilities;
    }

    /** Returns log p(x_n) of a row of the last block, in nats. */
    public double logDensity(int row) {
        return logDensities[row];
    }
}
