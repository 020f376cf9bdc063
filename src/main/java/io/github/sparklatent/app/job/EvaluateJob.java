package io.github.sparklatent.app.job;

import static org.apache.spark.sql.functions.lit;

import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.files.RunDirectory;
import io.github.sparklatent.app.files.SourceFiles;
import io.github.sparklatent.app.files.TableReader;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.RowRoles;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.ml.core.AlertBudgets;
import io.github.sparklatent.ml.core.EvaluationContext;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.ModelEvaluation;
import io.github.sparklatent.ml.core.Origin;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.evaluation.AnomalyMeasure;
import io.github.sparklatent.ml.evaluation.TrainedTable.LogJacobian;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Evaluates a saved model on all rows of a table. */
public final class EvaluateJob implements Work {
    private static final Logger LOG = LoggerFactory.getLogger(EvaluateJob.class);

    private final JobContext context;
    private final JobConfiguration configuration;
    private final RunDirectory output;
    private final JobMonitor monitor;
    private SavedModel saved;
    private TableReader reader;
    private FeatureColumns columns;

    /** Creates the job without starting it. */
    public EvaluateJob(JobContext context) {
        this.context = context;
        this.configuration = context.configuration();
        this.output = context.output();
        this.monitor = new JobMonitor(context);
    }

    @Override
    public void checkPaths() {
        output.requireUsable();
        SavedModels.requirePath(context.hadoop(), configuration.savedModel());
        SourceFiles.require(context.hadoop(), configuration.data());
    }

    @Override
    public void check() {
        checkPaths();
        saved = context.savedModel();
        DataSection data = configuration.data();
        saved.requireMissingAllowed(data.invalid());
        reader = context.reader(data);
        Dataset<Row> opened =
                monitor.time("read", () -> reader.open(saved.model().numFeatures()));
        Dataset<Row> table = context.preview() ? reader.counted() : opened;
        columns = TableSettings.inData(configuration, () -> {
            TableSettings.requireNamedColumns(table.schema(), data);
            return TableSettings.columns(saved, table.schema(), configuration.data());
        });
        evaluation(table); // refuses settings before the rows are read
    }

    private ModelEvaluation evaluation(Dataset<Row> table) {
        return saved.model()
                .evaluation(new EvaluationContext(
                        context.spark(),
                        configuration.settings(),
                        configuration.data().name(),
                        table,
                        columns,
                        saved.assembler(columns),
                        TableSettings.whole(configuration).withUnread(reader.skipped()),
                        saved.path(),
                        monitor));
    }

    /** Returns what a few alert rates would flag; empty if no scores of reference rows are known. */
    private List<Map<String, Object>> budgets(Dataset<Row> table) {
        LatentModel<?> model = saved.ofTable();
        if (model.severity().isEmpty()) {
            return List.of();
        }
        TableOptions options = TableSettings.whole(configuration);
        model.put("handleInvalid", options.invalid().toString());
        Column label = AnomalyMeasure.label(table, options).orElse(lit(null));
        Column weight = RowRoles.weight(table.schema(), options);
        List<Map<String, Object>> budgets = new ArrayList<>();
        for (Row row : AlertBudgets.of(model, model.severity().get(), table, weight, label)
                .collectAsList()) {
            Map<String, Object> budget = Json.parse(row.json());
            budget.values().removeIf(Objects::isNull);
            double rows = (double) budget.get("rows"); // weights may be any numbers
            budget.put("rows", rows % 1 == 0 ? (Object) Math.round(rows) : rows);
            budgets.add(budget);
        }
        return budgets;
    }

    @Override
    public Outcome run() {
        return monitor.observed(this::work);
    }

    private Outcome work() {
        List<ModelEvaluation.Measured> evaluated = new ArrayList<>();
        Dataset<Row> table =
                reader.check(0, rows -> evaluated.add(TableSettings.inData(configuration, evaluation(rows)::run)));
        List<Map<String, Object>> budgets = monitor.time("evaluate", () -> budgets(table));
        ModelEvaluation.Measured measured = evaluated.get(0);
        TableFacts facts = measured.facts();
        reader.warnings().forEach(LOG::warn);
        facts.warnings().forEach(LOG::warn);
        Map<String, Object> measures = new LinkedHashMap<>(measured.measures());
        measures.putAll(measured.details());
        if (!budgets.isEmpty()) {
            measures.put("budgets", budgets);
        }
        List<String> warnings = new ArrayList<>(reader.warnings());
        warnings.addAll(measured.warnings());
        Map<String, Object> metrics = Json.object(
                "model", saved.model().metrics(),
                "rows", Json.object("evaluation", facts.rows(), "skipped", facts.skipped()),
                "missing", facts.missingByFeature(),
                "scaling",
                        LogJacobian.json(
                                measured.scaling(),
                                facts,
                                configuration.data().weight().isPresent()),
                "evaluation", measures,
                "seconds", monitor.seconds(),
                "warnings", warnings,
                "origin",
                        Origin.of(
                                        context.spark(),
                                        configuration.settings(),
                                        facts.fingerprint(),
                                        context.versions().json())
                                .entries());
        context.stop().check();
        output.write(true, directory -> output.text(new Path(directory, ResultWriter.METRICS), Json.text(metrics)));
        return new Outcome(metrics, text(measured, budgets, warnings));
    }

    private String text(ModelEvaluation.Measured measured, List<Map<String, Object>> budgets, List<String> warnings) {
        Lines lines = new Lines();
        lines.add("model", "%s", saved.model().describe());
        lines.add(
                "rows",
                "%d, %d skipped",
                measured.facts().rows(),
                measured.facts().skipped());
        lines.add("measures", "%s", Lines.measures(measured.measures()));
        lines.addAll(measured.notes());
        budgets.forEach(budget -> lines.add("budget", "%s", Lines.measures(budget)));
        lines.addNotes("warning", warnings);
        lines.add("seconds", "%s", Lines.seconds(monitor.seconds()));
        lines.add("result", "%s", output.result());
        return lines.toString();
    }
}
