package io.github.sparklatent.bench.adversarial;

import io.github.sparklatent.bench.clustering.ClusterSetting;
import io.github.sparklatent.bench.command.RunOptions;
import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.learn.stage.StagedListener;
import io.github.sparklatent.learn.stage.StagedState;
import io.github.sparklatent.learn.stage.StagedTraining;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.adversarial.AdversarialGame;
import io.github.sparklatent.vae.adversarial.AdversarialTarget;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialObjective;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialOptions;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import io.github.sparklatent.vae.stage.MixtureStages;
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
    /** A decoder stage without a discriminator. */
    MOG_VAE(
            "MoG-VAE, decoder stage with adversarialWeight 0",
            Kind.MIXTURE,
            (setting, options) -> mixture(setting, options, 0, AdversarialTarget.DEFAULT)),
    /** A decoder stage against a discriminator of samples. */
    MOG_VAE_ADVERSARIAL(
            "MoG-VAE, decoder stage with adversarialWeight 5, of samples",
            Kind.MIXTURE,
            (setting, options) -> mixture(setting, options, 5, AdversarialTarget.SAMPLES)),
    /** A decoder stage against a discriminator of reconstructions. */
    MOG_VAE_RECONSTRUCTIONS(
            "MoG-VAE, decoder stage with adversarialWeight 5, of reconstructions",
            Kind.MIXTURE,
            (setting, options) -> mixture(setting, options, 5, AdversarialTarget.RECONSTRUCTIONS)),
    /** A decoder stage against a discriminator of reconstructions and samples. */
    MOG_VAE_BOTH(
            "MoG-VAE, decoder stage with adversarialWeight 5, of both",
            Kind.MIXTURE,
            (setting, options) -> mixture(setting, options, 5, AdversarialTarget.BOTH));

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
                AdversarialGame.of(setting.architecture(), NORMALIZED),
                options.withOptimizer(adam(setting.rate()))));
    }

    /** Trains the whole network first, then the decoder. */
    private static List<Stage> mixture(
            SampleSetting setting, AveragingOptions options, double weight, AdversarialTarget target) {
        AveragingOptions decoder =
                options.withMaxEpochs(setting.decoderEpochs()).withOptimizer(adam(setting.rate()));
        return MixtureStages.of(
                setting.architecture(),
                VariationalOptions.DEFAULT,
                SMOOTHED,
                List.of(
                        new MixtureStages.Options("joint", options, 0),
                        new MixtureStages.Options("decoder", decoder, weight, target)));
    }

    /** Trains the network in all its stages. */
    TrainedNetwork train(SampleSetting setting, Shards train, RunOptions limits, long seed) {
        Architecture architecture = setting.architecture();
        double epochs = limits.limit(setting.epochs());
        AveragingOptions options = AveragingOptions.DEFAULT
                .withMaxEpochs(epochs)
                .withBatchSize(ClusterSetting.share(setting.batch(), setting.partitions()))
                .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE)) // momentum overshoots in a game
                .withSeed(seed)
                .withOptimizer(Optimizer.DEFAULT);
        float[] parameters = StagedTraining.run(
                        toString(),
                        stages.apply(setting, options),
                        train,
                        null,
                        StagedState.start(architecture.initialize(kind, seed)),
                        StagedListener.NONE)
                .parameters();
        return new TrainedNetwork(kind, architecture, parameters);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
