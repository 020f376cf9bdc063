package io.github.sparklatent.app.config;

import io.github.sparklatent.app.config.Stages.Phase;
import java.util.List;

/** The keys that only variational deep embedding has. */
final class ClusteringKeys {
    static final String FIXED = "fixed";

    private static final Stages PHASES =
            new Stages(
                    List.of(
                            new Phase("autoencoder", 20, false),
                            new Phase(FIXED, 2, false),
                            new Phase("clustering", 5, false)),
                    true);

    static final Key<String> START =
            Key.of(
                    "model.start",
                    Kinds.name("over-clustering", "mixture"),
                    "over-clustering",
                    "clusters of the codes: merged from twice as many, or a diagonal mixture as in"
                            + " the paper");
    static final Key<Double> INFORMATION_WEIGHT =
            Key.of(
                    "model.informationWeight",
                    Kinds.notNegative(),
                    20.0,
                    "weight of the mutual information of row and cluster in the bound; 0: the"
                            + " paper's model");
    static final Key<List<Double>> CLUSTER_SHARES =
            Key.optional(
                    "model.clusterShares",
                    new Shares(),
                    "clusters of like size are preferred",
                    "shares of the rows that the clusters should have, one for each component");
    static final Key<Double> CROSS_ENTROPY_WEIGHT =
            Key.of(
                    "model.crossEntropyWeight",
                    Kinds.notNegative(),
                    10.0,
                    "stage fixed: weight of the responsibilities' cross-entropy against those of"
                            + " the start");

    static final Key<List<StageSetting>> STAGES =
            Key.of(
                    "train.stages",
                    PHASES,
                    PHASES.preset(),
                    "maxPasses, patience, optimizer and the rest of train for each; fixed:"
                            + " responsibilities as at the start");
    static final Key<Integer> RESTARTS =
            Key.of(
                    "train.restarts",
                    Kinds.integer(1),
                    12,
                    "starts of the mixture of the codes with different random streams; the best is"
                            + " kept");
    static final Key<Integer> START_ROWS =
            Key.of(
                    "train.startRows",
                    Kinds.integer(1),
                    10_000,
                    "rows at most whose codes those starts see; the best goes on with all rows");

    static final List<Key<?>> ALL =
            List.of(
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
}
