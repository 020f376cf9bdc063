package io.github.sparklatent.gmm.model;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.MissingCells;
import org.ejml.data.DMatrixRMaj;

/**
 * Computes the log joint density of each row of a block and each component. If values of a row are missing, this is the
 * density of its observed values. The result of a row does not depend on the other rows of the block. An object holds
 * buffers and is used by one thread.
 */
public final class BlockDensities {
    private final MixtureFactors factors;
    private final LogDensities complete;
    private final DMatrixRMaj ofComplete = new DMatrixRMaj(0, 0);

    /** Densities of incomplete rows; null until the first of them. */
    private ConditionalRows conditional;

    BlockDensities(MixtureFactors factors) {
        this.factors = factors;
        this.complete = factors.completeDensities();
    }

    /**
     * Writes out_kn = log π_k + log N(x_n; μ_k, Σ_k), in nats.
     *
     * @param block n rows. Not modified.
     * @param out k × n; its shape is set. Modified.
     */
    public void apply(Block block, DMatrixRMaj out) {
        if (block.isComplete()) {
            complete.apply(block.rows(), out);
        } else {
            out.reshape(factors.components(), block.size());
            complete(block, out);
            incomplete(block, out);
        }
    }

    /**
     * Describes the rows of each component that have some of the columns: adds the first three cumulants of minus log
     * N(x; μ_k, Σ_k), those of half a χ² variable beyond minus the log density at the mean, and the logarithms of the
     * Bhattacharyya coefficients ∫ √(N_k N_j), by which components overlap.
     *
     * <pre>
     *   κ₁ = ½ log det(2 π Σ_k) + p/2,   κ₂ = p/2,   κ₃ = p
     *   log b_kj ≈ −¼ / (1 / δ_kj + 1 / δ_jk) − p/2 log cosh((log det Σ_k − log det Σ_j) / 2p)
     * </pre>
     *
     * <p>Here δ_kj = (μ_k − μ_j)ᵀ Σ_j⁻¹ (μ_k − μ_j). The coefficients are exact if Σ_k and Σ_j are proportional.
     *
     * @param observed whether rows have a column, d entries
     * @param weights π, k numbers. Not modified.
     * @param cumulants 3 numbers for each component. Modified.
     * @param overlaps log b, k × k. Modified.
     */
    public void describe(boolean[] observed, double[] weights, double[] cumulants, DMatrixRMaj overlaps) {
        DMatrixRMaj means = factors.centres().means().copy();
        int p = 0;
        for (int j = 0; j < observed.length; j++) {
            p += observed[j] ? 1 : 0;
            for (int k = 0; k < means.numRows && !observed[j]; k++) {
                means.set(k, j, Double.NaN);
            }
        }
        if (p == 0) {
            return;
        }
        DMatrixRMaj joint = new DMatrixRMaj(0, 0);
        apply(Block.of(means), joint);
        double[] atMeans = new double[weights.length];
        for (int k = 0; k < weights.length; k++) {
            if (weights[k] == 0) {
                continue; // it has no density, and no row
            }
            atMeans[k] = joint.get(k, k) - StrictMath.log(weights[k]);
            cumulants[3 * k] += 0.5 * p - atMeans[k];
            cumulants[3 * k + 1] += 0.5 * p;
            cumulants[3 * k + 2] += p;
            for (int j = 0; j < k; j++) {
                if (weights[j] == 0) {
                    continue;
                }
                double from = Math.max(0, 2 * (joint.get(k, k) - joint.get(k, j)));
                double to = Math.max(0, 2 * (joint.get(j, j) - joint.get(j, k)));
                double distance = 1 / (1 / from + 1 / to);
                double log =
                        -0.25 * distance - 0.5 * p * StrictMath.log(StrictMath.cosh((atMeans[k] - atMeans[j]) / p));
                overlaps.add(k, j, log);
                overlaps.add(j, k, log);
            }
        }
    }

    /** Returns the incomplete rows, which are evaluated under each component of the last block. */
    public ConditionalRows conditionalRows() {
        if (conditional == null) {
            conditional = factors.conditionalRows();
        }
        return conditional;
    }

    /**
     * Replaces each missing value by its mean given the observed values of the row.
     *
     * <pre>
     *   E[x_m | x_o] = Σ_k r_nk (μ_km + E[x_m − μ_km | x_o, k])
     * </pre>
     *
     * @param block n rows. Not modified.
     * @param responsibilities r, k × n. Not modified.
     * @param out n × d. Modified; its shape is set.
     */
    public void impute(Block block, DMatrixRMaj responsibilities, DMatrixRMaj out) {
        out.setTo(block.rows());
        if (block.isComplete()) {
            return;
        }
        ConditionalRows rowsUnder = conditionalRows();
        MissingCells missing = block.missing();
        DMatrixRMaj means = factors.centres().means();
        for (int k = 0; k < factors.components(); k++) {
            rowsUnder.evaluate(block, k);
            for (int pattern = 0; pattern < missing.patterns(); pattern++) {
                for (int i = missing.start(pattern); i < missing.end(pattern); i++) {
                    int row = missing.incompleteRows()[i];
                    double share = responsibilities.get(k, row);
                    for (int j : missing.columns(pattern)) {
                        double mean = means.get(k, j) + rowsUnder.centred().get(i, j);
                        double sum = k == 0 ? 0 : out.get(row, j);
                        out.set(row, j, Math.fma(share, mean, sum));
                    }
                }
            }
        }
    }

    private void complete(Block block, DMatrixRMaj out) {
        int[] rows = block.missing().completeRows();
        if (rows.length == 0) {
            return;
        }
        complete.apply(block.select(rows).rows(), ofComplete);
        for (int k = 0; k < out.numRows; k++) {
            for (int i = 0; i < rows.length; i++) {
                out.data[k * out.numCols + rows[i]] = ofComplete.data[k * rows.length + i];
            }
        }
    }

    private void incomplete(Block block, DMatrixRMaj out) {
        ConditionalRows rowsUnder = conditionalRows();
        MissingCells missing = block.missing();
        int[] rows = missing.incompleteRows();
        for (int k = 0; k < out.numRows; k++) {
            rowsUnder.evaluate(block, k);
            for (int i = 0; i < rows.length; i++) {
                out.data[k * out.numCols + rows[i]] = rowsUnder.logDensity(i);
            }
        }
    }
}
