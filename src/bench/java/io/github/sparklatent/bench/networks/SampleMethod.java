package io.github.sparklatent.bench.networks;

import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Optimizer;
import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.learn.StagedListener;
import io.github.sparklatent.learn.StagedState;
import io.github.sparklatent.learn.StagedTraining;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.adversarial.AdversarialGame;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialObjective;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialOptions;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import io.github.sparklatent.vae.stage.MixtureStages;
import java.util.List;
import java.util.Locale;

/** A network that rows are drawn from. */
enum SampleMethod {
    /** Without an adversary. */
    VAE("VAE", Kind.VARIATIONAL) {
        @Override
        List<Stage> stages(SampleSetting setting, AveragingOptions options) {
            VariationalObjective objective =
                    new VariationalObjective(setting.architecture(), VariationalOptions.DEFAULT);
            return List.of(Stage.of("joint", objective, options));
        }
    },
    /**
     * An autoencoder that plays. Under spectral normalisation the discriminator's hidden layer
     * would change so little from row to row that codes would not be worth their divergence.
     */
    VAE_GAN("VAE-GAN", Kind.VARIATIONAL_ADVERSARIAL) {
        @Override
        List<Stage> stages(SampleSetting setting, AveragingOptions options) {
            VariationalAdversarialOptions loss =
                    VariationalAdversarialOptions.DEFAULT.withAdversarial(GameSetting.SMOOTHED);
            Optimizer adam = GameSetting.adam(setting.rate());
            Optimizer judge = GameSetting.adam(setting.rate() / 2);
            return List.of(
                    Stage.of(
                            "game",
                            new VariationalAdversarialObjective(setting.architecture(), loss),
                            options.withOptimizers(List.of(adam, adam, judge))));
        }
    },
    /** Without an encoder, so that nothing is reconstructed. */
    GAN("GAN", Kind.ADVERSARIAL) {
        @Override
        List<Stage> stages(SampleSetting setting, AveragingOptions options) {
            return List.of(
                    Stage.of(
                            "game",
                            AdversarialGame.of(setting.architecture(), GameSetting.NORMALIZED),
                            options.withOptimizer(GameSetting.adam(setting.rate()))));
        }
    },
    /** A mixture whose decoder goes on by itself. */
    MOG_VAE("MoG-VAE, decoder stage with adversarialWeight 0", Kind.MIXTURE) {
        @Override
        List<Stage> stages(SampleSetting setting, AveragingOptions options) {
            return mixture(setting, options, 0);
        }
    },
    /** The same against a discriminator. */
    MOG_VAE_ADVERSARIAL("MoG-VAE, decoder stage with adversarialWeight 5", Kind.MIXTURE) {
        @Override
        List<Stage> stages(SampleSetting setting, AveragingOptions options) {
            return mixture(setting, options, WEIGHT);
        }
    };

    private static final double WEIGHT = 5;

    private final String title;
    private final Kind kind;

    SampleMethod(String title, Kind kind) {
        this.title = title;
        this.kind = kind;
    }

    /** How it is trained. */
    abstract List<Stage> stages(SampleSetting setting, AveragingOptions options);

    String title() {
        return title;
    }

    Kind kind() {
        return kind;
    }

    /** All of the bound first, then the decoder. */
    private static List<Stage> mixture(
            SampleSetting setting, AveragingOptions options, double weight) {
        AveragingOptions decoder =
                options.withMaxPasses(setting.sharpening())
                        .withOptimizer(GameSetting.adam(setting.rate()));
        return MixtureStages.of(
                setting.architecture(),
                VariationalOptions.DEFAULT,
                GameSetting.SMOOTHED,
                List.of(
                        new MixtureStages.Options("joint", options, 0),
                        new MixtureStages.Options("decoder", decoder, weight)));
    }

    /** The network after all its stages. */
    TrainedNetwork train(SampleSetting setting, Shards train, NetworkOptions limits, long seed) {
        Architecture architecture = setting.architecture();
        AveragingOptions options =
                GameSetting.averaging(
                                limits.limit(setting.passes()),
                                setting.batch(),
                                setting.partitions(),
                                seed)
                        .withOptimizer(Optimizer.DEFAULT);
        float[] parameters =
                StagedTraining.run(
                                toString(),
                                stages(setting, options),
                                train,
                                null,
                                StagedState.start(architecture.initialize(kind, seed)),
                                StagedListener.NONE)
                        .parameters();
        return new TrainedNetwork(kind, architecture, parameters);
    }

    /** As runs are named. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
