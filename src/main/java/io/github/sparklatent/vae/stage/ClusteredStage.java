package io.github.sparklatent.vae.stage;

import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.vae.cluster.ClusterInitialization;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.AutoencoderObjective;
import io.github.sparklatent.vae.objective.ClusteringObjective;
import io.github.sparklatent.vae.objective.SoftTargets;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A stage of a VAE. If the stage before it trained the model itself, this stage continues from the model's parameters.
 * If the stage before it trained an autoencoder, this stage starts from clusters of the autoencoder's codes
 * ({@link ClusterInitialization}).
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
                fixed ? following(found.targets()) : objective,
                found.parameters(kind, architecture, recipe.seed()),
                options(train),
                found.warnings());
    }

    private StochasticObjective following(SoftTargets targets) {
        return new ClusteringObjective(kind, architecture, recipe.options(), targets, recipe.crossEntropy());
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
