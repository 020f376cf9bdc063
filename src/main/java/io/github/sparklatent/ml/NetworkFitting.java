package io.github.sparklatent.ml;

import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.gan.AdversarialHealth;
import io.github.sparklatent.learn.NetworkRound;
import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.learn.StagedResult;
import io.github.sparklatent.learn.StagedState;
import io.github.sparklatent.learn.StagedTraining;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
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
    private final Kind startKind;
    private final Function<Architecture, List<Stage>> stages;

    /**
     * @param startKind whose parameters the first stage starts from
     * @param stages of the training of these networks
     */
    NetworkFitting(
            NetworkParams<?> params, Kind startKind, Function<Architecture, List<Stage>> stages) {
        this.params = params;
        this.startKind = startKind;
        this.stages = stages;
    }

    /** What a training ends with. */
    record Fitted(TrainedNetwork network, NetworkFit fit) {}

    /**
     * Trains.
     *
     * @param kind of network that the last stage ends with
     * @param measures of a trained network
     * @throws io.github.sparklatent.learn.DataException where the rows cannot be used
     * @throws io.github.sparklatent.learn.DivergedException where the loss leaves all bounds
     */
    Fitted fit(Dataset<?> dataset, Kind kind, Function<TrainedNetwork, NetworkMeasures> measures) {
        try (ShardTable table =
                ShardTable.of(
                        InputColumns.select(params, dataset),
                        InputColumns.tableOptions(params)
                                .withHoldoutFraction(params.getHoldoutFraction())
                                .withSeed(params.getSeed()),
                        width ->
                                new LikelihoodCheck(
                                        kind, ParamOptions.likelihood(params, width)))) {
            Architecture architecture = ParamOptions.architecture(params, table.train().width());
            List<Stage> trained = stages.apply(architecture);
            StagedTraining.warnings(trained, table.train()).forEach(LOG::warn);
            architecture.requireRows(table.train().rows());
            StagedResult result =
                    StagedTraining.run(
                            kind.words(),
                            trained,
                            table.train(),
                            table.holdout(),
                            StagedState.start(architecture.initialize(startKind, params.getSeed())),
                            NetworkFitting::logRound);
            TrainedNetwork network = new TrainedNetwork(kind, architecture, result.parameters());
            NetworkFit record = record(measures.apply(network), result, table);
            result.stages().stream()
                    .flatMap(stage -> AdversarialHealth.warnings(stage).stream())
                    .forEach(LOG::warn);
            return new Fitted(network, record);
        }
    }

    private static NetworkFit record(
            NetworkMeasures measures, StagedResult result, ShardTable table) {
        Map<String, Object> train = measures.of(table.train(), "figures of the training rows");
        Optional<Shards> holdout = Optional.ofNullable(table.holdout());
        return NetworkFit.of(
                train,
                holdout.map(rows -> measures.of(rows, "figures of the held-out rows")),
                result.stages(),
                result.last(),
                table.facts().rows(),
                "{}");
    }

    private static void logRound(Stage stage, Stage.Begun begun, StagedState state) {
        List<NetworkRound> rounds = state.state().history();
        NetworkRound round = rounds.get(rounds.size() - 1);
        if (rounds.size() == 1) {
            begun.events().forEach(LOG::warn);
        }
        LOG.info(
                "stage {}, round {}, pass {}: loss {}, held out {}",
                stage.name(),
                round.number(),
                round.passes(),
                round.loss(),
                round.heldOut());
    }
}
