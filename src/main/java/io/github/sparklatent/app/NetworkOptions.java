package io.github.sparklatent.app;

import io.github.sparklatent.app.config.ArchitectureSettings;
import io.github.sparklatent.app.config.AveragingSettings;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.config.LayerSetting;
import io.github.sparklatent.app.config.LossSettings;
import io.github.sparklatent.app.config.ModelType;
import io.github.sparklatent.app.config.NetworkSettings;
import io.github.sparklatent.app.config.OptimizerSettings;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Moments;
import io.github.sparklatent.learn.Optimizer;
import io.github.sparklatent.learn.OuterOptimizer;
import io.github.sparklatent.learn.Schedule;
import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.ml.NetworkNames;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.Likelihood;
import io.github.sparklatent.nn.NetworkPlan;
import io.github.sparklatent.vae.Architecture;
import io.github.sparklatent.vae.AutoencoderObjective;
import io.github.sparklatent.vae.AutoencoderOptions;
import io.github.sparklatent.vae.Bound;
import io.github.sparklatent.vae.Corruption;
import io.github.sparklatent.vae.GradientEstimator;
import io.github.sparklatent.vae.Kind;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.VariationalObjective;
import io.github.sparklatent.vae.VariationalOptions;
import java.util.List;
import java.util.Optional;

/** What the configuration says of a network, as the core wants it. */
final class NetworkOptions {
    private final NetworkSettings settings;
    private final long seed;

    NetworkOptions(JobConfiguration configuration) {
        this.settings = (NetworkSettings) configuration.model();
        this.seed = configuration.train().seed();
    }

    Kind kind() {
        return settings.type() == ModelType.AE ? Kind.AUTOENCODER : Kind.VARIATIONAL;
    }

    /**
     * The networks.
     *
     * @param width numbers of a row
     * @param size channels, height and width of the images that the data say rows are
     * @throws UsageException where layers, image and rows do not fit one another
     */
    Architecture architecture(int width, Likelihood likelihood, Optional<List<Integer>> size) {
        ArchitectureSettings asked = settings.architecture();
        List<LayerSpec> encoder = layers(asked.encoder());
        try {
            return new Architecture(
                    width,
                    asked.image().or(() -> size).map(NetworkOptions::image).orElse(null),
                    asked.latent(),
                    encoder,
                    asked.decoder()
                            .map(NetworkOptions::layers)
                            .orElseGet(() -> NetworkPlan.reversed(encoder)),
                    NetworkNames.constant(Activation.class, asked.activation()),
                    likelihood,
                    Initialization.HE_UNIFORM);
        } catch (IllegalArgumentException e) {
            throw new UsageException("the networks of model do not fit: " + e.getMessage(), e);
        }
    }

    private static ImageShape image(List<Integer> size) {
        return new ImageShape(size.get(0), size.get(1), size.get(2));
    }

    private static List<LayerSpec> layers(List<LayerSetting> layers) {
        return layers.stream().map(NetworkOptions::layer).toList();
    }

    private static LayerSpec layer(LayerSetting layer) {
        return layer.isConvolution()
                ? new LayerSpec.Kernel(
                        layer.width(), layer.kernel(), layer.stride(), layer.padding())
                : new LayerSpec.Width(layer.width());
    }

    StochasticObjective objective(Architecture architecture) {
        LossSettings loss = settings.loss();
        Corruption corruption =
                new Corruption(
                        NetworkNames.constant(Corruption.Type.class, loss.corruption()),
                        loss.level());
        return kind() == Kind.AUTOENCODER
                ? new AutoencoderObjective(
                        architecture, new AutoencoderOptions(corruption, loss.binarize()))
                : new VariationalObjective(
                        architecture,
                        new VariationalOptions(
                                NetworkNames.constant(Bound.class, loss.objective()),
                                NetworkNames.constant(GradientEstimator.class, loss.gradient()),
                                loss.samples(),
                                loss.beta(),
                                loss.betaWarmUpPasses(),
                                loss.freeBits(),
                                corruption,
                                loss.binarize()));
    }

    ScoringOptions scoring() {
        return ScoringOptions.DEFAULT
                .withSamples(settings.loss().samples())
                .withBinarize(settings.loss().binarize())
                .withSeed(seed);
    }

    int importanceSamples() {
        return settings.loss().importanceSamples();
    }

    AveragingOptions averaging() {
        AveragingSettings rounds = settings.averaging();
        return AveragingOptions.DEFAULT
                .withMaxPasses(rounds.maxPasses())
                .withRoundsPerPass(rounds.roundsPerPass().orElse(0.0))
                .withLocalSteps(rounds.localSteps().orElse(0))
                .withBatchSize(rounds.batchSize().orElse(0))
                .withOptimizer(optimizer(settings.optimizer()))
                .withMoments(NetworkNames.constant(Moments.class, settings.optimizer().moments()))
                .withOuter(outer(rounds.outer()))
                .withMovingAverage(rounds.movingAverage())
                .withEvaluateEvery(rounds.evaluateEvery().orElse(0))
                .withPatience(rounds.patience())
                .withSeed(seed);
    }

    private static Optimizer optimizer(OptimizerSettings asked) {
        Optimizer preset = Optimizer.of(NetworkNames.constant(Optimizer.Type.class, asked.type()));
        OptimizerSettings.ScheduleSettings schedule = asked.schedule();
        Schedule curve = Schedule.of(NetworkNames.constant(Schedule.Type.class, schedule.type()));
        return new Optimizer(
                preset.type(),
                asked.learningRate().orElse(preset.learningRate()),
                asked.momentum().orElse(preset.momentum()),
                asked.beta1().orElse(preset.beta1()),
                asked.beta2().orElse(preset.beta2()),
                asked.epsilon().orElse(preset.epsilon()),
                asked.weightDecay().orElse(preset.weightDecay()),
                asked.clipNorm(),
                new Schedule(
                        curve.type(),
                        schedule.factor().orElse(curve.factor()),
                        schedule.every().orElse(curve.every()),
                        schedule.share().orElse(curve.share()),
                        schedule.least().orElse(curve.least()),
                        schedule.warmUpPasses()));
    }

    private static OuterOptimizer outer(AveragingSettings.OuterSettings asked) {
        OuterOptimizer preset =
                OuterOptimizer.of(NetworkNames.constant(OuterOptimizer.Type.class, asked.type()));
        return new OuterOptimizer(
                preset.type(),
                asked.learningRate().orElse(preset.learningRate()),
                asked.momentum().orElse(preset.momentum()),
                asked.beta2().orElse(preset.beta2()),
                asked.epsilon().orElse(preset.epsilon()),
                asked.warmUpPasses().orElse(preset.warmUpPasses()));
    }
}
