package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.optimizer.Schedule;
import io.github.sparklatent.ml.network.keys.Stages.Phase;
import io.github.sparklatent.ml.network.values.Shares;
import io.github.sparklatent.vae.cluster.ClusterSearch;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.stage.ClusteringPhase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keys of variational deep embedding and of other models that are trained in its stages. */
public final class ClusteringKeys {
    /** The name of the stage with fixed responsibilities. */
    public static final String FIXED = ClusteringPhase.FIXED.toString();

    private static final Stages PHASES =
            new Stages(
                    List.of(
                            phase(ClusteringPhase.AUTOENCODER),
                            phase(ClusteringPhase.FIXED),
                            phase(ClusteringPhase.CLUSTERING)),
                    true);

    public static final Key<String> START =
            Key.of(
                    "model.start",
                    ValueTypes.names(ClusterSearch.values()),
                    ClusteringRecipe.DEFAULT.start().toString(),
                    "how latent codes are clustered: merged from twice as many clusters, or a"
                            + " diagonal mixture as in the paper");
    public static final Key<Double> INFORMATION_WEIGHT =
            Key.of(
                    "model.informationWeight",
                    ValueTypes.notNegative(),
                    ClusteringRecipe.DEFAULT.options().information(),
                    "weight of the mutual information of row and cluster in the objective; 0: the"
                            + " paper's model");
    public static final Key<List<Double>> CLUSTER_SHARES =
            Key.optional(
                    "model.clusterShares",
                    new Shares(),
                    "clusters of similar size are preferred",
                    "shares of the rows that the clusters should have, one for each component");
    public static final Key<Double> CROSS_ENTROPY_WEIGHT =
            Key.of(
                    "model.crossEntropyWeight",
                    ValueTypes.notNegative(),
                    ClusteringRecipe.DEFAULT.crossEntropy(),
                    "stage fixed: weight of the responsibilities' cross-entropy against those of"
                            + " the start");

    public static final Key<List<StageSetting>> STAGES =
            Key.of(
                    "train.stages",
                    PHASES,
                    PHASES.preset(),
                    "stages in order, with keys of train; fixed and clustering warm up over 100"
                            + " steps by default");
    public static final Key<Integer> RESTARTS =
            Key.of(
                    "train.restarts",
                    ValueTypes.integer(1),
                    ClusteringRecipe.DEFAULT.restarts(),
                    "starts of the mixture of latent codes with different seeds; the best is"
                            + " kept");
    public static final Key<Integer> START_ROWS =
            Key.of(
                    "train.startRows",
                    ValueTypes.integer(1),
                    ClusteringRecipe.DEFAULT.startRows(),
                    "most rows that each start uses; the best start continues with all rows");

    public static final List<Key<?>> ALL =
            List.of(
                    LatentMixtureKeys.PRIOR_COVARIANCE,
                    NetworkKeys.BINARIZE,
                    VariationalKeys.SAMPLES,
                    VariationalKeys.IMPORTANCE_SAMPLES,
                    START,
                    INFORMATION_WEIGHT,
                    CLUSTER_SHARES,
                    CROSS_ENTROPY_WEIGHT,
                    STAGES,
                    RESTARTS,
                    START_ROWS);

    private ClusteringKeys() {}

    /** Returns the defaults of a stage as keys. Plain averaging is the default of all stages. */
    static Phase phase(ClusteringPhase phase) {
        AveragingOptions preset = phase.preset(AveragingOptions.DEFAULT);
        Schedule schedule = preset.optimizer().schedule();
        Map<String, Object> own = new HashMap<>();
        if (schedule.type() == Schedule.Type.COSINE) {
            own.put(OptimizerKeys.SCHEDULE.path(), schedule.type().toString());
            own.put(OptimizerKeys.SHARE.path(), schedule.share());
            own.put(OptimizerKeys.LEAST.path(), schedule.least());
        }
        return new Phase(phase.toString(), preset.maxEpochs(), false, own);
    }
}
