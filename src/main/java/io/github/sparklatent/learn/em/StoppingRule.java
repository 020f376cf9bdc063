package io.github.sparklatent.learn.em;

import io.github.sparklatent.learn.Require;

/**
 * Rule that ends the rounds.
 *
 * @param maxRounds largest number of updates, at least 1
 * @param tolerance the rounds end if the objective changes by less than this; 0: only at the
 *     maximum. A larger fall does not end them: the next round can correct a fall caused by
 *     rounding.
 */
public record StoppingRule(int maxRounds, double tolerance) {
    public StoppingRule {
        Require.that(maxRounds >= 1, "maxRounds is %d, expected at least 1", maxRounds);
        Require.that(tolerance >= 0, "tolerance is %s, expected a number not below 0", tolerance);
    }

    boolean converged(double change) {
        return Math.abs(change) < tolerance;
    }
}
