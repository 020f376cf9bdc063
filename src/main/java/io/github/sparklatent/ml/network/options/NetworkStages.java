package io.github.sparklatent.ml.network.options;

import io.github.sparklatent.config.Settings;
import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.gan.GameObjective;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.ml.network.keys.GameOptions;
import io.github.sparklatent.ml.network.keys.StageSetting;
import io.github.sparklatent.vae.adversarial.AdversarialGame;
import io.github.sparklatent.vae.adversarial.AdversarialTarget;
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
import io.github.sparklatent.vae.stage.BoundStages;
import io.github.sparklatent.vae.stage.ClusteringPhase;
import io.github.sparklatent.vae.stage.ClusteringStages;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the stages of a network's training from the configuration.
 *
 * @param continued whether the training starts from a trained model, which already has clusters
 */
record NetworkStages(Kind kind, Settings settings, Architecture architecture, boolean continued) {
    /** Returns the stages in order. A model type without stages has one, named {@code training}. */
    public List<Stage> all() {
        return switch (kind) {
            case AUTOENCODER ->
                alone(new AutoencoderObjective(architecture, settings.bind(AutoencoderOptions.DEFAULT)));
            case VARIATIONAL ->
                StageSetting.of(settings).isEmpty()
                        ? alone(new VariationalObjective(architecture, settings.bind(VariationalOptions.DEFAULT)))
                        : byBound();
            case DEEP_LATENT_GAUSSIAN ->
                alone(new HamiltonianObjective(architecture, settings.bind(HamiltonianOptions.DEFAULT)));
            case MIXTURE -> byBound();
            case EMBEDDING, CLASSIFYING -> embedding();
            case ADVERSARIAL -> game(AdversarialGame.of(architecture, settings.bind(AdversarialOptions.DEFAULT)));
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
                                ? discriminator(settings)
                                : settings.bind(Optimizer.DEFAULT))
                        .toList());
        return List.of(Stage.of("game", objective, rounds));
    }

    /**
     * Returns the stages in which a bound is raised. A trained model already has clusters and skips the autoencoder.
     */
    private List<Stage> byBound() {
        return BoundStages.of(
                kind,
                architecture,
                settings.bind(VariationalOptions.DEFAULT),
                settings.bind(AdversarialOptions.DEFAULT),
                settings.bind(ClusteringRecipe.DEFAULT),
                StageSetting.of(settings).stream()
                        .filter(stage -> !continued || !NetworkOptions.isAutoencoder(stage))
                        .map(this::boundStage)
                        .toList());
    }

    /**
     * Returns the options of a stage. If it uses the discriminator, the optimiser of the discriminator is the first
     * one.
     */
    private BoundStages.Options boundStage(StageSetting stage) {
        Settings own = stage.refinement().over(settings);
        AveragingOptions rounds = own.bind(AveragingOptions.DEFAULT);
        return new BoundStages.Options(
                stage.name(),
                stage.isAdversarial()
                        ? rounds.withOptimizers(List.of(discriminator(own), own.bind(Optimizer.DEFAULT)))
                        : rounds,
                stage.weight(),
                stage.adversarialTarget().orElse(AdversarialTarget.DEFAULT));
    }

    /**
     * Returns the stages of deep embedding. A trained model already has clusters and skips the stages that find them.
     */
    private List<Stage> embedding() {
        Map<ClusteringPhase, AveragingOptions> phases = new EnumMap<>(ClusteringPhase.class);
        for (StageSetting stage : StageSetting.of(settings)) {
            ClusteringPhase phase = ClusteringPhase.of(stage.name());
            if (!continued || phase == ClusteringPhase.CLUSTERING) {
                phases.put(phase, stage.refinement().over(settings).bind(AveragingOptions.DEFAULT));
            }
        }
        return ClusteringStages.of(kind, architecture, settings.bind(ClusteringRecipe.DEFAULT), phases);
    }

    /** Returns the optimiser of a discriminator: the common one, with its own learning rate if it is set. */
    private static Optimizer discriminator(Settings common) {
        Optimizer optimizer = common.bind(Optimizer.DEFAULT);
        double rate = common.bind(GameOptions.DEFAULT).learningRate();
        return rate == 0 ? optimizer : optimizer.withLearningRate(rate);
    }
}
