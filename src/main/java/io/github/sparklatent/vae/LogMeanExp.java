package io.github.sparklatent.vae;

import java.util.Arrays;

/**
 * log 1/S Σ_s exp(a_is) of each row i, one term after the other: the greatest term so far is
 * factored out, and the sum rescaled when a greater one comes.
 */
final class LogMeanExp {
    private final double[] greatest;
    private final double[] sum;
    private final int[] terms;

    /**
     * @param maxRows rows of a batch at most
     */
    LogMeanExp(int maxRows) {
        this.greatest = new double[maxRows];
        this.sum = new double[maxRows];
        this.terms = new int[maxRows];
    }

    /** Forgets all terms. */
    void clear() {
        Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
        Arrays.fill(sum, 0);
        Arrays.fill(terms, 0);
    }

    /** Adds exp(term), which may be 0 (of −∞), to a row's sum. */
    void add(int row, double term) {
        terms[row]++;
        if (term > greatest[row]) {
            sum[row] = sum[row] * StrictMath.exp(greatest[row] - term) + 1;
            greatest[row] = term;
        } else if (term != Double.NEGATIVE_INFINITY) {
            sum[row] += StrictMath.exp(term - greatest[row]);
        }
    }

    /** log Σ_s exp(a_is). */
    double logSum(int row) {
        return greatest[row] + StrictMath.log(sum[row]);
    }

    /** log 1/S Σ_s exp(a_is). */
    double value(int row) {
        return logSum(row) - StrictMath.log(terms[row]);
    }
}
