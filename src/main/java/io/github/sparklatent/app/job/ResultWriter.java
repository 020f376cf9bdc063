package io.github.sparklatent.app.job;

import io.github.sparklatent.app.console.Stop;
import io.github.sparklatent.app.files.RunDirectory;
import io.github.sparklatent.cluster.encoding.ColumnDecision;
import io.github.sparklatent.cluster.encoding.ColumnPlan;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.report.Numbers;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import io.github.sparklatent.report.ReportWriter;
import io.github.sparklatent.scoring.AlertRule;
import io.github.sparklatent.scoring.ReferenceScores;
import io.github.sparklatent.scoring.ScoreDistribution;
import java.awt.AWTError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the result directory of a training: model, rounds, report and metrics. */
public final class ResultWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ResultWriter.class);

    /** Name of the file with the metrics. */
    public static final String METRICS = "metrics.json";

    /** Name of the file with one line for each round. */
    public static final String ROUNDS = "rounds.jsonl";

    /** Name of the page for readers. */
    public static final String REPORT = "report.html";

    /** Largest number of columns in a report. */
    private static final int SHOWN = 200;

    private final RunDirectory output;
    private final boolean reported;
    private final JobMonitor monitor;
    private final Stop stop;

    /** Creates the writer of a job's result. */
    public ResultWriter(JobContext context, JobMonitor monitor) {
        this.output = context.output();
        this.reported = context.configuration().output().report();
        this.monitor = monitor;
        this.stop = context.stop();
    }

    /**
     * Writes the result. The metrics are written last, because they include the seconds taken to write the rest.
     *
     * @param plan decisions about the columns of the table; null if there are none
     * @param check checks the model at the path where it was saved, before a reader can see it
     */
    void write(Trained<?> trained, ColumnPlan plan, LatentModel<?> model, Consumer<Path> check, Supplier<Page> report) {
        output.write(true, directory -> {
            monitor.time("write", () -> {
                Path saved = new Path(directory, SavedModels.DIRECTORY);
                save(model, saved);
                output.checksums(saved);
                check.accept(saved);
                trained.tables()
                        .forEach((name, table) ->
                                table.coalesce(1).write().parquet(new Path(directory, name).toString()));
                output.text(new Path(directory, ROUNDS), rounds(trained));
                if (reported) {
                    drawn(() -> ReportWriter.render(report.get().with(List.of(columns(plan)), List.of())), stop)
                            .ifPresent(page -> output.text(new Path(directory, REPORT), page));
                }
                return directory;
            });
            Map<String, Object> metrics = new LinkedHashMap<>(trained.result().metrics());
            if (plan != null) {
                metrics.put("columns", plan.json());
            }
            model.rule().ifPresent(rule -> metrics.put("alerts", alerts(rule)));
            output.text(new Path(directory, METRICS), Json.text(metrics));
        });
    }

    /** Returns the section with the decisions about the columns, which is empty if there are none. */
    private static Section columns(ColumnPlan plan) {
        List<ColumnDecision> all = plan == null ? List.of() : plan.decisions();
        Table table = new Table(
                "columns-uses",
                all.size() > SHOWN
                        ? "The first %d of %d columns.".formatted(SHOWN, all.size())
                        : "Types of the columns and the reasons for them.",
                "sentences",
                List.of("Column", "Type", "Missing", "Reason"),
                all.stream()
                        .limit(SHOWN)
                        .map(decision -> List.of(
                                Cell.of(decision.column()),
                                Cell.of(decision.isUsed() ? decision.type() : "left out"),
                                Cell.of(decision.missing() > 0 ? Numbers.percent(decision.missing()) : ""),
                                Cell.of(decision.reason())))
                        .toList(),
                true);
        return new Section(
                "columns",
                "Columns of the table",
                "%d of %d columns are modelled. To have a column read in another way, give its type in data.columns."
                        .formatted(all.stream().filter(ColumnDecision::isUsed).count(), all.size()),
                all.isEmpty() ? List.of() : List.of(table));
    }

    private static Map<String, Object> alerts(AlertRule rule) {
        ScoreDistribution known = rule.reference().scores();
        Map<String, Object> alerts = new LinkedHashMap<>();
        alerts.put("rate", rule.alertRate());
        alerts.put("threshold", rule.limit());
        alerts.put("referenceRows", known.rows());
        alerts.put("heldOut", known.heldOut());
        if (known.heldOut()) {
            alerts.put("relativeError", ReferenceScores.relativeError(known.rows(), rule.alertRate()));
        }
        return alerts;
    }

    /** Saves a pipeline, which Spark opens without the class of the model. */
    private static void save(LatentModel<?> model, Path path) {
        try {
            new PipelineModel(SavedModels.PIPELINE, List.<Transformer>of(model))
                    .write()
                    .save(path.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("the model cannot be written: " + e.getMessage(), e);
        }
    }

    private static String rounds(Trained<?> trained) {
        return trained.rounds().stream().map(Json::line).collect(Collectors.joining("\n", "", "\n"));
    }

    /**
     * Returns the page, or nothing if it cannot be drawn: a missing font must not lose the result of a long training.
     * If a stop was requested, the error is thrown.
     */
    public static Optional<String> drawn(Supplier<String> page, Stop stop) {
        try {
            return Optional.of(page.get());
        } catch (Exception | LinkageError | AWTError e) { // includes Spark's undeclared checked exceptions
            if (stop.isRequested()) {
                throw e;
            }
            LOG.warn("report.html is not written because it cannot be drawn: {}", e.toString());
            return Optional.empty();
        }
    }
}
