package io.github.sparklatent.vae.latent;

import java.util.Arrays;

/**
 * The value log 1/S Σ_s exp(a_is) of each row i, accumulated term by term. The largest term so far is factored out; the
 * sum is rescaled when a larger term is added.
 */
public class LogMeanExp {
    private final double[] largest;
    private final double[] sum;
    private final int[] terms;

    /** Creates the buffers for the sums of one batch. {@code maxRows}: largest number of rows of a batch. */
    public LogMeanExp(int maxRows) {
        this.largest = new double[maxRows];
        this.sum = new double[maxRows];
        this.terms = new int[maxRows];
    }

    /** Removes all terms. */
    public void clear() {
        Arrays.fill(largest, Double.NEGATIVE_INFINITY);
        Arrays.fill(sum, 0);
        Arrays.fill(terms, 0);
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
     * Adds an importance weight p(x_i, z) / q(z | x_i) of a code.
     *
     * @param row i, index of the row in the batch
     * @param code index of the code among those that were decoded last
     * @param logWeight logarithm of the weight
     */
    public void add(int row, int code, double logWeight) {
        add(row, logWeight);
    }

    /** Returns log Σ_s exp(a_is). */
    public double logSum(int row) {
        return largest[row] + StrictMath.log(sum[row]);
    }

    /** Returns log 1/S Σ_s exp(a_is). */
    public double value(int row) {
        return logSum(row) - StrictMath.log(terms[row]);
    }
}
