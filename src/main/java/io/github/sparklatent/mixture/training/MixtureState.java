package io.github.sparklatent.mixture.training;

import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.bayes.VariationalInference.InferenceState;
import io.github.sparklatent.mixture.stochastic.LocalModel;

/**
 * The model of a fit between two rounds, for each {@link FitMethod}.
 *
 * @param mixture the current mixture; in variational inference, that around which the parameters have coordinates
 * @param sizes expected number of rows of each component, which variational Bayes keeps beside the mixture; null for
 *     the start of a fit, and for the other methods. Not to be modified.
 * @param progress what stepwise EM and gradient ascent keep beside the mixture; null for the start of a fit, after
 *     their last traversal, and for the other methods
 * @param inference posterior of variational inference; null for the start of a fit, and for the other methods
 * @param first the robust fit of one component that has left rows out; null for the start of a fit, and without one
 */
public record MixtureState(
        MixedMixture mixture,
        double[] sizes,
        LocalModel.Progress progress,
        InferenceState inference,
        MixedMixture first) {
    /** Returns the state of a mixture that nothing is kept beside. */
    static MixtureState of(MixedMixture mixture) {
        return new MixtureState(mixture, null, null, null, null);
    }
}
