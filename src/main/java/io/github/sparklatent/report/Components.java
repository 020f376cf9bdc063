package io.github.sparklatent.report;

import io.github.sparklatent.learn.Require;

/**
 * The sizes of K components.
 *
 * @param weights K. Mixture weights, their sum 1. Not modified.
 * @param rows K. Rows (or their weight) that belong to the component more than to any other; empty:
 *     not counted. Not modified.
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
