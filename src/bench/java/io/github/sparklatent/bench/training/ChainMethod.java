package io.github.sparklatent.bench.training;

import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.HamiltonianObjective;
import io.github.sparklatent.vae.objective.HamiltonianOptions;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import io.github.sparklatent.vae.objective.VariationalOptions.Bound;
import java.util.function.BiFunction;

/** A way to train the same decoder. */
enum ChainMethod {
    VAE("vae", "VAE", Kind.VARIATIONAL, (network, chosen) -> variational(network, Bound.ELBO, 1)),
    IWAE_5("iwae-5", "IWAE, 5 samples", Kind.VARIATIONAL, (network, chosen) -> variational(network, Bound.IWAE, 5)),
    CHAINS_1("dlgm-1", "DLGM, 1 transition", (network, chosen) -> chains(network, chosen, 1)),
    CHAINS_5("dlgm-5", "DLGM, 5 transitions", (network, chosen) -> chains(network, chosen, 5)),
    CHAINS_10("dlgm-10", "DLGM, 10 transitions", (network, chosen) -> chains(network, chosen, 10));

    /** Epochs in which the weight of the KL divergence rises, in all methods. */
    private static final double WARM_UP = 20;

    final String run;
    final String title;
    final Kind kind;
    private final BiFunction<Architecture, Boolean, StochasticObjective> objective;

    ChainMethod(String run, String title, BiFunction<Architecture, Boolean, StochasticObjective> objective) {
        this(run, title, Kind.DEEP_LATENT_GAUSSIAN, objective);
    }

    ChainMethod(String run, String title, Kind kind, BiFunction<Architecture, Boolean, StochasticObjective> objective) {
        this.run = run;
        this.title = title;
        this.kind = kind;
        this.objective = objective;
    }

    /**
     * Returns the objective.
     *
     * @param chosen whether held-out rows choose the round, for which chains need a bound tighter than the ELBO
     */
    StochasticObjective objective(Architecture network, boolean chosen) {
        return objective.apply(network, chosen);
    }

    private static StochasticObjective variational(Architecture network, Bound bound, int samples) {
        return new VariationalObjective(
                network,
                VariationalOptions.DEFAULT.withBound(bound).withSamples(samples).withBetaWarmUpEpochs(WARM_UP));
    }

    private static StochasticObjective chains(Architecture network, boolean chosen, int transitions) {
        return new HamiltonianObjective(
                network,
                HamiltonianOptions.DEFAULT
                        .withSamples(chosen ? 5 : 1)
                        .withChainSteps(transitions)
                        .withBetaWarmUpEpochs(WARM_UP));
    }
}
