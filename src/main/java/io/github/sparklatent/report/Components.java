package io.github.sparklatent.report;

import io.github.sparklatent.learn.Require;

/**
 * The sizes of K components.
 *
 * @param weights K. Mixture weights, which sum to 1. Not modified.
 * @param rows K. Number (or total weight) of the rows assigned to each component, or empty if the rows were not
 *     counted. Not modified.
 */
public record Components(double[] weights, double[] rows) {
    public Components {
        Require.that(
                rows.length == 0 || rows.length == weights.length,
                "components.rows has %s elements, expected %s or none",
                rows.length,
                weights.length);
    }
}
