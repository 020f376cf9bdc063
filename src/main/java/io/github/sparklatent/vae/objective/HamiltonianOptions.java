package io.github.sparklatent.vae.objective;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;

/**
 * The options of {@link HamiltonianObjective}.
 *
 * @param samples L, number of samples of z from q(z|x) that are drawn for the bound of each row
 * @param betaWarmUpEpochs number of epochs at the start of training during which the weight of the KL divergence in the
 *     loss of the encoder rises linearly from 0 to 1; 0: no warm-up
 * @param chainSteps number of transitions of the chain of a row in each training step
 * @param leapfrogSteps number of leapfrog steps of a transition
 * @param binarize whether each value, in [0, 1], is drawn as 0 or 1 each time its row is used; for the bernoulli
 *     likelihood only
 */
@RecordBuilder
public record HamiltonianOptions(
        @Setting(as = VariationalOptions.class) int samples,
        @Setting(as = VariationalOptions.class) double betaWarmUpEpochs,

        @Setting(
                key = "train.chainSteps",
                meaning = "transitions of the Hamiltonian chain of a row in each training" + " step",
                range = ">= 1")
        int chainSteps,

        @Setting(
                key = "train.leapfrogSteps",
                meaning = "leapfrog steps of a transition; each decodes the batch once",
                range = ">= 1")
        int leapfrogSteps,

        @Setting(as = VariationalOptions.class) boolean binarize)
        implements HamiltonianOptionsBuilder.With, Serializable {
    /** The default options. Defaults are defined here only. */
    public static final HamiltonianOptions DEFAULT = new HamiltonianOptions(1, 0, 5, 5, false);

    public HamiltonianOptions {
        Rules.of(HamiltonianOptions.class)
                .range("samples", samples)
                .range("betaWarmUpEpochs", betaWarmUpEpochs)
                .range("chainSteps", chainSteps)
                .range("leapfrogSteps", leapfrogSteps)
                .check();
    }
}
