package io.github.sparklatent.learn;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * The number of rows for which weighted rows count.
 *
 * <p>A row of weight w counts as w rows, so rows that stand for one or more rows each have a total weight of at least
 * their number. A smaller total shows that the weights are no counts. Then only their ratios mean anything, and n is
 * the effective sample size (Kish, Survey Sampling, 1965):
 *
 * <pre>
 *   n = (Σ w)² / Σ w²
 * </pre>
 *
 * It is the number of rows if all weights are equal, and it does not change with the unit of the weights.
 *
 * @param weight Σ w, the total weight
 * @param rows number of rows of the table
 * @param squares Σ w², over the rows of the table
 */
public record SampleSize(double weight, double rows, double squares) implements Serializable {
    /** Weights that were scaled to the mean 1 may be rounded to a few digits. */
    private static final double ROUNDING = 1e-3;

    /** Returns whether a row of weight w counts as w rows. */
    public boolean isCounts() {
        return weight >= (1 - ROUNDING) * rows;
    }

    /** Returns n, the effective number of rows; this is the sum of the weights if the weights are counts. */
    public double number() {
        return isCounts() ? weight : weight / squares * weight;
    }

    /**
     * Returns a warning if the weights are no counts.
     *
     * @param measures names of the metrics that are computed with n, e.g. {@code BIC}
     */
    public List<String> warnings(String measures) {
        return isCounts()
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "the weights of %.0f rows sum to %s, expected at least %.0f, because a row of weight w counts as w rows: an effective"
                                + " number of %.1f rows stands for them in %s; if another number is meant, multiply the weights by a constant",
                        rows,
                        weight,
                        rows,
                        number(),
                        measures));
    }
}
