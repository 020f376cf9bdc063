package io.github.sparklatent.ml.network.options;

import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.gan.GameObjective;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.ml.network.keys.GameOptions;
import io.github.sparklatent.ml.network.keys.LatentMixture;
import io.github.sparklatent.ml.network.keys.NetworkShape;
import io.github.sparklatent.ml.network.keys.PosteriorOptions;
import io.github.sparklatent.ml.network.keys.StageSetting;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.NetworkPlan;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialObjective;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialOptions;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.AutoencoderObjective;
import io.github.sparklatent.vae.objective.AutoencoderOptions;
import io.github.sparklatent.vae.objective.HamiltonianObjective;
import io.github.sparklatent.vae.objective.HamiltonianOptions;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import io.github.sparklatent.vae.stage.VaeStage;
import io.github.sparklatent.vae.stage.VaeStages;
import java.util.List;
import java.util.Optional;

/** Builds the networks and training stages that settings describe. */
public record NetworkOptions(Kind kind, Settings settings) {
    /**
     * Returns the architecture of the networks.
     *
     * @param width number of features of a row
     * @param size channels, height and width of the images in the table, if the table has images
     * @throws UsageException if layers, image and rows do not fit together
     */
    public Architecture architecture(int width, Likelihood likelihood, Optional<List<Integer>> size) {
        NetworkShape shape = settings.bind(kind.hasEncoder() ? NetworkShape.DEFAULT : NetworkShape.GENERATOR);
        LatentMixture mixture = settings.bind(LatentMixture.DEFAULT);
        try {
            Architecture architecture = new Architecture(
                    width,
                    shape.image()
                            .or(() -> size)
                            .filter(image -> likelihood.conditions().isEmpty())
                            .map(NetworkOptions::image)
                            .orElse(null),
                    shape.latent(),
                    shape.encoder(),
                    shape.decoder().orElseGet(() -> NetworkPlan.reversed(shape.encoder())),
                    shape.activation(),
                    likelihood,
                    hasAutoencoder() ? Initialization.XAVIER_UNIFORM : Initialization.HE_UNIFORM,
                    kind.hasComponents() ? mixture.components() : 0,
                    auxiliary(mixture),
                    settings.bind(PosteriorOptions.DEFAULT).covariance(),
                    mixture.covariance(),
                    settings.is("data.invalid", "keep"));
            architecture.parameterCount(kind); // throws if the discriminator does not fit
            return architecture;
        } catch (IllegalArgumentException e) {
            throw new UsageException("the layers of model do not fit together: " + e.getMessage(), e);
        }
    }

    /** Returns the layers of the discriminator or the classifier. A discriminator that no stage uses is not built. */
    private List<LayerSpec> auxiliary(LatentMixture mixture) {
        return switch (kind.auxiliary()) {
            case NONE -> List.of();
            case CLASSIFIER -> mixture.classifier();
            case OPTIONAL_DISCRIMINATOR ->
                StageSetting.of(settings).stream().anyMatch(StageSetting::isAdversarial) ? discriminator() : List.of();
            case DISCRIMINATOR -> discriminator();
        };
    }

    private List<LayerSpec> discriminator() {
        return settings.bind(GameOptions.DEFAULT).discriminator();
    }

    /** Returns the shape for channels, height and width. */
    public static ImageShape image(List<Integer> size) {
        return new ImageShape(size.get(0), size.get(1), size.get(2));
    }

    /** Returns the kind of network that the first stage trains. */
    public Kind firstKind() {
        return hasAutoencoder() ? Kind.AUTOENCODER : kind;
    }

    private boolean hasAutoencoder() {
        return StageSetting.of(settings).stream().anyMatch(stage -> stage.stage() == VaeStage.AUTOENCODER);
    }

    /** Returns the number of draws for the estimate of the log-likelihood; 0: no estimate. */
    public int importanceSamples() {
        return settings.bind(PosteriorOptions.DEFAULT).importanceSamples();
    }

    /**
     * Returns the stages of the training, in order. A model type without stages has one, named {@code training}.
     *
     * @param continued whether the training starts from a trained model, which already has clusters
     */
    public List<Stage> stages(Architecture architecture, boolean continued) {
        return switch (kind) {
            case AUTOENCODER ->
                alone(new AutoencoderObjective(architecture, settings.bind(AutoencoderOptions.DEFAULT)));
            case VARIATIONAL ->
                StageSetting.of(settings).isEmpty()
                        ? alone(new VariationalObjective(architecture, settings.bind(VariationalOptions.DEFAULT)))
                        : staged(architecture, continued);
            case DEEP_LATENT_GAUSSIAN ->
                alone(new HamiltonianObjective(architecture, settings.bind(HamiltonianOptions.DEFAULT)));
            case MIXTURE, EMBEDDING, CLASSIFYING -> staged(architecture, continued);
            case ADVERSARIAL ->
                game(architecture.networks(Kind.ADVERSARIAL).game(settings.bind(AdversarialOptions.DEFAULT)));
            case VARIATIONAL_ADVERSARIAL ->
                game(new VariationalAdversarialObjective(
                        architecture, settings.bind(VariationalAdversarialOptions.DEFAULT)));
        };
    }

    private List<Stage> alone(StochasticObjective objective) {
        return List.of(Stage.of("training", objective, settings.bind(AveragingOptions.DEFAULT)));
    }

    /** Returns the stage of a game, with an optimiser for each parameter group. */
    private List<Stage> game(GameObjective objective) {
        AveragingOptions rounds = settings.bind(AveragingOptions.DEFAULT)
                .withOptimizers(objective.parameterGroups().stream()
                        .map(group -> group.name().equals("discriminator")
                                ? optimizer(settings)
                                : settings.bind(Optimizer.DEFAULT))
                        .toList());
        return List.of(Stage.of("game", objective, rounds));
    }

    /**
     * Returns the stages that the settings list. A trained model already has clusters and skips the stages that find
     * them.
     */
    private List<Stage> staged(Architecture architecture, boolean continued) {
        VaeStages stages = new VaeStages(
                kind,
                architecture,
                settings.bind(VariationalOptions.DEFAULT),
                settings.bind(AdversarialOptions.DEFAULT),
                settings.bind(ClusteringRecipe.DEFAULT));
        return StageSetting.of(settings).stream()
                .filter(stage -> !continued || stage.stage() != VaeStage.AUTOENCODER && stage.stage() != VaeStage.FIXED)
                .map(stage -> stage(stages, stage))
                .toList();
    }

    /** Returns a stage. If it uses the discriminator, the optimiser of the discriminator is the first one. */
    private Stage stage(VaeStages stages, StageSetting stage) {
        Settings own = stage.over(settings);
        AveragingOptions rounds = own.bind(AveragingOptions.DEFAULT);
        return stage.isAdversarial()
                ? stages.stage(
                        stage.stage(),
                        rounds.withOptimizers(List.of(optimizer(own), own.bind(Optimizer.DEFAULT))),
                        stage.weight(),
                        stage.target())
                : stages.stage(stage.stage(), rounds);
    }

    /** Returns the optimiser of a discriminator: the common one, with its own learning rate if it is set. */
    private static Optimizer optimizer(Settings common) {
        Optimizer optimizer = common.bind(Optimizer.DEFAULT);
        double rate = common.bind(GameOptions.DEFAULT).learningRate();
        return rate == 0 ? optimizer : optimizer.withLearningRate(rate);
    }
}
