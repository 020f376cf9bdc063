package io.github.sparklatent.ml.rounds;

/**
 * The figures of a fit, saved with the model.
 *
 * @param rows number of rows of the training table
 * @param weight total weight of these rows
 * @param meanLogLikelihood mean log-likelihood of the training rows, nats per row of weight 1
 * @param holdoutMeanLogLikelihood the same of the held-out rows; NaN if none were held out
 * @param rounds number of updates
 * @param converged whether the tolerance ended the rounds
 * @param origin provenance of the model: a JSON object
 */
public record EmFigures(
        long rows,
        double weight,
        double meanLogLikelihood,
        double holdoutMeanLogLikelihood,
        int rounds,
        boolean converged,
        String origin) {}
