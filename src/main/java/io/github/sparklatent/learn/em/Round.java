package io.github.sparklatent.learn.em;

/**
 * The record of one round.
 *
 * @param number 0 for the start, then 1, 2, ...: how many updates the model evaluated here has had
 * @param objective of that model over all rows, e.g. its mean log-likelihood in nats a row
 * @param change objective less that of the round before; NaN at the start and after a
 *     re-initialising
 * @param rows rows of the table that the round went over
 * @param broadcast seconds of sending the model to the workers
 * @param compute seconds of the workers' computation
 * @param reduce seconds of combining their results
 * @param update seconds of the update that followed on the driver
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
    /** Seconds of the whole round. */
    public double seconds() {
        return broadcast + compute + reduce + update;
    }
}
