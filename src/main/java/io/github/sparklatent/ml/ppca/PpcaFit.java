package io.github.sparklatent.ml.ppca;

import java.util.Arrays;

/**
 * The record of a fit, saved with the model.
 *
 * @param rows number of rows of the training table
 * @param weight total weight of these rows
 * @param meanLogLikelihood of the training rows, nats per row of weight 1
 * @param holdoutMeanLogLikelihood of the held-out rows; NaN if none were held out
 * @param variances eigenvalues of the covariance of the training rows, greatest first
 * @param origin provenance of the model: a JSON object
 */
public record PpcaFit(
        long rows,
        double weight,
        double meanLogLikelihood,
        double holdoutMeanLogLikelihood,
        double[] variances,
        String origin) {
    /** Returns the share of the total variance along each of the first axes. */
    public double[] explained(int axes) {
        double total = Arrays.stream(variances).sum();
        return Arrays.stream(variances, 0, axes).map(v -> v / total).toArray();
    }
}
