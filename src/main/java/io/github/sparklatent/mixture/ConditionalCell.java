package io.github.sparklatent.mixture;

import io.github.sparklatent.learn.Require;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The distribution of one number given the other columns of its row: a mixture of normal or t distributions.
 *
 * @param weights w, k numbers of sum 1. Not to be modified.
 * @param means m, locations, k numbers. Not to be modified.
 * @param variances v, squared scales, k numbers above 0. Not to be modified.
 * @param degrees degrees of freedom, k numbers above 0; infinite for normal distributions. Not to be modified.
 */
record ConditionalCell(double[] weights, double[] means, double[] variances, double[] degrees) {
    private static final RealDistribution NORMAL = new NormalDistribution(null, 0, 1);

    /** Bisections of the bracket of a quantile; each adds a bit, and a double has 53. */
    private static final int BISECTIONS = 60;

    /** Returns the expected value Σ_k w_k m_k; of a t distribution its location counts. */
    double mean() {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum = Math.fma(weights[k], means[k], sum);
        }
        return sum;
    }

    /**
     * Returns the quantile of a probability. It lies between the least and the greatest quantile of the components that
     * have a weight.
     *
     * @param probability between 0 and 1, both excluded
     */
    double quantile(double probability) {
        Require.that(
                probability > 0 && probability < 1,
                "probability is %s, expected a number above 0 and below 1",
                probability);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < weights.length; k++) {
            if (weights[k] > 0) {
                double deviate = standard(k).inverseCumulativeProbability(probability);
                double quantile = means[k] + deviate * Math.sqrt(variances[k]);
                low = Math.min(low, quantile);
                high = Math.max(high, quantile);
            }
        }
        for (int i = 0; i < BISECTIONS && low < high; i++) {
            double middle = low + 0.5 * (high - low);
            if (cumulative(middle) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low + 0.5 * (high - low);
    }

    private RealDistribution standard(int component) {
        return Double.isInfinite(degrees[component]) ? NORMAL : new TDistribution(null, degrees[component]);
    }

    private double cumulative(double value) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            if (weights[k] > 0) {
                sum += weights[k] * standard(k).cumulativeProbability((value - means[k]) / Math.sqrt(variances[k]));
            }
        }
        return sum;
    }
}
