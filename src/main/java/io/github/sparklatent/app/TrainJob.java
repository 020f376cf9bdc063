package io.github.sparklatent.app;

import io.github.sparklatent.app.LabelMeasures.Agreement;
import io.github.sparklatent.app.config.DataSection;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.FeatureColumns;
import io.github.sparklatent.cluster.Scaling;
import io.github.sparklatent.gmm.RandomRows;
import io.github.sparklatent.gmm.TrainingResult;
import io.github.sparklatent.learn.Pass;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.SelectedRow;
import io.github.sparklatent.ml.FeatureAssembler;
import io.github.sparklatent.ml.GaussianMixtureModel;
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

    /** Rows shown in the report. */
    private static final int SHOWN = 2000;

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
        Checkpoints.requireWritable(context);
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
            holdoutTable = reader.read("data.holdout.path", data.holdout().paths(), width);
            TableSettings.requireNamedColumns(holdoutTable.schema(), data);
            FeatureColumns.resolve(holdoutTable.schema(), columns.columns(), Set.of());
        }
        return table;
    }

    @Override
    public Outcome run() {
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
            rows.facts().warnings().forEach(LOG::warn);
            context.stop().check();
            List<SelectedRow> sample = phases.time("read", () -> sample(rows.train()));
            Pass holdout = heldOut == null ? rows.holdout() : heldOut.train();
            Training training = new Training(context, initial);
            TrainingResult result =
                    phases.time("train", () -> training.run(rows, heldOut, holdout));
            context.stop().check();
            FeatureAssembler assembler = assembler(rows);
            Origin origin = Origin.of(context.spark(), configuration, rows.facts().fingerprint());
            GaussianMixtureModel model = new GaussianMixtureModel("mixture", result, origin.json());
            Map<Boolean, Agreement> agreement =
                    phases.time("evaluate", () -> agreement(assembler, model));
            TrainedMixture trained =
                    new TrainedMixture(
                            configuration,
                            rows,
                            holdout == null ? 0 : holdout.rows(),
                            result,
                            agreement,
                            sample,
                            training.curves(),
                            origin);
            context.stop().check();
            TrainFigures figures = new TrainFigures(trained, phases);
            new ResultWriter(output, trained, phases).write(pipeline(assembler, model), figures);
            training.forget();
            return new Outcome(figures.json(), figures.text(output.path()));
        }
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

    /** A pass that packs the blocks, too. */
    private List<SelectedRow> sample(Pass rows) {
        long key = RandomStreams.key(configuration.train().seed(), Purpose.REPORT);
        return rows.smallest("reading the rows", new RandomRows(key), SHOWN);
    }

    /** Both stages; the columns that they add must not be the table's own. */
    private PipelineModel pipeline(FeatureAssembler assembler, GaussianMixtureModel model) {
        StructType schema = table.schema();
        model.setFeaturesCol(assembler.getOutputCol())
                .setPredictionCol(TableSettings.unusedName(schema, model.getPredictionCol()))
                .setProbabilityCol(TableSettings.unusedName(schema, model.getProbabilityCol()));
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
