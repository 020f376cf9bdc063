package io.github.sparklatent.app;

import io.github.sparklatent.app.config.LossSettings;
import io.github.sparklatent.app.config.NetworkSettings;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.ml.NetworkNames;
import io.github.sparklatent.vae.Architecture;
import io.github.sparklatent.vae.AutoencoderObjective;
import io.github.sparklatent.vae.AutoencoderOptions;
import io.github.sparklatent.vae.Bound;
import io.github.sparklatent.vae.Corruption;
import io.github.sparklatent.vae.GradientEstimator;
import io.github.sparklatent.vae.VariationalObjective;
import io.github.sparklatent.vae.VariationalOptions;
import java.util.List;

/** The stages of a network's training, as the configuration describes them. */
final class NetworkStages {
    private final NetworkSettings settings;
    private final long seed;
    private final Architecture architecture;

    NetworkStages(NetworkSettings settings, long seed, Architecture architecture) {
        this.settings = settings;
        this.seed = seed;
        this.architecture = architecture;
    }

    /** In their order; one of its own name where the type has none. */
    List<Stage> all() {
        return switch (NetworkTypes.kind(settings.type())) {
            case AUTOENCODER -> alone(new AutoencoderObjective(architecture, autoencoder()));
            case VARIATIONAL -> alone(new VariationalObjective(architecture, variational()));
            default -> throw new IllegalStateException();
        };
    }

    private List<Stage> alone(StochasticObjective objective) {
        return List.of(Stage.of("training", objective, rounds()));
    }

    private AveragingOptions rounds() {
        return RoundOptions.of(settings.averaging(), settings.optimizer(), seed);
    }

    private AutoencoderOptions autoencoder() {
        return new AutoencoderOptions(corruption(), settings.loss().binarize());
    }

    private VariationalOptions variational() {
        LossSettings loss = settings.loss();
        return new VariationalOptions(
                NetworkNames.constant(Bound.class, loss.objective()),
                NetworkNames.constant(GradientEstimator.class, loss.gradient()),
                loss.samples(),
                loss.beta(),
                loss.betaWarmUpPasses(),
                loss.freeBits(),
                corruption(),
                loss.binarize());
    }

    private Corruption corruption() {
        LossSettings loss = settings.loss();
        return new Corruption(
                NetworkNames.constant(Corruption.Type.class, loss.corruption()), loss.level());
    }
}
