package io.github.sparklatent.ml;

import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.learn.AveragingLoop;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.AveragingResult;
import io.github.sparklatent.learn.AveragingState;
import io.github.sparklatent.learn.Moments;
import io.github.sparklatent.learn.NetworkRound;
import io.github.sparklatent.learn.Optimizer;
import io.github.sparklatent.learn.OuterOptimizer;
import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.Likelihood;
import io.github.sparklatent.vae.Architecture;
import io.github.sparklatent.vae.Corruption;
import io.github.sparklatent.vae.Kind;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains the network that an estimator's params describe. */
final class NetworkFitting {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkFitting.class);

    private final NetworkParams<?> params;
    private final Kind kind;
    private final ScoringOptions scoring;
    private final Function<Architecture, StochasticObjective> objective;

    /**
     * @param scoring how the trained network is measured
     * @param objective of networks
     */
    NetworkFitting(
            NetworkParams<?> params,
            Kind kind,
            ScoringOptions scoring,
            Function<Architecture, StochasticObjective> objective) {
        this.params = params;
        this.kind = kind;
        this.scoring = scoring;
        this.objective = objective;
    }

    /** What a training ends with. */
    record Fitted(TrainedNetwork network, NetworkFit fit) {}

    /**
     * Trains.
     *
     * @throws io.github.sparklatent.learn.DataException where the rows cannot be used
     * @throws io.github.sparklatent.learn.DivergedException where the loss leaves all bounds
     */
    Fitted fit(Dataset<?> dataset) {
        try (ShardTable table =
                ShardTable.of(
                        InputColumns.select(params, dataset),
                        InputColumns.tableOptions(params)
                                .withHoldoutFraction(params.getHoldoutFraction())
                                .withSeed(params.getSeed()),
                        width -> {
                            Likelihood likelihood = likelihood(width);
                            return row -> likelihood.flaw(row, j -> j);
                        })) {
            table.facts().warnings().forEach(LOG::warn);
            AveragingOptions options = options();
            options.warnings(table.train().rows(), table.train().partitions()).forEach(LOG::warn);
            Architecture architecture = architecture(table.train().width());
            AveragingResult result =
                    AveragingLoop.run(
                            kind.toString(),
                            objective.apply(architecture),
                            table.train(),
                            table.holdout(),
                            AveragingState.start(architecture.initialize(kind, params.getSeed())),
                            options,
                            NetworkFitting::logRound);
            TrainedNetwork network = new TrainedNetwork(kind, architecture, result.parameters());
            return new Fitted(network, record(network, result, table));
        }
    }

    private NetworkFit record(TrainedNetwork network, AveragingResult result, ShardTable table) {
        NetworkMeasures measures = new NetworkMeasures(network, scoring, 0);
        Map<String, Object> train = measures.of(table.train(), "figures of the training rows");
        Optional<Shards> holdout = Optional.ofNullable(table.holdout());
        return NetworkFit.of(
                train,
                holdout.map(rows -> measures.of(rows, "figures of the held-out rows")),
                result,
                table.facts().rows(),
                "{}");
    }

    private static void logRound(NetworkRound round, AveragingState state) {
        LOG.info(
                "round {}, pass {}: loss {}, held out {}",
                round.number(),
                round.passes(),
                round.loss(),
                round.heldOut());
    }

    private Likelihood likelihood(int width) {
        return LikelihoodText.of(params.getLikelihood(), width, params.getVariance());
    }

    private Architecture architecture(int width) {
        List<LayerSpec> encoder = LayerText.layers(params.getEncoder());
        return new Architecture(
                width,
                LayerText.image(params.getImage()),
                params.getLatent(),
                encoder,
                LayerText.decoder(encoder, params.getDecoder()),
                NetworkNames.constant(Activation.class, params.getActivation()),
                likelihood(width),
                Initialization.HE_UNIFORM);
    }

    private AveragingOptions options() {
        return AveragingOptions.DEFAULT
                .withMaxPasses(params.getMaxPasses())
                .withRoundsPerPass(params.getRoundsPerPass())
                .withBatchSize(params.getBatchSize())
                .withOptimizer(
                        Optimizer.of(
                                        NetworkNames.constant(
                                                Optimizer.Type.class, params.getOptimizer()))
                                .withLearningRate(params.getLearningRate()))
                .withMoments(NetworkNames.constant(Moments.class, params.getMoments()))
                .withOuter(
                        OuterOptimizer.of(
                                NetworkNames.constant(
                                        OuterOptimizer.Type.class, params.getOuter())))
                .withMovingAverage(params.getMovingAverage())
                .withPatience(params.getPatience())
                .withSeed(params.getSeed());
    }

    static Corruption corruption(NetworkParams<?> params) {
        return new Corruption(
                NetworkNames.constant(Corruption.Type.class, params.getCorruption()),
                params.getCorruptionLevel());
    }
}
