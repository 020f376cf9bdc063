package io.github.sparklatent.mixture.training;

/**
 * The metrics of one fit among the fits that were compared.
 *
 * @param components k, the number of components
 * @param restart number of the restart, from 0
 * @param rounds number of updates
 * @param converged whether the tolerance ended the fit, not the maximum of rounds
 * @param meanLogLikelihood mean log-likelihood of the training rows, nats per row; a robust fit leaves some of them out
 * @param holdoutMeanLogLikelihood mean log-likelihood of the held-out rows, nats per row; NaN if none are held out
 * @param mutualInformation mutual information between row and component over the training rows, in nats; NaN if it does
 *     not choose among restarts
 * @param bic −2 log L + p log n, n being the number of rows, see {@link io.github.sparklatent.learn.SampleSize}
 *     (Schwarz 1978)
 * @param objective what the fit maximises, nats per row: the mean log-likelihood, and the log prior if there is one
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
        double objective) {
    /** Returns the cost for comparing restarts; smaller is better. */
    public double costOfRestart() {
        return Double.isNaN(mutualInformation) ? -objective : -mutualInformation;
    }
}
