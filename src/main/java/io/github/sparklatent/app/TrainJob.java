package io.github.sparklatent.app;

import io.github.sparklatent.app.LabelMeasures.Agreement;
import io.github.sparklatent.app.config.DataSection;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.FeatureColumns;
import io.github.sparklatent.cluster.Placement;
import io.github.sparklatent.cluster.Scaling;
import io.github.sparklatent.gmm.MixtureEvaluation;
import io.github.sparklatent.gmm.RandomRows;
import io.github.sparklatent.gmm.TrainingResult;
import io.github.sparklatent.learn.Pass;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.SelectedRow;
import io.github.sparklatent.ml.FeatureAssembler;
import io.github.sparklatent.ml.GaussianMixtureModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a table, fits a mixture to it, measures it and leaves it with its figures and report. */
final class TrainJob implements Work {
    private static final Logger LOG = LoggerFactory.getLogger(TrainJob.class);

    /** Most rows shown in the report, and least; numbers of all of them. */
    private static final int MOST_SHOWN = 2000;

    private static final int LEAST_SHOWN = 50;
    private static final int NUMBERS_SHOWN = 1 << 20;

    private final JobContext context;
    private final JobConfiguration configuration;
    private final OutputDirectory output;
    private final Phases phases = new Phases();
    private Dataset<Row> table;
    private Dataset<Row> holdoutTable;
    private FeatureColumns columns;
    private Optional<InitialModel> initial = Optional.empty();

    TrainJob(JobContext context) {
        this.context = context;
        this.configuration = context.configuration();
        this.output = context.output();
    }

    @Override
    public void check() {
        output.requireUsable();
        Checkpoints.requireUsable(context.hadoop(), configuration.train().checkpoint());
        phases.time("read", this::findTables);
        initial = InitialModel.of(context);
        initial.ifPresent(model -> model.requireFitting(configuration, columns));
    }

    private Dataset<Row> findTables() {
        DataSection data = configuration.data();
        TableReader reader = new TableReader(context.spark(), data);
        table = reader.read();
        TableSettings.requireNamedColumns(table.schema(), data);
        columns = TableSettings.columns(table.schema(), data);
        if (!data.holdout().paths().isEmpty()) {
            int width = TableReader.declaredWidth(table.schema());
            holdoutTable = reader.readHoldout(width);
            TableSettings.requireNamedColumns(holdoutTable.schema(), data);
            FeatureColumns.resolve(holdoutTable.schema(), columns.columns(), Set.of());
        }
        return table;
    }

    @Override
    public Outcome run() {
        Checkpoints.earlier(context.hadoop(), configuration.train().checkpoint())
                .ifPresent(context.stop()::leaves);
        Scaling given = initial.map(InitialModel::scaling).orElse(null);
        try (BlockTable rows =
                        phases.time(
                                "read",
                                () ->
                                        BlockTable.of(
                                                table,
                                                columns,
                                                given,
                                                TableSettings.forTraining(configuration)));
                BlockTable heldOut = phases.time("read", () -> heldOut(rows))) {
            warnings(rows).forEach(LOG::warn);
            context.stop().check();
            List<SelectedRow> sample = phases.time("read", () -> sample(rows.train()));
            Pass holdout = heldOut == null ? rows.holdout() : heldOut.train();
            Training training = new Training(context, initial, partitions());
            TrainingResult result =
                    phases.time("train", () -> training.run(rows, heldOut, holdout));
            return training.keep(() -> finish(rows, holdout, sample, training, result));
        }
    }

    /** Measures what the rounds have found and writes it. */
    private Outcome finish(
            BlockTable rows,
            Pass holdout,
            List<SelectedRow> sample,
            Training training,
            TrainingResult result) {
        FeatureAssembler assembler = assembler(rows);
        Origin origin = Origin.of(context.spark(), configuration, rows.facts().fingerprint());
        GaussianMixtureModel model = new GaussianMixtureModel("mixture", result, origin.json());
        Map<Boolean, Agreement> agreement =
                phases.time("evaluate", () -> agreement(assembler, model));
        TrainedMixture trained =
                new TrainedMixture(
                        configuration,
                        rows,
                        warnings(rows),
                        holdout == null ? 0 : holdout.rows(),
                        phases.time("evaluate", () -> weight(holdout, result)),
                        result,
                        agreement,
                        sample,
                        training.curves(),
                        origin);
        context.stop().check();
        TrainFigures figures = new TrainFigures(trained, phases);
        new ResultWriter(output, trained, phases, context.stop())
                .write(pipeline(assembler, model), figures);
        training.forget();
        return new Outcome(figures.json(), figures.text(output.path()));
    }

    /** What the sums follow from, and the rows do not say: of rows that stay where they are. */
    private int partitions() {
        return configuration.data().placement() == Placement.ASIS
                ? table.toJavaRDD().getNumPartitions()
                : 0;
    }

    private List<String> warnings(BlockTable rows) {
        List<String> warnings = new ArrayList<>(rows.facts().warnings());
        TableSettings.unusedColumns(table.schema(), columns, configuration.data())
                .ifPresent(warnings::add);
        return warnings;
    }

    /** Total weight of the held-out rows; without a column of weights, their number. */
    private double weight(Pass holdout, TrainingResult result) {
        return holdout == null
                ? 0
                : configuration.data().weight().isEmpty()
                        ? holdout.rows()
                        : MixtureEvaluation.of(result.best().mixture(), holdout).weight();
    }

    private BlockTable heldOut(BlockTable rows) {
        return holdoutTable == null
                ? null
                : BlockTable.of(
                        holdoutTable,
                        FeatureColumns.resolve(holdoutTable.schema(), columns.columns(), Set.of()),
                        rows.scaling(),
                        TableSettings.whole(configuration));
    }

    /** A few rows for the report. */
    private List<SelectedRow> sample(Pass rows) {
        if (!configuration.output().report()) {
            return List.of();
        }
        long key = RandomStreams.key(configuration.train().seed(), Purpose.REPORT);
        return rows.smallest("reading the rows", new RandomRows(key), shown(rows.width()));
    }

    /** Rows shown in the report: fewer where they are wide. */
    static int shown(int width) {
        return Math.max(LEAST_SHOWN, Math.min(MOST_SHOWN, NUMBERS_SHOWN / width));
    }

    /** Both stages; the columns that they add must not be the table's own. */
    private PipelineModel pipeline(FeatureAssembler assembler, GaussianMixtureModel model) {
        StructType schema = table.schema();
        model.setFeaturesCol(assembler.getOutputCol())
                .setPredictionCol(TableSettings.unusedName(schema, model.getPredictionCol()))
                .setProbabilityCol(TableSettings.unusedName(schema, model.getProbabilityCol()))
                .setLogDensityCol(TableSettings.unusedName(schema, "logDensity"));
        return new Pipeline("pipeline")
                .setStages(new PipelineStage[] {assembler, model})
                .fit(table); // both are fitted: the table gives its schema only
    }

    /** The stage that makes the features; its column must not be one of the table's. */
    private FeatureAssembler assembler(BlockTable rows) {
        return new FeatureAssembler(
                        "assembler", rows.columns(), rows.scaling(), rows.facts().width())
                .setOutputCol(TableSettings.unusedName(table.schema(), "features"));
    }

    private Map<Boolean, Agreement> agreement(
            FeatureAssembler assembler, GaussianMixtureModel model) {
        if (configuration.data().label().isEmpty()) {
            return Map.of();
        }
        LabelMeasures measures = new LabelMeasures(assembler, model);
        Map<Boolean, Agreement> found =
                new TreeMap<>(
                        measures.of(table, columns, TableSettings.forTraining(configuration)));
        if (holdoutTable != null) {
            Agreement ofTable =
                    measures.of(holdoutTable, columns, TableSettings.whole(configuration))
                            .get(false);
            if (ofTable != null) {
                found.put(true, ofTable);
            }
        }
        return found;
    }
}
