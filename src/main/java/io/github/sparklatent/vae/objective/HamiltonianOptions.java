package io.github.sparklatent.vae.objective;

import io.github.sparklatent.learn.Require;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;

/**
 * The options of {@link HamiltonianObjective}.
 *
 * @param samples L, number of samples of z from q(z|x) that are drawn for the bound of each row
 * @param betaWarmUpEpochs number of epochs at the start of training during which the weight of the
 *     KL divergence in the loss of the encoder rises linearly from 0 to 1; 0: no warm-up
 * @param chainSteps number of transitions of the chain of a row in each training step
 * @param leapfrogSteps number of leapfrog steps of a transition
 * @param stepSize size of a leapfrog step at the start, in deviations of q(z|x)
 * @param targetAcceptance mean acceptance probability towards which the step size is adapted; 0
 *     keeps the step size. 0.65 is the best for long trajectories in many dimensions (Neal 2011,
 *     section 5.4.4)
 * @param binarize whether each value, in [0, 1], is drawn as 0 or 1 each time its row is used; for
 *     the bernoulli likelihood only
 */
@RecordBuilder
public record HamiltonianOptions(
        int samples,
        double betaWarmUpEpochs,
        int chainSteps,
        int leapfrogSteps,
        double stepSize,
        double targetAcceptance,
        boolean binarize)
        implements HamiltonianOptionsBuilder.With, Serializable {
    /** The default options. Defaults are defined here only. */
    public static final HamiltonianOptions DEFAULT =
            new HamiltonianOptions(1, 0, 5, 5, 0.5, 0.65, false);

    /** Creates options. */
    public HamiltonianOptions {
        Require.that(samples >= 1, "samples is %d, expected at least 1", samples);
        Require.that(
                betaWarmUpEpochs >= 0 && betaWarmUpEpochs < Double.POSITIVE_INFINITY,
                "betaWarmUpEpochs is %s, expected a finite number not below 0",
                betaWarmUpEpochs);
        Require.that(chainSteps >= 1, "chainSteps is %d, expected at least 1", chainSteps);
        Require.that(leapfrogSteps >= 1, "leapfrogSteps is %d, expected at least 1", leapfrogSteps);
        Require.that(
                stepSize > 0 && stepSize < Double.POSITIVE_INFINITY,
                "stepSize is %s, expected a finite number above 0",
                stepSize);
        Require.that(
                targetAcceptance >= 0 && targetAcceptance < 1,
                "targetAcceptance is %s, expected a number from 0 to below 1",
                targetAcceptance);
    }
}
