package io.github.sparklatent.learn.em;

import io.github.sparklatent.learn.Require;

/**
 * When the rounds end.
 *
 * @param maxRounds updates at most, at least 1
 * @param tolerance rounds end when the objective changes by less than this; 0: only at the maximum.
 *     A fall of more is no convergence: the round after it repairs what rounding broke.
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
