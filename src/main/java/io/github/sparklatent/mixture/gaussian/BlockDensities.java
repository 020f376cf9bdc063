package io.github.sparklatent.mixture.gaussian;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.MissingCells;
import io.github.sparklatent.linear.LinearPosterior;
import java.util.Arrays;
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

    /** Posteriors of the last block under factored components; null if they are not kept. */
    private LinearPosterior[] posteriors;

    /** Greatest densities of incomplete rows, k × n; null if they are not kept. */
    private DMatrixRMaj peaks;

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
        if (peaks != null) {
            peaks.reshape(factors.components(), block.size());
            peaks.fill(Double.NaN);
        }
        if (posteriors != null) {
            keep(block, out);
        } else if (block.isComplete()) {
            complete.apply(block.rows(), out);
        } else {
            out.reshape(factors.components(), block.size());
            complete(block, out);
            incomplete(block, out);
        }
    }

    private void keep(Block block, DMatrixRMaj out) {
        int n = block.size();
        out.reshape(posteriors.length, n);
        for (int k = 0; k < posteriors.length; k++) {
            posteriors[k].evaluate(block);
            for (int i = 0; i < n; i++) {
                out.data[k * n + i] =
                        factors.peak(k) + posteriors[k].logDensity(i) - posteriors[k].greatestLogDensity();
            }
        }
    }

    /** Keeps the posteriors of factored components for the sums of an M-step, which then need not evaluate the rows. */
    public void keepPosteriors() {
        posteriors = new LinearPosterior[factors.components()];
        Arrays.setAll(posteriors, k -> new LinearPosterior(factors.linear(k)));
    }

    /** Returns the posterior of the last block under a factored component. */
    public LinearPosterior posterior(int component) {
        return posteriors[component];
    }

    /** Keeps what {@link #addCumulants} needs of the blocks to come. */
    public void keepPeaks() {
        peaks = new DMatrixRMaj(0, 0);
    }

    /**
     * Adds the first three cumulants that minus the log joint density has in rows of each component: those of half a χ²
     * variable of p degrees of freedom, beyond minus the log joint density at the mean.
     *
     * <pre>
     *   −log π_k + ½ log det(2 π Σ_oo) + p/2,   p/2,   p
     * </pre>
     *
     * @param row row of the last block whose observed values o are meant; a negative number for a complete row
     * @param observed p, number of observed values
     * @param cumulants 3 numbers for each component. Modified.
     */
    public void addCumulants(int row, int observed, double[] cumulants) {
        for (int k = 0; k < factors.components(); k++) {
            double peak = row < 0 ? Double.NaN : peaks.get(k, row);
            cumulants[3 * k] += 0.5 * observed - (Double.isNaN(peak) ? factors.peak(k) : peak);
            cumulants[3 * k + 1] += 0.5 * observed;
            cumulants[3 * k + 2] += observed;
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
        if (rowsUnder.densities(block, out, peaks)) {
            return;
        }
        MissingCells missing = block.missing();
        int[] rows = missing.incompleteRows();
        for (int k = 0; k < out.numRows; k++) {
            rowsUnder.evaluate(block, k);
            for (int i = 0; i < rows.length; i++) {
                out.data[k * out.numCols + rows[i]] = rowsUnder.logDensity(i);
                if (peaks != null) {
                    peaks.data[k * out.numCols + rows[i]] = rowsUnder.peak(i);
                }
            }
        }
    }
}
