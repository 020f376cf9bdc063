package io.github.sparklatent.app.job;

import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.files.RunDirectory;
import io.github.sparklatent.app.files.SourceFiles;
import io.github.sparklatent.app.files.TableReader;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.ScoreSection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.core.AlertBudgets;
import io.github.sparklatent.ml.core.Drift;
import io.github.sparklatent.ml.core.EvaluationContext;
import io.github.sparklatent.ml.core.ModelEvaluation;
import io.github.sparklatent.ml.core.Origin;
import io.github.sparklatent.ml.core.Roles;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.ml.evaluation.TrainedTable.LogJacobian;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
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
    private final Roles roles;
    private SavedModel saved;
    private TableReader reader;
    private FeatureColumns columns;

    /** Creates the job without starting it. */
    public EvaluateJob(JobContext context) {
        this.context = context;
        this.configuration = context.configuration();
        this.output = context.output();
        this.monitor = new JobMonitor(context);
        this.roles = context.roles();
    }

    @Override
    public void checkPaths() {
        output.requireUsable();
        SavedModels.requirePath(context.hadoop(), configuration.savedModel());
        SourceFiles.require(context.hadoop(), configuration.data());
    }

    @Override
    public void check() {
        saved = context.savedModel();
        DataSection data = configuration.data();
        saved.requireMissingAllowed(data.invalid());
        reader = context.reader(data);
        Dataset<Row> opened =
                monitor.time("read", () -> reader.open(saved.model().numFeatures()));
        Dataset<Row> table = context.preview() ? reader.counted() : opened;
        columns = context.inData(() -> {
            roles.requireNamed(table.schema());
            return roles.columns(saved, table.schema());
        });
        ScoreSection score = configuration.score();
        if (saved.model().form().reference().isEmpty()
                && (score.alerts().isPresent() || !score.costs().isEmpty())) {
            throw new UsageException(
                    "score.alerts and score.costs need the anomaly scores of training rows, which the model at \"%s\" does not have; train it again"
                            .formatted(saved.path()));
        }
        evaluation(table); // refuses settings before the rows are read
    }

    private ModelEvaluation evaluation(Dataset<Row> table) {
        return saved.model()
                .evaluation(new EvaluationContext(
                        configuration.settings(),
                        TrainingTables.of(
                                table,
                                columns,
                                roles.options().whole().withUnread(reader.skipped()),
                                configuration.data().name()),
                        saved.form(columns),
                        saved.path(),
                        monitor));
    }

    private Map<String, Object> budgets(Dataset<Row> table) {
        ScoreSection score = configuration.score();
        TableOptions options = roles.options().whole();
        return saved.model()
                .form()
                .reference()
                .map(known -> new AlertBudgets(saved.model(), saved.form(columns), known, table, options))
                .map(found -> found.figures(score.budgets(), score.alerts(), score.costs()))
                .orElse(Map.of());
    }

    @Override
    public Outcome run() {
        return monitor.observed(this::work);
    }

    private Outcome work() {
        List<ModelEvaluation.Measured> evaluated = new ArrayList<>();
        Dataset<Row> table = reader.check(0, rows -> evaluated.add(context.inData(evaluation(rows)::run)));
        List<Row> drift = monitor.time(
                "evaluate",
                () -> Drift.table(saved, table, columns, roles.weight(table.schema()))
                        .collectAsList());
        configuration.data().maxMissing().ifPresent(most -> Drift.requireComplete(drift, most));
        ModelEvaluation.Measured measured = evaluated.get(0);
        TableFacts facts = measured.facts();
        reader.warnings().forEach(LOG::warn);
        facts.warnings().forEach(LOG::warn);
        Map<String, Object> measures = new LinkedHashMap<>(measured.measures());
        measures.putAll(measured.details());
        measures.putAll(monitor.time("evaluate", () -> budgets(table)));
        List<String> warnings = new ArrayList<>(reader.warnings());
        if (configuration.settings().isGiven("score.budgets")) {
            saved.model()
                    .form()
                    .reference()
                    .flatMap(known -> known.scores()
                            .doubt(Collections.min(configuration.score().budgets())))
                    .ifPresent(warnings::add);
        }
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
                "drift", Drift.json(drift),
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
        return new Outcome(metrics, text(measured, measures, drift, warnings));
    }

    @SuppressWarnings("unchecked") // budgets are a list of figures, costs are figures
    private String text(
            ModelEvaluation.Measured measured, Map<String, Object> measures, List<Row> drift, List<String> warnings) {
        Lines lines = new Lines();
        lines.add("model", "%s", saved.model().describe());
        lines.add(
                "rows",
                "%d, %d skipped",
                measured.facts().rows(),
                measured.facts().skipped());
        lines.add("measures", "%s", Lines.measures(measured.measures()));
        lines.addAll(measured.notes());
        ((List<Map<String, Object>>) measures.getOrDefault("budgets", List.of()))
                .forEach(budget -> lines.add("budget", "%s", Lines.measures(budget)));
        if (measures.containsKey("costs")) {
            Map<String, Object> costs = new LinkedHashMap<>((Map<String, Object>) measures.get("costs"));
            Object threshold = costs.remove("threshold"); // with all digits, so that it can be set
            lines.add("costs", "threshold %s, %s", threshold, Lines.measures(costs));
        }
        Drift.addTo(lines, drift);
        lines.addNotes("warning", warnings);
        lines.add("seconds", "%s", Lines.seconds(monitor.seconds()));
        lines.add("result", "%s", output.result());
        return lines.toString();
    }
}
