package io.github.sparklatent.bench.training;

import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.Bound;
import io.github.sparklatent.vae.objective.HamiltonianObjective;
import io.github.sparklatent.vae.objective.HamiltonianOptions;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.util.function.Function;

/** A way to train the same decoder. */
enum ChainMethod {
    VAE("vae", "VAE", Kind.VARIATIONAL, network -> variational(network, Bound.ELBO, 1)),
    IWAE_5("iwae-5", "IWAE, 5 samples", Kind.VARIATIONAL, network -> variational(network, Bound.IWAE, 5)),
    CHAINS_1("dlgm-1", "DLGM, 1 transition", network -> chains(network, 1)),
    CHAINS_5("dlgm-5", "DLGM, 5 transitions", network -> chains(network, 5)),
    CHAINS_10("dlgm-10", "DLGM, 10 transitions", network -> chains(network, 10));

    /** Epochs in which the weight of the KL divergence rises, in all methods. */
    private static final double WARM_UP = 20;

    final String run;
    final String title;
    final Kind kind;
    private final Function<Architecture, StochasticObjective> objective;

    ChainMethod(String run, String title, Function<Architecture, StochasticObjective> objective) {
        this(run, title, Kind.DEEP_LATENT_GAUSSIAN, objective);
    }

    ChainMethod(String run, String title, Kind kind, Function<Architecture, StochasticObjective> objective) {
        this.run = run;
        this.title = title;
        this.kind = kind;
        this.objective = objective;
    }

    StochasticObjective objective(Architecture network) {
        return objective.apply(network);
    }

    private static StochasticObjective variational(Architecture network, Bound bound, int samples) {
        return new VariationalObjective(
                network,
                VariationalOptions.DEFAULT.withBound(bound).withSamples(samples).withBetaWarmUpEpochs(WARM_UP));
    }

    private static StochasticObjective chains(Architecture network, int transitions) {
        return new HamiltonianObjective(
                network, HamiltonianOptions.DEFAULT.withChainSteps(transitions).withBetaWarmUpEpochs(WARM_UP));
    }
}
