package io.github.sparklatent.vae.latent;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * The value log 1/S Σ_s exp(a_is) of each row i, accumulated term by term. The largest term so far is factored out; the
 * sum is rescaled when a larger term is added.
 *
 * <p>With importance weights w_s = p(x_observed, z_s) / q(z_s | x_observed) as terms, the self-normalised mean of a
 * value v_s of each code of a row is accumulated, too (Mattei and Frellsen 2019). With E[x | z_s] as the value, it
 * estimates E[x_missing | x_observed].
 *
 * <pre>
 *   Σ_s w̃_s v_s,   w̃_s = w_s / Σ_t w_t
 * </pre>
 */
public final class LogMeanExp {
    private final double[] largest;
    private final double[] sum;
    private final int[] terms;
    private final int width;
    private final double[] means;
    private FMatrixRMaj values;

    /** Creates the buffers for the sums of one batch. {@code maxRows}: largest number of rows of a batch. */
    public LogMeanExp(int maxRows) {
        this(maxRows, 0);
    }

    /**
     * Creates the buffers for the sums and means of one batch.
     *
     * @param maxRows largest number of rows of a batch
     * @param width number of columns of a value; 0: without means
     */
    public LogMeanExp(int maxRows, int width) {
        this.largest = new double[maxRows];
        this.sum = new double[maxRows];
        this.terms = new int[maxRows];
        this.width = width;
        this.means = new double[maxRows * width];
    }

    /** Returns the number of columns of a value; 0 without means. */
    public int width() {
        return width;
    }

    /** Removes all terms. */
    public void clear() {
        Arrays.fill(largest, Double.NEGATIVE_INFINITY);
        Arrays.fill(sum, 0);
        Arrays.fill(terms, 0);
        Arrays.fill(means, 0);
    }

    /** Adds exp(term) to a row's sum; the term may be −∞. */
    public void add(int row, double term) {
        terms[row]++;
        if (term > largest[row]) {
            sum[row] = sum[row] * StrictMath.exp(largest[row] - term) + 1;
            largest[row] = term;
        } else if (term != Double.NEGATIVE_INFINITY) {
            sum[row] += StrictMath.exp(term - largest[row]);
        }
    }

    /**
     * Adds an importance weight p(x_i, z) / q(z | x_i) of a code, and its value if there are means.
     *
     * @param row i, index of the row in the batch
     * @param code index of the code among those that were decoded last
     * @param logWeight logarithm of the weight
     */
    public void add(int row, int code, double logWeight) {
        add(row, logWeight);
        double share = width > 0 ? StrictMath.exp(logWeight - logSum(row)) : 0;
        for (int j = 0; share > 0 && j < width; j++) {
            int at = row * width + j;
            means[at] += share * (values.data[code * width + j] - means[at]);
        }
    }

    /**
     * Sets the values of the codes whose weights are added next.
     *
     * @param ofCodes a row for each code. Kept until the next call, not modified.
     */
    public void read(FMatrixRMaj ofCodes) {
        values = ofCodes;
    }

    /** Returns log Σ_s exp(a_is). */
    public double logSum(int row) {
        return largest[row] + StrictMath.log(sum[row]);
    }

    /** Returns log 1/S Σ_s exp(a_is). */
    public double value(int row) {
        return logSum(row) - StrictMath.log(terms[row]);
    }

    /**
     * Writes the means of the first rows of the batch.
     *
     * @param to as many columns as a value has. Modified.
     * @param at row of {@code to} that the first mean is written to
     */
    public void copyMeans(int rows, FMatrixRMaj to, int at) {
        for (int k = 0; k < rows * width; k++) {
            to.data[at * width + k] = (float) means[k];
        }
    }
}
