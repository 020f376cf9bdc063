package io.github.sparklatent.gmm.model;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.LogSumExp;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Computes what scoring adds to blocks of rows under one mixture. Holds buffers: one thread only. */
public abstract class MixtureScores {
    private final DMatrixRMaj byComponent = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj responsibilities = new DMatrixRMaj(0, 0);
    private double[] logDensities = new double[0];
    private Block block;

    /**
     * Computes the densities and responsibilities of some rows.
     *
     * @param rows n × d, NaN where a value is missing. Not modified.
     */
    public final void evaluate(DMatrixRMaj rows) {
        block = Block.of(rows);
        if (logDensities.length < rows.numRows) {
            logDensities = new double[rows.numRows];
        }
        joint(block, byComponent);
        LogSumExp.normalizeColumns(byComponent, logDensities);
        responsibilities.reshape(rows.numRows, byComponent.numRows);
        CommonOps_DDRM.transpose(byComponent, responsibilities);
    }

    /**
     * Computes log p(k, x_n).
     *
     * @param out K × n. Modified; its shape is set.
     */
    protected abstract void joint(Block rows, DMatrixRMaj out);

    /** Returns p(k | x_n) of the last block, n × K; valid until the next call. Not to be modified. */
    public final DMatrixRMaj responsibilities() {
        return responsibilities;
    }

    /** Returns log p(x_n) of a row of the last block, in nats. */
    public final double logDensity(int row) {
        return logDensities[row];
    }

    /**
     * Copies the rows of the last block, with each missing cell replaced by what is expected given the others.
     *
     * @param out n × d. Modified; its shape is set.
     */
    public final void impute(DMatrixRMaj out) {
        impute(block, byComponent, out);
    }

    /**
     * Copies rows and completes them.
     *
     * @param shares p(k | x_n), K × n. Not modified.
     * @param out n × d. Modified; its shape is set.
     */
    protected abstract void impute(Block rows, DMatrixRMaj shares, DMatrixRMaj out);

    /**
     * Returns the first three cumulants that minus the log density has in rows of each component with the same cells as
     * a row of the last block, 3 K numbers.
     *
     * @param row row of the block; a negative number for a complete row
     */
    public abstract double[] cumulants(int row);

    /** Returns the last block. */
    protected final Block block() {
        return block;
    }
}
