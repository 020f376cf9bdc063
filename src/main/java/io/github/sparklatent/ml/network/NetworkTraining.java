package io.github.sparklatent.ml.network;

import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.ImageColumns;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.gan.AdversarialHealth;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateType;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.learn.stage.StageRecord;
import io.github.sparklatent.learn.stage.StagedResult;
import io.github.sparklatent.learn.stage.StagedState;
import io.github.sparklatent.learn.stage.StagedTraining;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.ml.columns.TableForm;
import io.github.sparklatent.ml.core.InitialModel;
import io.github.sparklatent.ml.core.Origin;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.core.TrainingIdentity;
import io.github.sparklatent.ml.core.TrainingMonitor;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.ml.evaluation.LabelMeasures;
import io.github.sparklatent.ml.evaluation.LabelMeasures.Agreement;
import io.github.sparklatent.ml.evaluation.TrainedTable;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.network.keys.NetworkShape;
import io.github.sparklatent.ml.network.options.ColumnCentres;
import io.github.sparklatent.ml.network.options.LikelihoodColumns;
import io.github.sparklatent.ml.network.options.NetworkOptions;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.scoring.NetworkFit;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.cluster.ClusterInitialization;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.AuxiliaryNetwork;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.objective.HamiltonianObjective;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network, stage after stage.
 *
 * @param <M> the class of the model
 */
final class NetworkTraining<M extends NetworkModel<M>> implements Training<M> {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkTraining.class);

    private final NetworkEstimator<?, M> estimator;
    private final Kind kind;
    private final TrainingContext context;
    private final TrainingTables tables;
    private final TrainingMonitor monitor;
    private final Settings settings;
    private final NetworkOptions options;
    private final Optional<InitialModel<M>> initial;
    private ComparisonPlan comparison;
    private LikelihoodColumns likelihoods;
    private Architecture architecture;
    private Optional<String> unscaled = Optional.empty();

    NetworkTraining(NetworkEstimator<?, M> estimator, TrainingContext context, Settings settings) {
        this.estimator = estimator;
        this.kind = estimator.family().kind();
        this.context = context;
        this.tables = context.tables();
        this.monitor = context.monitor();
        this.settings = settings;
        this.options = new NetworkOptions(kind, settings);
        this.initial = InitialModel.of(
                context, settings, estimator.modelType(), estimator.family().model());
        this.comparison = ComparisonPlan.of(context.spark(), estimator.modelType(), kind, context.settings());
        tables.columns().width().ifPresent(this::plan);
    }

    @Override
    public <T> T run(Function<Trained<M>, T> finish) {
        try (ShardTable rows = monitor.time("read", this::rows);
                ShardTable heldOut = monitor.time("read", () -> heldOut(rows))) {
            Map<Boolean, Shards> parts = new TreeMap<>(Map.of(false, rows.train()));
            Optional.ofNullable(heldOut == null ? rows.holdout() : heldOut.train())
                    .ifPresent(shards -> parts.put(true, shards));
            List<String> warnings = new ArrayList<>(tables.warnings(rows.facts()));
            List<Stage> stages = options.stages(architecture, initial.isPresent());
            List<String> ofStages = StagedTraining.warnings(stages, rows.train());
            warnings.addAll(ofStages);
            ofStages.forEach(LOG::warn);
            architecture
                    .withComponents(estimator.componentCount())
                    .requireRows(rows.train().rows());
            parts.forEach((isHeldOut, shards) -> comparison.requireEnough(shards, name(isHeldOut)));
            monitor.check();
            StageMonitor progress = new StageMonitor(monitor, name(), stages.size());
            StagedResult result = monitor.time(
                    "train", () -> train(stages, identity(rows.facts(), heldOut), rows, parts.get(true), progress));
            unscaled.ifPresent(warnings::add);
            Optional<String> early = progress.endedEarly();
            early.ifPresent(warnings::add);
            for (StageRecord stage : result.stages()) {
                warnings.addAll(stage.warnings());
                warnings.addAll(
                        AdversarialHealth.warnings(stage, stage.epochs()).values());
                warnings.addAll(HamiltonianObjective.warnings(stage));
            }
            return monitor.keep(() -> finish.apply(trained(rows, parts, warnings, early.isPresent(), result)));
        }
    }

    private static String name(boolean heldOut) {
        return heldOut ? "held-out rows" : "training rows";
    }

    private StagedResult train(
            List<Stage> stages, TrainingIdentity identity, ShardTable rows, Shards holdout, StageMonitor progress) {
        StagedState from = monitor.begin(
                        identity, StateType.<StagedState>of(StagedState.class), state -> position(state, stages))
                .orElseGet(() -> StagedState.start(startParameters(rows)));
        return monitor.rounds(() -> StagedTraining.run(name(), stages, rows.train(), holdout, from, progress));
    }

    private String name() {
        return NetworkMetrics.shortName(estimator.modelType(), architecture);
    }

    /** Describes how far a training is, such as "12 rounds, in stage game (2 of 3)". */
    private static String position(StagedState state, List<Stage> stages) {
        String rounds = Lines.count(state.rounds(), "round");
        int all = stages.size();
        return all == 1 || state.stage() >= all // of another training, which is refused later
                ? rounds
                : "%s, in stage %s (%d of %d)"
                        .formatted(rounds, stages.get(state.stage()).name(), state.stage() + 1, all);
    }

    private ShardTable rows() {
        return tables.reading(() -> ShardTable.of(
                tables.table(),
                tables.columns(),
                initial.map(start -> start.saved().scaling()).orElse(null),
                tables.options(),
                this::plan,
                scaling -> likelihoods.adapt(scaling)));
    }

    /** Builds the networks for the number of features. */
    private RowCheck plan(int width) {
        List<String> names = tables.columns().featureNames(width);
        NetworkShape shape = settings.bind(NetworkShape.DEFAULT);
        likelihoods = new LikelihoodColumns(
                shape.likelihood(),
                tables.columns().sources(width),
                shape.condition(),
                settings.is("data.invalid", "keep"),
                kind.auxiliary() != AuxiliaryNetwork.DISCRIMINATOR);
        Likelihood likelihood = likelihoods.likelihood(
                initial.map(start -> start.model().network().architecture().likelihood()));
        StructType schema = tables.table().schema();
        architecture = options.architecture(width, likelihood, ImageColumns.size(schema));
        initial.ifPresent(start -> requireSame(start.model().network()));
        Scale scale = tables.options().scale();
        comparison.requireRowsOf(width, tables.columns(), scale);
        comparison = comparison.withImageOf(schema, architecture, scale);
        return LikelihoodColumns.check(kind, likelihood, names);
    }

    private void requireSame(TrainedNetwork found) {
        try {
            architecture.requireSame(found.kind(), "train.initialModel", found.architecture());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private ShardTable heldOut(ShardTable rows) {
        int expected = rows.facts().width();
        return tables.holdout()
                .map(table -> tables.readingHoldout(() -> unseen(
                        table,
                        tables.holdoutColumns(),
                        tables.ofHoldout(),
                        rows.scaling(),
                        kind,
                        architecture,
                        width -> {
                            if (width != expected) {
                                throw new DataException(
                                        "the rows have %d features, expected %d, as many as the rows of data.path"
                                                .formatted(width, expected));
                            }
                        })))
                .orElse(null);
    }

    /**
     * Reads rows that a network is measured on and not trained on.
     *
     * @param requireWidth throws an exception if the network reads another number of features
     */
    static ShardTable unseen(
            Dataset<Row> table,
            FeatureColumns columns,
            TableOptions options,
            Scaling scaling,
            Kind kind,
            Architecture architecture,
            IntConsumer requireWidth) {
        IntFunction<RowCheck> check = width -> {
            requireWidth.accept(width);
            return LikelihoodColumns.check(kind, architecture.likelihood(), columns.featureNames(width))
                    .ofHeldOut();
        };
        return ShardTable.of(table, columns, scaling, options, check, UnaryOperator.identity());
    }

    private float[] startParameters(ShardTable rows) {
        return initial.map(start -> start.model().network().parameters()).orElseGet(() -> initialized(rows));
    }

    private float[] initialized(ShardTable rows) {
        ColumnCentres.Found columns = ColumnCentres.find(rows.train(), architecture.likelihood(), architecture.mask());
        if (kind.hasDensity() && rows.scaling().kind() == Scale.NONE) {
            unscaled = columns.warning(
                    architecture.likelihood(),
                    tables.columns().featureNames(rows.facts().width()));
            unscaled.ifPresent(LOG::warn);
        }
        return architecture.initialize(options.firstKind(), settings.get("train.seed", Long.class), columns.centres());
    }

    private TrainingIdentity identity(TableFacts facts, ShardTable heldOut) {
        return TrainingIdentity.of(
                        context.settings(),
                        facts,
                        heldOut == null ? null : heldOut.facts(),
                        initial.map(start -> start.saved().fingerprint()).orElse(""))
                .with("the architecture", architecture.describe(kind));
    }

    /**
     * Evaluates the trained parameters.
     *
     * @param parts the training rows (false) and the held-out rows (true), if there are any
     */
    private Trained<M> trained(
            ShardTable rows,
            Map<Boolean, Shards> parts,
            List<String> warnings,
            boolean endedEarly,
            StagedResult result) {
        TableFacts facts = rows.facts();
        TrainedNetwork network = new TrainedNetwork(
                kind,
                architecture,
                result.parameters(),
                GivenRows.of(rows.train(), architecture.likelihood().conditions()),
                clusters(rows.train(), result.parameters(), warnings));
        M measured = estimator.model(network, null);
        Map<Boolean, Map<String, Object>> metrics = ofEach(
                parts,
                (heldOut, shards) -> measured.measures(heldOut ? options.importanceSamples() : 0)
                        .of(shards, "metrics of the " + name(heldOut)));
        if (network.clusters() != null && Objects.equals(metrics.get(false).get("activeUnits"), 0L)) {
            warnings.add("no latent dimension is active, so the clusters of the codes say nothing about the rows");
        }
        monitor.check();
        Origin origin = context.origin(facts);
        M model = estimator.model(network, NetworkFit.of(metrics, result, facts.fitted(), origin.json()));
        Map<Boolean, Comparison> compared =
                ofEach(parts, (heldOut, shards) -> comparison.compare(measured, rows, shards, name(heldOut)));
        monitor.check();
        TableForm form = TableForm.of(rows.columns(), rows.scaling(), facts.width());
        Map<Boolean, Agreement> agreement =
                monitor.time("evaluate", () -> LabelMeasures.of(tables, form, model, warnings::add));
        compared.forEach((heldOut, found) -> metrics.get(heldOut).putAll(found.metrics()));
        agreement.forEach((heldOut, found) ->
                Optional.ofNullable(metrics.get(heldOut)).ifPresent(all -> all.putAll(found.metrics())));
        long holdoutRows = parts.containsKey(true) ? parts.get(true).rows() : 0;
        TrainedTable table =
                new TrainedTable(context, facts, rows.scaling(), rows.partitions(), holdoutRows, warnings, origin);
        return new NetworkResult<>(model, rows, table, result, endedEarly, metrics, compared, agreement);
    }

    private <T> Map<Boolean, T> ofEach(Map<Boolean, Shards> parts, BiFunction<Boolean, Shards, T> work) {
        Map<Boolean, T> found = new TreeMap<>();
        parts.forEach((heldOut, shards) ->
                found.put(heldOut, monitor.time("evaluate", () -> work.apply(heldOut, shards))));
        return found;
    }

    /** Returns the mixture of the codes of the rows that model.cluster asks for; null if it asks for none. */
    private MixtureParameters clusters(Shards rows, float[] parameters, List<String> warnings) {
        int count = estimator.componentCount();
        if (kind.hasComponents() || count == 0) {
            return null;
        }
        ClusteringRecipe recipe = ClusteringRecipe.DEFAULT.withSeed(settings.get("train.seed", Long.class));
        Networks networks = architecture.networks(kind);
        return monitor.time("cluster", () -> {
            ClusterInitialization.Clusters found =
                    ClusterInitialization.find(networks, parameters, count, recipe, rows, step -> monitor.check());
            warnings.addAll(found.warnings());
            return found.fitted();
        });
    }
}
