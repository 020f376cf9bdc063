package io.github.sparklatent.scoring;

import io.github.sparklatent.linear.LinearGaussian;
import java.util.stream.IntStream;

/**
 * The record of a fit, saved with the model.
 *
 * @param rows number of rows of the training table
 * @param weight total weight of these rows
 * @param meanLogLikelihood mean log-likelihood of the training rows, nats per row of weight 1
 * @param holdoutMeanLogLikelihood mean log-likelihood of the held-out rows; NaN if none were held out
 * @param variances variances along the axes of the latent variables, greatest first: with the noise for probabilistic
 *     PCA, without it for factor analysis. After the closed form, the variances along the other axes may follow.
 * @param total sum of the variances of the columns
 * @param rounds number of rounds of EM; 1 for the closed form
 * @param converged whether the tolerance ended the rounds
 * @param origin provenance of the model: a JSON object
 */
public record LinearRecord(
        long rows,
        double weight,
        double meanLogLikelihood,
        double holdoutMeanLogLikelihood,
        double[] variances,
        double total,
        int rounds,
        boolean converged,
        String origin) {
    /**
     * Returns the share of the total variance along the axis of each latent variable. It is 0 for a latent variable of
     * probabilistic PCA whose loadings are 0, because its variance does not exceed the noise.
     */
    public double[] explained(LinearGaussian model) {
        double least = model.isIsotropic() ? model.noise(0) : 0;
        double[] lengths = model.squaredLengths();
        return IntStream.range(0, lengths.length)
                .mapToDouble(i -> lengths[i] > 0 && variances[i] > least ? variances[i] / total : 0)
                .toArray();
    }
}
