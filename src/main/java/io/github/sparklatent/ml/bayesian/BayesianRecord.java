package io.github.sparklatent.ml.bayesian;

/**
 * The record of a fit, saved with the model.
 *
 * @param rows number of rows of the training table
 * @param weight total weight of these rows
 * @param elbo estimate of the evidence lower bound, nats per row of weight 1
 * @param elboError standard error of that estimate
 * @param meanLogDensity mean log posterior predictive density of the training rows, nats per row
 * @param holdoutMeanLogDensity the same of the held-out rows; NaN if none were held out
 * @param rounds number of rounds
 * @param converged whether the tolerance ended the rounds
 * @param origin provenance of the model: a JSON object
 */
public record BayesianRecord(
        long rows,
        double weight,
        double elbo,
        double elboError,
        double meanLogDensity,
        double holdoutMeanLogDensity,
        int rounds,
        boolean converged,
        String origin) {}
