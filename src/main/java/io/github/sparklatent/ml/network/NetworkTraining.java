package io.github.sparklatent.ml.network;

import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.cluster.table.ImageColumns;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.gan.AdversarialHealth;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateType;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.learn.stage.StageRecord;
import io.github.sparklatent.learn.stage.StagedState;
import io.github.sparklatent.learn.stage.StagedTraining;
import io.github.sparklatent.learn.stage.StagedTraining.StagedResult;
import io.github.sparklatent.ml.columns.FeatureAssembler;
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
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.network.Comparisons.Comparison;
import io.github.sparklatent.ml.network.keys.NetworkShape;
import io.github.sparklatent.ml.network.options.ColumnCentres;
import io.github.sparklatent.ml.network.options.GivenRows;
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
import io.github.sparklatent.vae.objective.ChainHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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
    private static final String TRAINING = "training rows";
    private static final String HELD_OUT = "held-out rows";

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
            Shards holdout = heldOut == null ? rows.holdout() : heldOut.train();
            List<String> warnings = new ArrayList<>(tables.warnings(rows.facts()));
            List<Stage> stages = options.stages(architecture, initial.isPresent());
            List<String> ofStages = StagedTraining.warnings(stages, rows.train());
            warnings.addAll(ofStages);
            ofStages.forEach(LOG::warn);
            architecture
                    .withComponents(estimator.componentCount())
                    .requireRows(rows.train().rows());
            comparison.requireEnough(rows.train(), TRAINING);
            if (holdout != null) {
                comparison.requireEnough(holdout, HELD_OUT);
            }
            monitor.check();
            StageMonitor progress = new StageMonitor(monitor, name(), stages.size());
            StagedResult result = monitor.time(
                    "train", () -> train(stages, identity(rows.facts(), heldOut), rows, holdout, progress));
            unscaled.ifPresent(warnings::add);
            Optional<String> early = progress.endedEarly();
            early.ifPresent(warnings::add);
            for (StageRecord stage : result.stages()) {
                warnings.addAll(stage.warnings());
                AdversarialHealth.warnings(stage).forEach(warnings::add);
                warnings.addAll(ChainHealth.warnings(stage));
            }
            return monitor.keep(() -> finish.apply(trained(
                    rows,
                    Optional.ofNullable(heldOut),
                    Optional.ofNullable(holdout),
                    warnings,
                    early.isPresent(),
                    result)));
        }
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
        return tables.holdout()
                .map(table -> tables.readingHoldout(() -> ShardTable.of(
                        table,
                        tables.holdoutColumns(),
                        rows.scaling(),
                        tables.ofHoldout(),
                        width -> heldOutCheck(width, rows.facts().width()),
                        UnaryOperator.identity())))
                .orElse(null);
    }

    private RowCheck heldOutCheck(int width, int expected) {
        if (width != expected) {
            throw new DataException("the rows have %d features, expected %d, as many as the rows of data.path"
                    .formatted(width, expected));
        }
        return LikelihoodColumns.check(
                        kind, architecture.likelihood(), tables.columns().featureNames(width))
                .ofHeldOut();
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

    /** Evaluates the trained parameters. */
    private Trained<M> trained(
            ShardTable rows,
            Optional<ShardTable> heldOut,
            Optional<Shards> holdout,
            List<String> warnings,
            boolean endedEarly,
            StagedResult result) {
        TrainedNetwork network = new TrainedNetwork(
                kind,
                architecture,
                result.parameters(),
                GivenRows.of(rows.train(), architecture.likelihood()),
                clusters(rows.train(), result.parameters(), warnings));
        M measured = estimator.model(network, null);
        Map<String, Object> train = measures(measured, 0, rows.train(), TRAINING);
        if (network.clusters() != null && Objects.equals(train.get("activeUnits"), 0L)) {
            warnings.add("no latent dimension is active, so the clusters of the codes say nothing about the rows");
        }
        Optional<Map<String, Object>> held =
                holdout.map(shards -> measures(measured, options.importanceSamples(), shards, HELD_OUT));
        monitor.check();
        Origin origin = context.origin(rows.facts());
        NetworkFit fit = NetworkFit.of(
                train, held, result.stages(), result.last(), rows.facts().rows(), origin.json());
        Map<Boolean, Comparison> compared = monitor.time("evaluate", () -> compared(measured, rows, holdout));
        monitor.check();
        M model = estimator.model(network, fit);
        FeatureAssembler assembler =
                tables.assembler(rows.columns(), rows.scaling(), rows.facts().width());
        Map<Boolean, Agreement> agreement =
                monitor.time("evaluate", () -> LabelMeasures.of(tables, assembler, model, warnings::add));
        return new NetworkOutcome<>(
                context,
                rows,
                heldOut,
                warnings,
                endedEarly,
                result,
                model,
                assembler,
                train,
                held,
                agreement,
                compared,
                origin);
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

    private Map<String, Object> measures(M network, int importanceSamples, Shards rows, String name) {
        return monitor.time(
                "evaluate", () -> network.measures(importanceSamples).of(rows, "metrics of the " + name));
    }

    /** Returns the comparisons with reconstructions and samples for training rows (false) and held-out rows (true). */
    private Map<Boolean, Comparison> compared(M network, ShardTable rows, Optional<Shards> holdout) {
        Comparisons comparisons = new Comparisons(comparison, network, rows);
        Map<Boolean, Comparison> compared = new TreeMap<>();
        compared.put(false, comparisons.of(rows.train(), TRAINING));
        holdout.ifPresent(held -> compared.put(true, comparisons.of(held, HELD_OUT)));
        return compared;
    }
}
