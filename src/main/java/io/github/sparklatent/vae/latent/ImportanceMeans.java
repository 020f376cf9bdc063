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
public final class ImportanceMeans extends LogMeanExp {
    private final int width;
    private final double[] means;
    private FMatrixRMaj values;

    /**
     * Creates the buffers for the means of one batch.
     *
     * @param maxRows largest number of rows of a batch
     * @param width number of columns of a value
     */
    public ImportanceMeans(int maxRows, int width) {
        super(maxRows);
        this.width = width;
        this.means = new double[maxRows * width];
    }

    @Override
    public void clear() {
        super.clear();
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
        add(row, logWeight);
        double share = StrictMath.exp(logWeight - logSum(row));
        for (int j = 0; share > 0 && j < width; j++) {
            int at = row * width + j;
            means[at] += share * (values.data[code * width + j] - means[at]);
        }
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
