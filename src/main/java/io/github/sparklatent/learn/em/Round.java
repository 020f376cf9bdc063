package io.github.sparklatent.learn.em;

/**
 * The record of one round.
 *
 * @param number 0 for the initial model, then 1, 2, ...: number of updates of the model evaluated
 *     here
 * @param objective value of the objective for that model over all rows, e.g. its mean
 *     log-likelihood in nats per row
 * @param change objective minus the objective of the round before; NaN for the initial model and
 *     after a component was re-initialised
 * @param rows number of rows of the table
 * @param broadcast seconds to send the model to the workers
 * @param compute seconds of the workers' computation
 * @param reduce seconds to combine the workers' results
 * @param update seconds of the driver's update after this expectation
 */
public record Round(
        int number,
        double objective,
        double change,
        long rows,
        double broadcast,
        double compute,
        double reduce,
        double update) {
    /** Duration of the whole round in seconds. */
    public double seconds() {
        return broadcast + compute + reduce + update;
    }
}
