package io.github.sparklatent.vae.latent;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * The self-normalised importance-weighted mean of a value of each code of a row (Mattei and Frellsen 2019). With E[x |
 * z_s] as the value, it estimates E[x_missing | x_observed].
 *
 * <pre>
 *   Σ_s w̃_s v_s,   w̃_s = w_s / Σ_t w_t,   w_s = p(x_observed, z_s) / q(z_s | x_observed)
 * </pre>
 */
public final class ImportanceMeans implements ImportanceWeights {
    private final int width;
    private final LogMeanExp sums;
    private final double[] means;
    private FMatrixRMaj values;

    /**
     * Creates the buffers for the means of one batch.
     *
     * @param maxRows largest number of rows of a batch
     * @param width number of columns of a value
     */
    public ImportanceMeans(int maxRows, int width) {
        this.width = width;
        this.sums = new LogMeanExp(maxRows);
        this.means = new double[maxRows * width];
    }

    /** Removes all codes. */
    public void clear() {
        sums.clear();
        Arrays.fill(means, 0);
    }

    /**
     * Sets the values of the codes whose weights are added next.
     *
     * @param ofCodes a row for each code. Kept until the next call, not modified.
     */
    public void read(FMatrixRMaj ofCodes) {
        values = ofCodes;
    }

    @Override
    public void add(int row, int code, double logWeight) {
        sums.add(row, code, logWeight);
        double share = StrictMath.exp(logWeight - sums.logSum(row));
        for (int j = 0; share > 0 && j < width; j++) {
            int at = row * width + j;
            means[at] += share * (values.data[code * width + j] - means[at]);
        }
    }

    /** Returns log Σ_s w_s of a row. */
    public double logSum(int row) {
        return sums.logSum(row);
    }

    /** Returns the logarithm of the mean of the weights of a row. */
    public double value(int row) {
        return sums.value(row);
    }

    /**
     * Writes the means of the first rows of the batch.
     *
     * @param to as many columns as a value has. Modified.
     * @param at row of {@code to} that the first mean is written to
     */
    public void copy(int rows, FMatrixRMaj to, int at) {
        for (int k = 0; k < rows * width; k++) {
            to.data[at * width + k] = (float) means[k];
        }
    }
}
