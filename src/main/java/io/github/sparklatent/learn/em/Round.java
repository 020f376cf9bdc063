package io.github.sparklatent.learn.em;

import io.github.sparklatent.learn.Traffic;

/**
 * The record of one round.
 *
 * @param number 0 for the initial model, then 1, 2, ...: number of updates of the model evaluated here
 * @param objective of that model over all rows, e.g. its mean log-likelihood in nats per row
 * @param change objective minus that of the last model that was kept; NaN for the initial model, after a component was
 *     re-initialised, and after the last traversal that improves the model while it goes. An extrapolated model with a
 *     negative change is not kept.
 * @param error standard error of the objective if it is an estimate; 0 if it is exact
 * @param rows number of rows of the table
 * @param broadcast seconds to send the model to the workers
 * @param compute seconds of the workers' computation
 * @param reduce seconds to combine the workers' results
 * @param update seconds of the driver's update after this expectation
 * @param traffic what reached the driver
 */
public record Round(
        int number,
        double objective,
        double change,
        double error,
        long rows,
        double broadcast,
        double compute,
        double reduce,
        double update,
        Traffic traffic) {
    /** Duration of the whole round in seconds. */
    public double seconds() {
        return broadcast + compute + reduce + update;
    }
}
