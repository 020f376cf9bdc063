package io.github.sparklatent.ml.network.options;

import io.github.sparklatent.config.Settings;
import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.ml.network.keys.AdversaryKeys;
import io.github.sparklatent.ml.network.keys.ChainKeys;
import io.github.sparklatent.ml.network.keys.ClusteringKeys;
import io.github.sparklatent.ml.network.keys.GameKeys;
import io.github.sparklatent.ml.network.keys.NetworkKeys;
import io.github.sparklatent.ml.network.keys.PlayerSetting;
import io.github.sparklatent.ml.network.keys.StageSettings;
import io.github.sparklatent.ml.network.keys.StagedMixtureKeys;
import io.github.sparklatent.ml.network.keys.VariationalKeys;
import io.github.sparklatent.vae.adversarial.AdversarialGame;
import io.github.sparklatent.vae.adversarial.AdversarialTarget;
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
import io.github.sparklatent.vae.objective.HamiltonianObjective;
import io.github.sparklatent.vae.objective.HamiltonianOptions;
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

/** Builds the stages of a network's training from the configuration. */
final class NetworkStages {
    private final Kind kind;
    private final Settings settings;
    private final Architecture architecture;
    private final boolean continued;

    /**
     * Creates the builder.
     *
     * @param continued whether the training starts from a trained model, which already has clusters
     */
    NetworkStages(Kind kind, Settings settings, Architecture architecture, boolean continued) {
        this.kind = kind;
        this.settings = settings;
        this.architecture = architecture;
        this.continued = continued;
    }

    /** Returns the stages in order. A model type without stages has one, named {@code training}. */
    public List<Stage> all() {
        return switch (kind) {
            case AUTOENCODER -> alone(new AutoencoderObjective(architecture, autoencoder()));
            case VARIATIONAL -> alone(new VariationalObjective(architecture, variational()));
            case DEEP_LATENT_GAUSSIAN ->
                    alone(new HamiltonianObjective(architecture, hamiltonian()));
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

    /**
     * Returns the stages of a mixture-of-Gaussians VAE. A trained model already has clusters and
     * skips the autoencoder.
     */
    private List<Stage> mixture() {
        return MixtureStages.of(
                architecture,
                variational(),
                adversarial(),
                recipe(),
                StageSettings.of(settings).stream()
                        .filter(stage -> !continued || !NetworkOptions.isAutoencoder(stage))
                        .map(this::mixtureStage)
                        .toList());
    }

    /**
     * Returns the options of a stage. If it uses the discriminator, the optimiser of the
     * discriminator is the first one.
     */
    private MixtureStages.Options mixtureStage(StageSettings stage) {
        AveragingOptions rounds = rounds(stage);
        return new MixtureStages.Options(
                stage.name(),
                stage.adversarialWeight() > 0
                        ? rounds.withOptimizers(
                                List.of(
                                        optimizer("discriminator", stage.settings()),
                                        RoundOptions.optimizer(stage.settings())))
                        : rounds,
                stage.adversarialWeight(),
                Names.constant(
                        AdversarialTarget.class,
                        settings.get(StagedMixtureKeys.ADVERSARIAL_TARGET)));
    }

    /**
     * Returns the stages of deep embedding. A trained model already has clusters and skips the
     * stages that find them.
     */
    private List<Stage> embedding() {
        Map<ClusteringPhase, AveragingOptions> phases = new EnumMap<>(ClusteringPhase.class);
        Set<ClusteringPhase> warmUps = EnumSet.noneOf(ClusteringPhase.class);
        for (StageSettings stage : StageSettings.of(settings)) {
            ClusteringPhase phase = Names.constant(ClusteringPhase.class, stage.name());
            if (!continued || phase == ClusteringPhase.CLUSTERING) {
                phases.put(phase, rounds(stage));
                if (!stage.ownWarmUp()) {
                    warmUps.add(phase);
                }
            }
        }
        return ClusteringStages.of(kind, architecture, recipe(), phases, warmUps);
    }

    private ClusteringRecipe recipe() {
        return new ClusteringRecipe(
                new ClusteringOptions(
                        settings.get(VariationalKeys.SAMPLES),
                        settings.get(NetworkKeys.BINARIZE),
                        settings.get(ClusteringKeys.INFORMATION_WEIGHT),
                        settings.find(ClusteringKeys.CLUSTER_SHARES).orElse(List.of())),
                Names.constant(ClusterSearch.class, settings.get(ClusteringKeys.START)),
                settings.get(ClusteringKeys.RESTARTS),
                settings.get(ClusteringKeys.START_ROWS),
                settings.get(ClusteringKeys.CROSS_ENTROPY_WEIGHT),
                settings.get("train.seed", Long.class));
    }

    private VariationalAdversarialOptions variationalAdversarial() {
        return new VariationalAdversarialOptions(
                settings.get(GameKeys.RECONSTRUCTION_WEIGHT), adversarial());
    }

    private AdversarialOptions adversarial() {
        return AdversarialOptions.DEFAULT
                .withLabelSmoothing(settings.get(AdversaryKeys.LABEL_SMOOTHING))
                .withSpectralNormalization(settings.get(AdversaryKeys.SPECTRAL_NORMALIZATION))
                .withGradientPenalty(settings.get(AdversaryKeys.GRADIENT_PENALTY));
    }

    /** Returns the optimiser of a player: its own, or the common one. */
    private Optimizer optimizer(String player, Settings common) {
        return PlayerSetting.of(settings).stream()
                .filter(own -> own.name().equals(player))
                .findFirst()
                .map(own -> RoundOptions.optimizer(settings.with(own.refinement()::over)))
                .orElseGet(() -> RoundOptions.optimizer(common));
    }

    private static AveragingOptions rounds(StageSettings stage) {
        return RoundOptions.of(stage.settings());
    }

    /** Returns the options of the rounds, with an optimiser for each parameter group. */
    private AveragingOptions rounds(StochasticObjective objective) {
        return RoundOptions.of(settings)
                .withOptimizers(
                        objective.parameterGroups().stream()
                                .map(group -> optimizer(group.name(), settings))
                                .toList());
    }

    private AutoencoderOptions autoencoder() {
        return new AutoencoderOptions(corruption(), settings.get(NetworkKeys.BINARIZE));
    }

    private VariationalOptions variational() {
        return new VariationalOptions(
                Names.constant(Bound.class, settings.get(VariationalKeys.OBJECTIVE)),
                Names.constant(GradientEstimator.class, settings.get(VariationalKeys.GRADIENT)),
                settings.get(VariationalKeys.SAMPLES),
                settings.get(VariationalKeys.BETA),
                settings.get(VariationalKeys.BETA_WARM_UP),
                settings.get(VariationalKeys.FREE_BITS),
                corruption(),
                settings.get(NetworkKeys.BINARIZE));
    }

    private HamiltonianOptions hamiltonian() {
        return new HamiltonianOptions(
                settings.get(VariationalKeys.SAMPLES),
                settings.get(VariationalKeys.BETA_WARM_UP),
                settings.get(ChainKeys.CHAIN_STEPS),
                settings.get(ChainKeys.LEAPFROG_STEPS),
                settings.get(ChainKeys.STEP_SIZE),
                settings.get(ChainKeys.TARGET_ACCEPTANCE),
                settings.get(NetworkKeys.BINARIZE));
    }

    private Corruption corruption() {
        return new Corruption(
                Names.constant(Corruption.Type.class, settings.get(NetworkKeys.CORRUPTION)),
                settings.get(NetworkKeys.CORRUPTION_LEVEL));
    }
}
