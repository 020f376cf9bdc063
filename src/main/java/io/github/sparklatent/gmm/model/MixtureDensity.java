package io.github.sparklatent.gmm.model;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.LogSumExp;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Computes densities and responsibilities of blocks of rows under one mixture. Holds buffers: one thread only. */
public final class MixtureDensity {
    private final BlockDensities densities;
    private final DMatrixRMaj byComponent = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj responsibilities = new DMatrixRMaj(0, 0);
    private double[] logDensities = new double[0];
    private Block block;

    public MixtureDensity(MixtureFactors factors) {
        this.densities = factors.densities();
    }

    /**
     * Computes the densities and responsibilities of some rows.
     *
     * @param rows n × d, NaN where a value is missing. Not modified.
     */
    public void evaluate(DMatrixRMaj rows) {
        block = Block.of(rows);
        if (logDensities.length < rows.numRows) {
            logDensities = new double[rows.numRows];
        }
        densities.apply(block, byComponent);
        LogSumExp.normalizeColumns(byComponent, logDensities);
        responsibilities.reshape(rows.numRows, byComponent.numRows);
        CommonOps_DDRM.transpose(byComponent, responsibilities);
    }

    /** Returns p(k | x_n) of the last block, n × k; valid until the next call. Not to be modified. */
    public DMatrixRMaj responsibilities() {
        return responsibilities;
    }

    /**
     * Copies the rows of the last block, with each missing value replaced by its mean given the observed values of the
     * row; see {@link BlockDensities#impute}.
     *
     * @param out n × d. Modified; its shape is set.
     */
    public void impute(DMatrixRMaj out) {
        densities.impute(block, byComponent, out);
    }

    /**
     * Returns a row in which each missing value is replaced by its mean given the others.
     *
     * @param row d numbers, NaN where a value is missing. Not modified.
     * @return the row itself if no value is missing
     */
    public double[] imputed(double[] row) {
        if (Arrays.stream(row).noneMatch(Double::isNaN)) {
            return row;
        }
        DMatrixRMaj imputed = new DMatrixRMaj(0, 0);
        evaluate(DMatrixRMaj.wrap(1, row.length, row));
        impute(imputed);
        return imputed.data;
    }

    /** Returns log p(x_n) of a row of the last block, in nats. */
    public double logDensity(int row) {
        return logDensities[row];
    }

    /** Returns the densities of the components. */
    public BlockDensities densities() {
        return densities;
    }
}
