package io.github.sparklatent.bench.adversarial;

import io.github.sparklatent.bench.clustering.ClusterSetting;
import io.github.sparklatent.bench.command.RunOptions;
import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.learn.stage.StagedState;
import io.github.sparklatent.learn.stage.StagedTraining;
import io.github.sparklatent.learn.stage.StagedTraining.StagedListener;
import io.github.sparklatent.settings.Names;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.adversarial.AdversarialTarget;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialObjective;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialOptions;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import io.github.sparklatent.vae.stage.VaeStage;
import io.github.sparklatent.vae.stage.VaeStages;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** A network that rows are drawn from. */
enum SampleMethod {
    /** Without a discriminator. */
    VAE("VAE", Kind.VARIATIONAL, SampleMethod::vae),
    /**
     * A VAE in a game. Its discriminator has no spectral normalisation: with it the hidden layer would change so little
     * from row to row that codes would not be worth their divergence.
     */
    VAE_GAN("VAE-GAN", Kind.VARIATIONAL_ADVERSARIAL, SampleMethod::vaeGan),
    /** Without an encoder, so that it reconstructs nothing. */
    GAN("GAN", Kind.ADVERSARIAL, SampleMethod::gan),
    /** All parts together, from random parameters. */
    MOG_VAE_JOINT("MoG-VAE: joint", Kind.MIXTURE, mixture(0, AdversarialTarget.DEFAULT, "joint")),
    /** The three stages of the source. */
    MOG_VAE_STAGES(
            "MoG-VAE: encoder, decoder, joint",
            Kind.MIXTURE,
            mixture(0, AdversarialTarget.DEFAULT, "encoder", "decoder", "joint")),
    MOG_VAE_STAGES_RECONSTRUCTIONS(
            "MoG-VAE: encoder, decoder*, joint* 0.1, reconstructions",
            Kind.MIXTURE,
            mixture(0.1, AdversarialTarget.RECONSTRUCTIONS, "encoder", "decoder*", "joint*")),
    MOG_VAE_STAGES_SAMPLES(
            "MoG-VAE: encoder, decoder*, joint* 0.1, samples",
            Kind.MIXTURE,
            mixture(0.1, AdversarialTarget.SAMPLES, "encoder", "decoder*", "joint*")),
    /** From the clusters of an autoencoder's codes. */
    MOG_VAE_CLUSTERED(
            "MoG-VAE: autoencoder, joint", Kind.MIXTURE, mixture(0, AdversarialTarget.DEFAULT, "autoencoder", "joint")),
    MOG_VAE_CLUSTERED_STAGES(
            "MoG-VAE: autoencoder, encoder, decoder, joint",
            Kind.MIXTURE,
            mixture(0, AdversarialTarget.DEFAULT, "autoencoder", "encoder", "decoder", "joint")),
    MOG_VAE_CLUSTERED_RECONSTRUCTIONS(
            "MoG-VAE: autoencoder, encoder, decoder*, joint* 0.1, reconstructions",
            Kind.MIXTURE,
            mixture(0.1, AdversarialTarget.RECONSTRUCTIONS, "autoencoder", "encoder", "decoder*", "joint*")),
    MOG_VAE_CLUSTERED_SAMPLES(
            "MoG-VAE: autoencoder, encoder, decoder*, joint* 0.1, samples",
            Kind.MIXTURE,
            mixture(0.1, AdversarialTarget.SAMPLES, "autoencoder", "encoder", "decoder*", "joint*")),
    MOG_VAE_CLUSTERED_HALF(
            "MoG-VAE: autoencoder, encoder, decoder*, joint* 0.5, reconstructions",
            Kind.MIXTURE,
            mixture(0.5, AdversarialTarget.RECONSTRUCTIONS, "autoencoder", "encoder", "decoder*", "joint*")),
    MOG_VAE_CLUSTERED_STRONG(
            "MoG-VAE: autoencoder, encoder, decoder*, joint* 5, reconstructions",
            Kind.MIXTURE,
            mixture(5, AdversarialTarget.RECONSTRUCTIONS, "autoencoder", "encoder", "decoder*", "joint*")),
    /** The decoder at the end. */
    MOG_VAE_LAST_RECONSTRUCTIONS(
            "MoG-VAE: joint, decoder* 5, reconstructions",
            Kind.MIXTURE,
            mixture(5, AdversarialTarget.RECONSTRUCTIONS, "joint", "decoder*")),
    MOG_VAE_CLUSTERED_LAST(
            "MoG-VAE: autoencoder, joint, decoder* 5, reconstructions",
            Kind.MIXTURE,
            mixture(5, AdversarialTarget.RECONSTRUCTIONS, "autoencoder", "joint", "decoder*"));

    /** Options for a generator by itself: a smooth discriminator. */
    private static final AdversarialOptions NORMALIZED = AdversarialOptions.DEFAULT.withSpectralNormalization(true);

    /** Options for a decoder that reconstructs, too: a discriminator that is never certain. */
    private static final AdversarialOptions SMOOTHED = AdversarialOptions.DEFAULT.withLabelSmoothing(0.1);

    private static final double BETA_1 = 0.5;
    private static final double BETA_2 = 0.999;

    final String title;
    final Kind kind;
    private final BiFunction<SampleSetting, AveragingOptions, List<Stage>> stages;

    SampleMethod(String title, Kind kind, BiFunction<SampleSetting, AveragingOptions, List<Stage>> stages) {
        this.title = title;
        this.kind = kind;
        this.stages = stages;
    }

    /** Adam with little momentum, because the gradients of past steps are of another opponent. */
    private static Optimizer adam(double rate) {
        return Optimizer.DEFAULT.withLearningRate(rate).withBetas(BETA_1, BETA_2);
    }

    private static List<Stage> vae(SampleSetting setting, AveragingOptions options) {
        Architecture architecture = setting.architecture();
        VariationalObjective objective = new VariationalObjective(architecture, VariationalOptions.DEFAULT);
        return List.of(Stage.of("joint", objective, options));
    }

    private static List<Stage> vaeGan(SampleSetting setting, AveragingOptions options) {
        VariationalAdversarialOptions loss = VariationalAdversarialOptions.DEFAULT.withAdversarial(SMOOTHED);
        Optimizer adam = adam(setting.rate());
        Optimizer discriminator = adam(setting.rate() / 2);
        return List.of(Stage.of(
                "game",
                new VariationalAdversarialObjective(setting.architecture(), loss),
                options.withOptimizers(List.of(adam, adam, discriminator))));
    }

    private static List<Stage> gan(SampleSetting setting, AveragingOptions options) {
        return List.of(Stage.of(
                "game",
                setting.architecture().networks(Kind.ADVERSARIAL).game(NORMALIZED),
                options.withOptimizer(adam(setting.rate()))));
    }

    /**
     * Returns a training in stages.
     *
     * @param weight of the loss against a discriminator
     * @param names of the stages; those with a star have a discriminator
     */
    private static BiFunction<SampleSetting, AveragingOptions, List<Stage>> mixture(
            double weight, AdversarialTarget target, String... names) {
        return (setting, options) -> {
            VaeStages stages = new VaeStages(
                    Kind.MIXTURE,
                    setting.architecture(),
                    VariationalOptions.DEFAULT,
                    SMOOTHED,
                    ClusteringRecipe.DEFAULT);
            return Arrays.stream(names)
                    .map(name -> stage(stages, setting, options, weight, target, name))
                    .toList();
        };
    }

    private static Stage stage(
            VaeStages stages,
            SampleSetting setting,
            AveragingOptions options,
            double weight,
            AdversarialTarget target,
            String name) {
        boolean joint = name.startsWith("joint");
        double epochs = joint ? options.maxEpochs() : Math.min(options.maxEpochs(), setting.decoderEpochs());
        AveragingOptions rounds = options.withMaxEpochs(epochs);
        VaeStage stage = Names.parse(VaeStage.class, "stage", name.replace("*", ""));
        return name.endsWith("*")
                ? stages.stage(
                        stage,
                        rounds.withOptimizers(
                                List.of(adam(setting.rate()), joint ? Optimizer.DEFAULT : adam(setting.rate()))),
                        weight,
                        target)
                : stages.stage(stage, rounds);
    }

    /** Trains the network in all its stages. */
    TrainedNetwork train(SampleSetting setting, Shards train, RunOptions limits, long seed) {
        Architecture architecture = setting.architecture();
        double epochs = limits.limit(setting.epochs(this));
        AveragingOptions options = AveragingOptions.DEFAULT
                .withMaxEpochs(epochs)
                .withBatchSize(ClusterSetting.share(setting.batch(), setting.partitions()))
                .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE)) // momentum overshoots in a game
                .withSeed(seed)
                .withOptimizer(Optimizer.DEFAULT);
        List<Stage> all = stages.apply(setting, options);
        Kind first = all.get(0).name().equals("autoencoder") ? Kind.AUTOENCODER : kind;
        float[] parameters = StagedTraining.run(
                        toString(),
                        all,
                        train,
                        null,
                        StagedState.start(architecture.initialize(first, seed)),
                        StagedListener.NONE)
                .parameters();
        return new TrainedNetwork(kind, architecture, parameters);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
