package io.github.sparklatent.app.registry;

import io.github.sparklatent.learn.Require;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * The population stability index of the bins of two samples, of n and of m values.
 *
 * <pre>
 *   Σ_b (q_b − p_b) ln(q_b / p_b)
 *   p_b = (n_b + ½) / (n + B/2),  q_b = (m_b + ½) / (m + B/2)
 * </pre>
 *
 * <p>Half a value is added to each of the B bins, so that an empty bin has a finite term (Krichevsky and Trofimov, The
 * performance of universal encoding, 1981).
 *
 * <p>If nothing has changed, the index is approximately (1/n + 1/m) times a chi-square variable with B − 1 degrees of
 * freedom (Yurdakul and Naranjo, Statistical properties of the population stability index, 2020). A bin that both
 * samples leave empty is not counted in these degrees.
 *
 * @param value the index
 * @param chance the largest index that chance explains; infinite if fewer than two bins have a value
 */
record StabilityIndex(double value, double chance) {
    /** Index above which a distribution has changed enough to be reported (Siddiqi, Credit Risk Scorecards, 2006). */
    static final double LIMIT = 0.1;

    /** The probability that any column of an unchanged table is reported. */
    private static final double FALSE_ALARMS = 0.01;

    /**
     * Compares two samples.
     *
     * @param before weight of the values in each bin of the first sample. Not modified.
     * @param n number of values for which the weights of the first sample count, above 0
     * @param after weight of the values in each bin of the second sample. Not modified.
     * @param m number of values for which the weights of the second sample count, above 0
     * @param columns number of columns that are compared
     */
    static StabilityIndex of(double[] before, double n, double[] after, double m, int columns) {
        Require.that(n > 0 && m > 0, "the samples have %s and %s values, expected some in each", n, m);
        double sumBefore = Arrays.stream(before).sum();
        double sumAfter = Arrays.stream(after).sum();
        double index = 0;
        for (int bin = 0; bin < before.length; bin++) {
            double p = (n * before[bin] / sumBefore + 0.5) / (n + 0.5 * before.length);
            double q = (m * after[bin] / sumAfter + 0.5) / (m + 0.5 * after.length);
            index += (q - p) * Math.log(q / p);
        }
        long bins = IntStream.range(0, after.length)
                .filter(bin -> before[bin] > 0 || after[bin] > 0)
                .count();
        double level = FALSE_ALARMS / Math.max(1, columns);
        return new StabilityIndex(
                index,
                bins < 2
                        ? Double.POSITIVE_INFINITY
                        : (1 / n + 1 / m)
                                * new ChiSquaredDistribution(bins - 1.0).inverseCumulativeProbability(1 - level));
    }

    /** Returns whether the index is above a limit and above what chance explains. */
    boolean exceeds(double limit) {
        return value > Math.max(limit, chance);
    }
}
