package io.github.sparklatent.vae.stage;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.optimizer.Schedule;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.vae.cluster.ClusterInitialization;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.PosteriorFamily;
import io.github.sparklatent.vae.objective.AutoencoderObjective;
import io.github.sparklatent.vae.objective.AutoencoderOptions;
import io.github.sparklatent.vae.objective.ClusteringObjective;
import io.github.sparklatent.vae.objective.ClusteringOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The stages of training variational deep embedding: an autoencoder, then the model with responsibilities fixed at the
 * clusters of the autoencoder's codes ({@link ClusterInitialization}), then the model with its own responsibilities.
 * The first two may be left out. The clustering VAE with a classifier is trained in the same stages, or in the last one
 * alone from drawn parameters.
 */
public final class ClusteringStages {
    /** Number of rows of a step, over all partitions, if the options set no batch size. */
    private static final int BATCH = 256;

    private static final int MIN_BATCH = 8;

    /** Number of steps over which the learning rate rises from 0, but at most a tenth of the stage. */
    private static final int WARM_UP_STEPS = 100;

    private static final double MAX_WARM_UP = 0.1;

    private ClusteringStages() {}

    /**
     * Returns some stages, in their order, with the recipe's warm-ups. The first starts from an autoencoder's
     * parameters; the clustering stage may also start from the parameters of a model of this kind.
     *
     * @param kind {@link Kind#EMBEDDING} or {@link Kind#CLASSIFYING}
     * @param options options of each stage; a batch size of 0 means the recipe's
     */
    public static List<Stage> of(
            Kind kind,
            Architecture architecture,
            ClusteringRecipe recipe,
            Map<ClusteringPhase, AveragingOptions> options) {
        Require.that(
                kind.hasComponents() && kind.posterior() == PosteriorFamily.GAUSSIAN,
                "a %s has no such stages",
                kind.words());
        Require.that(
                options.containsKey(ClusteringPhase.CLUSTERING),
                "the stages are %s, expected %s among them",
                options.keySet(),
                ClusteringPhase.CLUSTERING);
        architecture.requireComponents(kind);
        Require.that(
                recipe.startRows() >= architecture.components(),
                "startRows is %d, expected at least %d, one for each component",
                recipe.startRows(),
                architecture.components());
        List<Stage> stages = new ArrayList<>();
        for (ClusteringPhase phase : ClusteringPhase.values()) {
            if (options.containsKey(phase)) {
                boolean warmsUp = phase != ClusteringPhase.AUTOENCODER;
                AveragingOptions own = options.get(phase);
                stages.add(new ClusteredStage(
                        phase.toString(),
                        kind,
                        architecture,
                        recipe,
                        train -> fitted(own, warmsUp, train),
                        objective(phase, kind, architecture, recipe.options()),
                        phase == ClusteringPhase.FIXED,
                        false));
            }
        }
        return stages;
    }

    private static StochasticObjective objective(
            ClusteringPhase phase, Kind kind, Architecture architecture, ClusteringOptions options) {
        return phase == ClusteringPhase.AUTOENCODER
                ? new AutoencoderObjective(architecture, AutoencoderOptions.DEFAULT.withBinarize(options.binarize()))
                : new ClusteringObjective(kind, architecture, options);
    }

    /**
     * Returns the options of a stage over a data set.
     *
     * @param warmsUp whether the learning rate rises over the recipe's steps
     */
    static AveragingOptions fitted(AveragingOptions options, boolean warmsUp, Shards train) {
        AveragingOptions fitted = options.batchSize() > 0
                ? options
                : options.withBatchSize(Math.max(MIN_BATCH, BATCH / train.partitions()));
        if (!warmsUp) {
            return fitted;
        }
        Schedule schedule = fitted.optimizer().schedule();
        double step = (double) fitted.batchSize() * train.partitions() / train.rows();
        double warmUp = Math.min(WARM_UP_STEPS * step, MAX_WARM_UP * fitted.maxEpochs());
        return fitted.withOptimizer(fitted.optimizer().withSchedule(schedule.withWarmUpEpochs(warmUp)));
    }

    /**
     * A stage of a VAE. If the stage before it trained the model itself, this stage continues from the model's
     * parameters. If the stage before it trained an autoencoder, this stage starts from clusters of the autoencoder's
     * codes ({@link ClusterInitialization}).
     *
     * @param name name of the stage
     * @param kind kind of the model
     * @param architecture architecture of the model
     * @param recipe settings for finding clusters and for training the model towards them
     * @param averaging returns the options of the rounds for given training rows
     * @param objective objective of the stage
     * @param fixed whether the model is trained towards the responsibilities of the initialisation, which then do not
     *     change
     * @param continuesSchedules whether the objective's schedules go on from the stage before
     */
    record ClusteredStage(
            String name,
            Kind kind,
            Architecture architecture,
            ClusteringRecipe recipe,
            Function<Shards, AveragingOptions> averaging,
            StochasticObjective objective,
            boolean fixed,
            boolean continuesSchedules)
            implements Stage {
        @Override
        public AveragingOptions options(Shards train) {
            return averaging.apply(train);
        }

        @Override
        public Begun begin(float[] before, Shards train, Consumer<String> progress) {
            architecture.requireRows(train.rows());
            if (!fixed && before.length == objective.parameterCount() || objective instanceof AutoencoderObjective) {
                return new Begun(objective, before, options(train));
            }
            ClusterInitialization found = ClusterInitialization.of(kind, architecture, recipe, before, train, progress);
            return new Begun(
                    fixed
                            ? new ClusteringObjective(
                                    kind, architecture, recipe.options(), found.targets(), recipe.crossEntropy())
                            : objective,
                    found.parameters(kind, architecture, recipe.seed()),
                    options(train),
                    found.warnings());
        }

        @Override
        public boolean isComparable() {
            return !fixed && objective.isComparable();
        }

        @Override
        public float[] end(float[] parameters) {
            return objective.normalized(parameters);
        }
    }
}
