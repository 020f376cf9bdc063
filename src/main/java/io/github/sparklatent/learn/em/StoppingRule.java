package io.github.sparklatent.learn.em;

import io.github.sparklatent.learn.Require;

/**
 * Rule that ends the rounds.
 *
 * @param maxRounds largest number of updates, at least 1
 * @param tolerance the rounds end if the objective changes by less than this and has less to gain;
 *     0: only at the maximum. A larger fall does not end them: the next round can correct a fall
 *     caused by rounding.
 * @param totalTolerance the same for the sum of the objective over all rows instead of its mean;
 *     infinity: not used
 */
public record StoppingRule(int maxRounds, double tolerance, double totalTolerance) {
    public StoppingRule {
        Require.that(maxRounds >= 1, "maxRounds is %d, expected at least 1", maxRounds);
        Require.that(tolerance >= 0, "tolerance is %s, expected a number not below 0", tolerance);
        Require.that(
                totalTolerance >= 0,
                "totalTolerance is %s, expected a number not below 0",
                totalTolerance);
    }

    /** Creates a rule for the mean only. */
    public StoppingRule(int maxRounds, double tolerance) {
        this(maxRounds, tolerance, Double.POSITIVE_INFINITY);
    }

    /** Returns the same rule with another tolerance of the sum over all rows. */
    public StoppingRule withTotalTolerance(double total) {
        return new StoppingRule(maxRounds, tolerance, total);
    }

    /**
     * Returns whether a round of plain EM ends the rounds.
     *
     * @param change of the objective in the last round
     * @param previous change in the round before; NaN if there was none
     * @param weight total weight of the rows
     */
    boolean converged(double change, double previous, double weight) {
        return isBelow(change, weight) && isBelow(stillToCome(change, previous), weight);
    }

    /** Returns whether a change is below both tolerances. */
    boolean isBelow(double change, double weight) {
        return Math.abs(change) < tolerance && Math.abs(change) * weight < totalTolerance;
    }

    /**
     * Estimates the gain of all further rounds as a geometric series (Aitken's limit; McLachlan and
     * Peel 2000, section 2.11). If the changes grow, there is no limit in sight. With one change
     * only, nothing is known, and the change alone decides.
     */
    private static double stillToCome(double change, double previous) {
        if (!(change > 0) || Double.isNaN(previous)) {
            return 0;
        }
        return change < previous ? change * change / (previous - change) : Double.POSITIVE_INFINITY;
    }
}
