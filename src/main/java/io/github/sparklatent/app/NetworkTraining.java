package io.github.sparklatent.app;

import io.github.sparklatent.app.LabelMeasures.Agreement;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.config.NetworkSettings;
import io.github.sparklatent.app.images.ImageColumns;
import io.github.sparklatent.cluster.FeatureColumns;
import io.github.sparklatent.cluster.RowCheck;
import io.github.sparklatent.cluster.Scale;
import io.github.sparklatent.cluster.Scaling;
import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.cluster.TableFacts;
import io.github.sparklatent.gan.AdversarialHealth;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.learn.StageRecord;
import io.github.sparklatent.learn.StagedResult;
import io.github.sparklatent.learn.StagedTraining;
import io.github.sparklatent.ml.FeatureAssembler;
import io.github.sparklatent.ml.NetworkColumn;
import io.github.sparklatent.ml.NetworkFit;
import io.github.sparklatent.ml.NetworkModel;
import io.github.sparklatent.nn.Likelihood;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains a network of any kind. */
final class NetworkTraining implements ModelTraining {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkTraining.class);

    private static final String TRAINING = "training rows";
    private static final String HELD_OUT = "held-out rows";

    /** Columns that the saved model adds unless it is told otherwise. */
    private static final List<NetworkColumn> SHOWN =
            List.of(
                    NetworkColumn.PREDICTION,
                    NetworkColumn.PROBABILITY,
                    NetworkColumn.LATENT,
                    NetworkColumn.ANOMALY);

    private final JobContext context;
    private final JobConfiguration configuration;
    private final TrainTables tables;
    private final Phases phases;
    private final NetworkOptions options;
    private Optional<NetworkStart> start = Optional.empty();
    private ComparisonPlan comparison;
    private LikelihoodColumns likelihoods;
    private Architecture architecture;

    NetworkTraining(JobContext context, TrainTables tables, Phases phases) {
        this.context = context;
        this.configuration = context.configuration();
        this.tables = tables;
        this.phases = phases;
        this.options = new NetworkOptions(configuration);
    }

    @Override
    public void check() {
        start = NetworkStart.of(context, tables.columns());
        comparison = ComparisonPlan.of(context);
        if (tables.columns().areNumbers()) { // the width of vectors is known from the rows only
            plan(tables.columns().columns().size());
        }
    }

    @Override
    public Outcome run() {
        try (ShardTable rows = phases.time("read", this::rows);
                ShardTable heldOut = phases.time("read", () -> heldOut(rows))) {
            Shards holdout = heldOut == null ? rows.holdout() : heldOut.train();
            List<String> warnings = new ArrayList<>(tables.warnings(rows.facts()));
            List<Stage> stages = options.stages(architecture, start.isPresent());
            List<String> ofStages = StagedTraining.warnings(stages, rows.train());
            warnings.addAll(ofStages);
            tables.unusedColumns().ifPresent(LOG::warn);
            ofStages.forEach(LOG::warn);
            architecture.requireRows(rows.train().rows());
            comparison.requireEnough(rows.train(), TRAINING);
            if (holdout != null) {
                comparison.requireEnough(holdout, HELD_OUT);
            }
            context.stop().check();
            NetworkRounds rounds =
                    new NetworkRounds(
                            context,
                            NetworkFigures.shortName(options.kind(), architecture),
                            stages);
            StagedResult result =
                    phases.time(
                            "train",
                            () ->
                                    rounds.run(
                                            identity(rows.facts(), heldOut),
                                            rows.train(),
                                            holdout,
                                            startParameters()));
            for (StageRecord stage : result.stages()) {
                warnings.addAll(stage.events());
                warnings.addAll(AdversarialHealth.warnings(stage));
            }
            return rounds.keep(
                    () ->
                            finish(
                                    rows,
                                    Optional.ofNullable(heldOut),
                                    Optional.ofNullable(holdout),
                                    warnings,
                                    result,
                                    rounds));
        }
    }

    private ShardTable rows() {
        return TableSettings.inData(
                configuration,
                () ->
                        ShardTable.of(
                                tables.table(),
                                tables.columns(),
                                start.map(NetworkStart::scaling).orElse(null),
                                TableSettings.forTraining(configuration),
                                this::plan,
                                scaling -> likelihoods.adapt(scaling)));
    }

    /** The networks follow from the number of columns. */
    private RowCheck plan(int width) {
        List<String> names = tables.columns().featureNames(width);
        NetworkSettings settings = (NetworkSettings) configuration.model();
        likelihoods = new LikelihoodColumns(settings.architecture().likelihood(), names);
        Likelihood likelihood = likelihoods.likelihood();
        architecture =
                options.architecture(width, likelihood, ImageColumns.size(tables.table().schema()));
        start.ifPresent(model -> model.requireSame(architecture));
        Scale scale = configuration.data().scale();
        comparison.requireRowsOf(width, tables.columns(), scale);
        comparison = comparison.withImageOf(tables.table().schema(), architecture, scale);
        return LikelihoodColumns.check(options.kind(), likelihood, names);
    }

    private ShardTable heldOut(ShardTable rows) {
        return tables.holdout()
                .map(
                        table -> {
                            FeatureColumns columns = tables.holdoutColumns();
                            Scaling scaling = rows.scaling();
                            return TableSettings.inHoldout(
                                    configuration,
                                    () ->
                                            ShardTable.of(
                                                    table,
                                                    columns,
                                                    scaling,
                                                    TableSettings.whole(configuration),
                                                    width ->
                                                            heldOutCheck(
                                                                    width, rows.facts().width())));
                        })
                .orElse(null);
    }

    /** The networks are those of the rows trained on. */
    private RowCheck heldOutCheck(int width, int expected) {
        if (width != expected) {
            throw new DataException(
                    "the rows have %d numbers, expected %d as those of data.path"
                            .formatted(width, expected));
        }
        return LikelihoodColumns.check(
                        options.kind(),
                        architecture.likelihood(),
                        tables.columns().featureNames(width))
                .ofHeldOut();
    }

    private float[] startParameters() {
        return start.map(NetworkStart::parameters)
                .orElseGet(
                        () ->
                                architecture.initialize(
                                        options.firstKind(), configuration.train().seed()));
    }

    private TrainingIdentity identity(TableFacts facts, ShardTable heldOut) {
        return TrainingIdentity.of(
                        configuration,
                        facts,
                        heldOut == null ? null : heldOut.facts(),
                        start.map(from -> from.saved().fingerprint()).orElse(""),
                        tables.partitions())
                .with("the architecture", architecture.describe(options.kind()));
    }

    /** Measures what the rounds have found and writes it. */
    private Outcome finish(
            ShardTable rows,
            Optional<ShardTable> heldOut,
            Optional<Shards> holdout,
            List<String> warnings,
            StagedResult result,
            NetworkRounds rounds) {
        TrainedNetwork network =
                new TrainedNetwork(options.kind(), architecture, result.parameters());
        NetworkModel<?> measured = NetworkModel.of("measured", network, null);
        options.judge(measured);
        Map<String, Object> train = measures(measured, 0, rows.train(), TRAINING);
        Optional<Map<String, Object>> held =
                holdout.map(
                        shards ->
                                measures(measured, options.importanceSamples(), shards, HELD_OUT));
        context.stop().check();
        Origin origin = Origin.of(context.spark(), configuration, rows.facts().fingerprint());
        NetworkFit fit =
                NetworkFit.of(
                        train,
                        held,
                        result.stages(),
                        result.last(),
                        rows.facts().rows(),
                        origin.json());
        Map<Boolean, Comparison> compared =
                phases.time("evaluate", () -> compared(measured, rows, holdout));
        context.stop().check();
        NetworkModel<?> model = model(network, fit);
        FeatureAssembler assembler =
                tables.assembler(rows.columns(), rows.scaling(), rows.facts().width());
        Map<Boolean, Agreement> agreement =
                phases.time("evaluate", () -> agreement(assembler, model, warnings));
        NetworkOutcome trained =
                new NetworkOutcome(
                        tables, rows, heldOut, warnings, result, model, train, held, agreement,
                        compared, origin);
        NetworkFigures figures = new NetworkFigures(trained, phases);
        OutputDirectory output = context.output();
        model.setFeaturesCol(assembler.getOutputCol());
        new ResultWriter(output, phases, context.stop())
                .write(
                        new NetworkResult(
                                trained, tables.pipeline(assembler, model), figures, phases));
        rounds.forget();
        return new Outcome(figures.json(), figures.text(output.path()));
    }

    private Map<String, Object> measures(
            NetworkModel<?> network, int importanceSamples, Shards rows, String name) {
        return phases.time(
                "evaluate",
                () -> network.measures(importanceSamples).of(rows, "figures of the " + name));
    }

    /** By whether rows are held out; what follows from rows follows from those trained on. */
    private Map<Boolean, Comparison> compared(
            NetworkModel<?> network, ShardTable rows, Optional<Shards> holdout) {
        Comparisons comparisons = new Comparisons(comparison, network, rows, TRAINING);
        Map<Boolean, Comparison> compared = new TreeMap<>();
        compared.put(false, comparisons.of(rows.train(), TRAINING));
        holdout.ifPresent(held -> compared.put(true, comparisons.of(held, HELD_OUT)));
        return compared;
    }

    private Map<Boolean, Agreement> agreement(
            FeatureAssembler assembler, NetworkModel<?> model, List<String> warnings) {
        boolean measured =
                configuration.data().label().isPresent() && model.offers(NetworkColumn.PREDICTION);
        return measured ? LabelMeasures.of(assembler, model, warnings::add).of(tables) : Map.of();
    }

    /** The columns that the model adds must not be the table's own. */
    private NetworkModel<?> model(TrainedNetwork network, NetworkFit fit) {
        String name = configuration.model().type().toString();
        NetworkModel<?> model = NetworkModel.of(name, network, fit);
        Map<NetworkColumn, String> columns = new EnumMap<>(NetworkColumn.class);
        for (NetworkColumn column : SHOWN) {
            if (model.offers(column)) {
                columns.put(column, tables.unused(column.name().toLowerCase(Locale.ROOT)));
            }
        }
        NetworkModel<?> shown = model.withColumns(columns);
        options.judge(shown);
        return shown;
    }
}
