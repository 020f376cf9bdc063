package io.github.sparklatent.app;

import io.github.sparklatent.app.LabelMeasures.Agreement;
import io.github.sparklatent.app.config.DataSection;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.FeatureColumns;
import io.github.sparklatent.cluster.TableFacts;
import io.github.sparklatent.cluster.TableOptions;
import io.github.sparklatent.gmm.MixtureEvaluation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures a saved mixture on all rows of a table. */
final class EvaluateJob implements Work {
    private static final Logger LOG = LoggerFactory.getLogger(EvaluateJob.class);

    private final JobContext context;
    private final JobConfiguration configuration;
    private final OutputDirectory output;
    private final Phases phases = new Phases();
    private SavedModel model;
    private Dataset<Row> table;
    private FeatureColumns columns;

    EvaluateJob(JobContext context) {
        this.context = context;
        this.configuration = context.configuration();
        this.output = context.output();
    }

    @Override
    public void check() {
        output.requireUsable();
        model = SavedModel.load(context.spark(), configuration.savedModel());
        DataSection data = configuration.data();
        table =
                phases.time(
                        "read",
                        () ->
                                new TableReader(context.spark(), data)
                                        .read(model.parameters().dimension()));
        TableSettings.requireNamedColumns(table.schema(), data);
        columns = model.columns(table.schema(), data);
    }

    @Override
    public Outcome run() {
        TableOptions options = TableSettings.whole(configuration);
        try (BlockTable rows =
                phases.time(
                        "read", () -> BlockTable.of(table, columns, model.scaling(), options))) {
            TableFacts facts = rows.facts();
            model.requireWidth(facts.width());
            facts.warnings().forEach(LOG::warn);
            Map<String, Object> measures = phases.time("evaluate", () -> measures(rows, options));
            Map<String, Object> figures =
                    Json.object(
                            "model", TrainFigures.model(model.parameters()),
                            "rows",
                                    Json.object(
                                            "evaluation", facts.rows(), "skipped", facts.skipped()),
                            "scaling", LogJacobian.json(rows.scaling()),
                            "evaluation", measures,
                            "seconds", phases.rounded(),
                            "warnings", facts.warnings(),
                            "origin",
                                    Origin.of(context.spark(), configuration, facts.fingerprint())
                                            .entries());
            context.stop().check();
            output.write(
                    directory ->
                            output.text(
                                    new Path(directory, ResultWriter.METRICS), Json.text(figures)));
            return new Outcome(figures, text(facts, measures));
        }
    }

    private Map<String, Object> measures(BlockTable rows, TableOptions options) {
        MixtureEvaluation evaluation = MixtureEvaluation.of(model.parameters(), rows.train());
        Map<String, Object> measures = new LinkedHashMap<>();
        measures.put("meanLogLikelihood", evaluation.meanLogLikelihood());
        if (configuration.data().label().isPresent()) {
            Agreement agreement =
                    new LabelMeasures(model.assembler(columns), model.mixture())
                            .of(table, columns, options)
                            .get(false);
            if (agreement != null) {
                measures.putAll(agreement.figures());
            }
        }
        measures.put("bic", evaluation.bic());
        measures.put("aic", evaluation.aic());
        return measures;
    }

    private String text(TableFacts facts, Map<String, Object> measures) {
        Lines lines = new Lines();
        lines.add("model", "%s", TrainFigures.describe(model.parameters()));
        lines.add("rows", "%d, %d skipped", facts.rows(), facts.skipped());
        lines.add("measures", "%s", Lines.measures(measures));
        lines.add("seconds", "%s", Lines.seconds(phases));
        lines.add("result", "%s", output.path());
        return lines.toString();
    }
}
