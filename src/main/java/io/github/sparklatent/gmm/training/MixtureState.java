package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.model.Mixture;

/**
 * The model of a fit between two rounds, for each {@link FitMethod}.
 *
 * @param mixture the current mixture
 * @param sizes expected number of rows of each component, which variational Bayes keeps beside the
 *     mixture; null for the start of a fit, and for expectation-maximisation. Not to be modified.
 */
public record MixtureState(Mixture mixture, double[] sizes) {
    /** Returns the state of a mixture that nothing is kept beside. */
    static MixtureState of(Mixture mixture) {
        return new MixtureState(mixture, null);
    }
}
