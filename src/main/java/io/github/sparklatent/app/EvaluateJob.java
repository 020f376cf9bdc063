package io.github.sparklatent.app;

import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.JobConfiguration;
import io.github.sparklatent.cluster.FeatureColumns;
import io.github.sparklatent.cluster.Scale;
import io.github.sparklatent.cluster.TableFacts;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures a saved model on all rows of a table. */
final class EvaluateJob implements Work {
    private static final Logger LOG = LoggerFactory.getLogger(EvaluateJob.class);

    private final JobContext context;
    private final JobConfiguration configuration;
    private final OutputDirectory output;
    private final Phases phases = new Phases();
    private SavedModel model;
    private Dataset<Row> table;
    private FeatureColumns columns;
    private ComparisonPlan plan;

    EvaluateJob(JobContext context) {
        this.context = context;
        this.configuration = context.configuration();
        this.output = context.output();
    }

    @Override
    public void check() {
        output.requireUsable();
        model = SavedModels.load(context);
        DataSection data = configuration.data();
        table =
                phases.time(
                        "read", () -> new TableReader(context.spark(), data).read(model.width()));
        columns = TableSettings.inData(configuration, () -> columns(data));
        Scale scale = model.scaling().kind();
        plan = ComparisonPlan.of(context);
        plan.requireRowsOf(model.width(), columns, scale);
        if (model instanceof SavedNetwork saved) {
            plan =
                    plan.withImageOf(
                            table.schema(), saved.network().network().architecture(), scale);
        }
    }

    private FeatureColumns columns(DataSection data) {
        TableSettings.requireNamedColumns(table.schema(), data);
        return model.columns(table.schema(), data);
    }

    @Override
    public Outcome run() {
        SavedModel.Measured measured =
                TableSettings.inData(
                        configuration, () -> model.measure(context, phases, table, columns, plan));
        TableFacts facts = measured.facts();
        facts.warnings().forEach(LOG::warn);
        Map<String, Object> figures =
                Json.object(
                        "model", model.figures(),
                        "rows", Json.object("evaluation", facts.rows(), "skipped", facts.skipped()),
                        "scaling", LogJacobian.json(measured.scaling()),
                        "evaluation", measured.comparison().beside(measured.measures()),
                        "seconds", phases.rounded(),
                        "warnings", measured.warnings(),
                        "origin",
                                Origin.of(context.spark(), configuration, facts.fingerprint())
                                        .entries());
        context.stop().check();
        output.write(
                directory ->
                        output.text(new Path(directory, ResultWriter.METRICS), Json.text(figures)));
        return new Outcome(figures, text(facts, measured));
    }

    private String text(TableFacts facts, SavedModel.Measured measured) {
        Lines lines = new Lines();
        lines.add("model", "%s", model.describe());
        lines.add("rows", "%d, %d skipped", facts.rows(), facts.skipped());
        lines.add("measures", "%s", Lines.measures(measured.measures()));
        measured.comparison().addTo(lines);
        lines.addNotes("warning", measured.warnings());
        lines.add("seconds", "%s", Lines.seconds(phases));
        lines.add("result", "%s", output.path());
        return lines.toString();
    }
}
