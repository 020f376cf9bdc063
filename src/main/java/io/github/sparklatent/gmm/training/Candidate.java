package io.github.sparklatent.gmm.training;

/**
 * One fit among those that the best was chosen from.
 *
 * @param components k
 * @param restart 0, 1, ...
 * @param rounds updates made
 * @param converged whether the tolerance ended the rounds
 * @param meanLogLikelihood of the training rows, nats a row
 * @param holdoutMeanLogLikelihood of the held-out rows, nats a row; NaN where none are held out
 * @param mutualInformation of row and component over the training rows, in nats; NaN where it is
 *     not the criterion
 * @param bic −2 log L + p log n, n being the rows' total weight (Schwarz 1978)
 * @param aic −2 log L + 2 p (Akaike 1974)
 */
public record Candidate(
        int components,
        int restart,
        int rounds,
        boolean converged,
        double meanLogLikelihood,
        double holdoutMeanLogLikelihood,
        double mutualInformation,
        double bic,
        double aic) {}
