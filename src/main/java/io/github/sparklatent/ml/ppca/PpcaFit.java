package io.github.sparklatent.ml.ppca;

import io.github.sparklatent.ppca.Ppca;
import java.util.Arrays;

/**
 * The record of a fit, saved with the model.
 *
 * @param rows number of rows of the training table
 * @param weight total weight of these rows
 * @param meanLogLikelihood mean log-likelihood of the training rows, nats per row of weight 1
 * @param holdoutMeanLogLikelihood mean log-likelihood of the held-out rows; NaN if none were held
 *     out
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
    /**
     * Returns the share of the total variance along the axis of each latent variable. It is 0 for a
     * latent variable whose loadings are 0, because its variance does not exceed the noise.
     */
    public double[] explained(Ppca model) {
        double total = Arrays.stream(variances).sum();
        return Arrays.stream(variances, 0, model.latent())
                .map(variance -> variance > model.noise() ? variance / total : 0)
                .toArray();
    }
}
