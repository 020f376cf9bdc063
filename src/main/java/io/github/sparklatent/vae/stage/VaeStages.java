package io.github.sparklatent.vae.stage;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.optimizer.Schedule;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.vae.adversarial.AdversarialTarget;
import io.github.sparklatent.vae.adversarial.MixtureAdversarialObjective;
import io.github.sparklatent.vae.cluster.ClusterInitialization;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.AutoencoderObjective;
import io.github.sparklatent.vae.objective.AutoencoderOptions;
import io.github.sparklatent.vae.objective.ClusteringObjective;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.util.function.Consumer;

/**
 * Makes the stages of training a VAE, each with its own options.
 *
 * <p>A VAE and a mixture-of-Gaussians VAE are trained by their bound: the encoder with a fixed decoder, then the
 * decoder, then both. The warm-up of the weight of the KL divergence runs once over these stages together. If prior and
 * posterior are mixtures, an autoencoder may come first; the next stage then starts from it and from the clusters of
 * its codes ({@link ClusterInitialization}).
 *
 * <p>The published training of a mixture-of-Gaussians VAE has no autoencoder stage and starts from random parameters.
 * Without the autoencoder stage, this training starts from random parameters too, and its components separate the
 * clusters no better than a mixture of a plain VAE's codes (accuracy on the digits, five seeds: 66.6%; from the
 * clusters 87.4%).
 *
 * <p>The stages of training variational deep embedding are an autoencoder, then the model with responsibilities fixed
 * at the clusters of the autoencoder's codes, then the model with its own responsibilities. The first two may be left
 * out. The clustering VAE with a classifier is trained in the same stages, or in the last one alone from drawn
 * parameters.
 *
 * @param kind kind of the model
 * @param architecture architecture of the model
 * @param options options of the bound
 * @param adversarial options of the discriminator; unused if no stage has a weight for it
 * @param recipe settings for finding clusters among an autoencoder's codes and for training a model towards them
 */
public record VaeStages(
        Kind kind,
        Architecture architecture,
        VariationalOptions options,
        AdversarialOptions adversarial,
        ClusteringRecipe recipe) {
    /** Number of rows of a step of deep embedding, over all partitions, if the options set no batch size. */
    private static final int BATCH = 256;

    private static final int MIN_BATCH = 8;

    /** Number of steps over which the learning rate rises from 0, but at most a tenth of the stage. */
    private static final int WARM_UP_STEPS = 100;

    private static final double MAX_WARM_UP = 0.1;

    /** Creates stages with default options of the losses. */
    public VaeStages(Kind kind, Architecture architecture, ClusteringRecipe recipe) {
        this(kind, architecture, VariationalOptions.DEFAULT, AdversarialOptions.DEFAULT, recipe);
    }

    /**
     * Returns a stage without a discriminator.
     *
     * @param averaging options of the averaging rounds; a batch size of 0 means the default of the model
     */
    public Stage stage(VaeStage stage, AveragingOptions averaging) {
        return new ModelStage(this, stage, averaging, objective(stage));
    }

    /**
     * Returns a stage of a mixture-of-Gaussians VAE that moves its decoder, against a discriminator.
     *
     * @param averaging options of the averaging rounds. Their optimiser of the discriminator is the first and that of
     *     the decoder the second
     * @param weight weight of the loss against the discriminator, above 0
     * @param target the rows that the discriminator judges
     */
    public Stage stage(VaeStage stage, AveragingOptions averaging, double weight, AdversarialTarget target) {
        return new ModelStage(
                this,
                stage,
                averaging,
                new MixtureAdversarialObjective(
                        new VariationalObjective(kind, architecture, options, stage.bound()),
                        weight,
                        target,
                        adversarial));
    }

    private boolean isClustering() {
        return VaeStage.of(kind).contains(VaeStage.CLUSTERING);
    }

    private StochasticObjective objective(VaeStage stage) {
        return switch (stage) {
            case AUTOENCODER ->
                new AutoencoderObjective(
                        architecture,
                        new AutoencoderOptions(
                                options.corruption(),
                                isClustering() ? recipe.options().binarize() : options.binarize()));
            case ENCODER, DECODER, JOINT -> new VariationalObjective(kind, architecture, options, stage.bound());
            case FIXED, CLUSTERING -> new ClusteringObjective(kind, architecture, recipe.options());
        };
    }

    /**
     * A stage of a VAE. If the stage before it trained the model itself, this stage continues from the model's
     * parameters. If the stage before it trained an autoencoder, this stage starts from clusters of the autoencoder's
     * codes ({@link ClusterInitialization}).
     */
    private record ModelStage(
            VaeStages stages, VaeStage stage, AveragingOptions averaging, StochasticObjective objective)
            implements Stage {
        @Override
        public String name() {
            return stage.toString();
        }

        @Override
        public boolean sharesSchedules() {
            return stage.bound() != null;
        }

        /**
         * Returns the options of this stage over a data set. In deep embedding, the learning rate of the model rises
         * over the recipe's steps.
         */
        @Override
        public AveragingOptions options(Shards train) {
            if (!stages.isClustering()) {
                return averaging;
            }
            AveragingOptions fitted = averaging.batchSize() > 0
                    ? averaging
                    : averaging.withBatchSize(Math.max(MIN_BATCH, BATCH / train.partitions()));
            if (stage == VaeStage.AUTOENCODER) {
                return fitted;
            }
            Schedule schedule = fitted.optimizer().schedule();
            double step = (double) fitted.batchSize() * train.partitions() / train.rows();
            double warmUp = Math.min(WARM_UP_STEPS * step, MAX_WARM_UP * fitted.maxEpochs());
            return fitted.withOptimizer(fitted.optimizer().withSchedule(schedule.withWarmUpEpochs(warmUp)));
        }

        @Override
        public Begun begin(float[] before, Shards train, Consumer<String> progress) {
            boolean fixed = stage == VaeStage.FIXED;
            if (!fixed && before.length == objective.parameterCount() || stage == VaeStage.AUTOENCODER) {
                return new Begun(objective, before, options(train));
            }
            ClusteringRecipe recipe = stages.recipe;
            ClusterInitialization found =
                    ClusterInitialization.of(stages.kind, stages.architecture, recipe, before, train, progress);
            return new Begun(
                    fixed
                            ? new ClusteringObjective(
                                    stages.kind, stages.architecture, recipe.options(), found.targets())
                            : objective,
                    found.parameters(stages.kind, stages.architecture, recipe.seed()),
                    options(train),
                    found.warnings());
        }
    }
}
