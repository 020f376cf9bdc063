package io.github.sparklatent.app;

import io.github.sparklatent.app.config.ClusteringSettings;
import io.github.sparklatent.app.config.LossSettings;
import io.github.sparklatent.app.config.NetworkSettings;
import io.github.sparklatent.app.config.OptimizerSettings;
import io.github.sparklatent.app.config.StageSettings;
import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Optimizer;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.ml.NetworkNames;
import io.github.sparklatent.vae.adversarial.AdversarialGame;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialObjective;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialOptions;
import io.github.sparklatent.vae.cluster.ClusterSearch;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.latent.Corruption;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.AutoencoderObjective;
import io.github.sparklatent.vae.objective.AutoencoderOptions;
import io.github.sparklatent.vae.objective.Bound;
import io.github.sparklatent.vae.objective.ClusteringOptions;
import io.github.sparklatent.vae.objective.GradientEstimator;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import io.github.sparklatent.vae.stage.AdversarialStage;
import io.github.sparklatent.vae.stage.ClusteringPhase;
import io.github.sparklatent.vae.stage.ClusteringStages;
import io.github.sparklatent.vae.stage.MixtureStages;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The stages of a network's training, as the configuration describes them. */
final class NetworkStages {
    private final NetworkSettings settings;
    private final long seed;
    private final Architecture architecture;
    private final boolean goesOn;

    /**
     * @param goesOn whether the training starts from a trained model
     */
    NetworkStages(NetworkSettings settings, long seed, Architecture architecture, boolean goesOn) {
        this.goesOn = goesOn;
        this.settings = settings;
        this.seed = seed;
        this.architecture = architecture;
    }

    /** In their order; one of its own name where the type has none. */
    List<Stage> all() {
        return switch (NetworkTypes.kind(settings.type())) {
            case AUTOENCODER -> alone(new AutoencoderObjective(architecture, autoencoder()));
            case VARIATIONAL -> alone(new VariationalObjective(architecture, variational()));
            case MIXTURE -> mixture();
            case EMBEDDING, CLASSIFYING -> embedding();
            case ADVERSARIAL ->
                    List.of(
                            AdversarialStage.of(
                                    architecture,
                                    adversarial(),
                                    rounds(AdversarialGame.of(architecture, adversarial()))));
            case VARIATIONAL_ADVERSARIAL ->
                    List.of(
                            AdversarialStage.of(
                                    architecture,
                                    variationalAdversarial(),
                                    rounds(
                                            new VariationalAdversarialObjective(
                                                    architecture, variationalAdversarial()))));
        };
    }

    private List<Stage> alone(StochasticObjective objective) {
        return List.of(Stage.of("training", objective, rounds(objective)));
    }

    /** A model that goes on has its clusters: no autoencoder is asked for them. */
    private List<Stage> mixture() {
        return MixtureStages.of(
                architecture,
                variational(),
                adversarial(),
                recipe(),
                settings.stages().stream()
                        .filter(stage -> !goesOn || !NetworkOptions.isAutoencoder(stage))
                        .map(this::mixtureStage)
                        .toList());
    }

    /** The discriminator's optimiser comes first where it plays. */
    private MixtureStages.Options mixtureStage(StageSettings stage) {
        AveragingOptions rounds = rounds(stage);
        return new MixtureStages.Options(
                stage.name(),
                stage.adversarialWeight() > 0
                        ? rounds.withOptimizers(
                                List.of(
                                        optimizer("discriminator", stage.optimizer()),
                                        RoundOptions.optimizer(stage.optimizer())))
                        : rounds,
                stage.adversarialWeight());
    }

    /** A model that goes on has its clusters: the stages that find them are not for it. */
    private List<Stage> embedding() {
        Map<ClusteringPhase, AveragingOptions> phases = new EnumMap<>(ClusteringPhase.class);
        Set<ClusteringPhase> warmUps = EnumSet.noneOf(ClusteringPhase.class);
        for (StageSettings stage : settings.stages()) {
            ClusteringPhase phase = NetworkNames.constant(ClusteringPhase.class, stage.name());
            if (!goesOn || phase == ClusteringPhase.CLUSTERING) {
                phases.put(phase, rounds(stage));
                if (!stage.ownWarmUp()) {
                    warmUps.add(phase);
                }
            }
        }
        Kind kind = NetworkTypes.kind(settings.type());
        return ClusteringStages.of(kind, architecture, recipe(), phases, warmUps);
    }

    private ClusteringRecipe recipe() {
        ClusteringSettings clustering = settings.clustering();
        return new ClusteringRecipe(
                new ClusteringOptions(
                        settings.loss().samples(),
                        settings.loss().binarize(),
                        clustering.informationWeight(),
                        clustering.clusterShares().orElse(List.of())),
                NetworkNames.constant(ClusterSearch.class, clustering.start()),
                clustering.restarts(),
                clustering.startRows(),
                clustering.crossEntropyWeight(),
                seed);
    }

    private VariationalAdversarialOptions variationalAdversarial() {
        return new VariationalAdversarialOptions(
                settings.adversary().reconstructionWeight(), adversarial());
    }

    private AdversarialOptions adversarial() {
        return AdversarialOptions.DEFAULT
                .withLabelSmoothing(settings.adversary().labelSmoothing())
                .withSpectralNormalization(settings.adversary().spectralNormalization())
                .withGradientPenalty(settings.adversary().gradientPenalty());
    }

    /** A player's own optimiser, or that of all. */
    private Optimizer optimizer(String player, OptimizerSettings common) {
        return settings.players().stream()
                .filter(own -> own.name().equals(player))
                .findFirst()
                .map(own -> RoundOptions.optimizer(own.optimizer()))
                .orElseGet(() -> RoundOptions.optimizer(common));
    }

    private AveragingOptions rounds(StageSettings stage) {
        return RoundOptions.of(stage.averaging(), stage.optimizer(), seed);
    }

    /** With an optimiser for each player. */
    private AveragingOptions rounds(StochasticObjective objective) {
        return RoundOptions.of(settings.averaging(), settings.optimizer(), seed)
                .withOptimizers(
                        objective.players().stream()
                                .map(player -> optimizer(player.name(), settings.optimizer()))
                                .toList());
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
