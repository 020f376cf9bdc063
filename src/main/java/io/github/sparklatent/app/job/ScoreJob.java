package io.github.sparklatent.app.job;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nanvl;

import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.app.files.SourceFiles;
import io.github.sparklatent.app.files.TableReader;
import io.github.sparklatent.app.files.TableWriter;
import io.github.sparklatent.app.job.TopAnomalies.ObservedValues;
import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.cluster.table.UsabilityCheck;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.ScoreSection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.core.Drift;
import io.github.sparklatent.ml.core.Roles;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.Numbers;
import io.github.sparklatent.scoring.ScoreDistribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds a saved model's columns to the rows of a table. */
public final class ScoreJob implements Work {
    private static final Logger LOG = LoggerFactory.getLogger(ScoreJob.class);

    /** Column with the run of the model, if the model is a version of a registry. */
    private static final String RUN_ID = "runId";

    private final JobContext context;
    private final JobConfiguration configuration;
    private final TableWriter writer;
    private final JobMonitor monitor;
    private final Roles roles;
    private final Condition where;
    private SavedModel saved;
    private TableReader reader;
    private FeatureColumns columns;
    private Scores scores;
    private Optional<Counts> counts = Optional.empty();
    private TopAnomalies top;
    private List<Row> drift = List.of();
    private List<String> warnings = List.of();

    /** Numbers of rows that were scored and left out. */
    private record Counts(long scored, long skipped) {}

    /** Creates the job without starting it. */
    public ScoreJob(JobContext context) {
        this.context = context;
        this.configuration = context.configuration();
        // Libsvm and images can hold only labels and numbers, and tables of Delta are written by its own log.
        DataFormat input = configuration.data().format();
        boolean isWritten = input != DataFormat.LIBSVM && input != DataFormat.DELTA && !input.isImages();
        this.writer = context.rowWriter(isWritten ? input : DataFormat.PARQUET);
        this.monitor = new JobMonitor(context);
        this.roles = context.roles();
        this.where = new Condition("score.where", configuration.score().where());
    }

    @Override
    public void checkPaths() {
        writer.requirePath();
        SavedModels.requirePath(context.hadoop(), configuration.savedModel());
        SourceFiles.require(context.hadoop(), configuration.data());
    }

    @Override
    public void check() {
        writer.requireTable();
        if (writer.isRepeated()) {
            return;
        }
        saved = context.savedModel();
        DataSection data = configuration.data();
        saved.requireMissingAllowed(data.invalid());
        reader = context.reader(data);
        Dataset<Row> table = reader.open(saved.model().numFeatures());
        columns = context.inData(() -> roles.columns(saved, table.schema()));
        where.requireReadable(table);
        Dataset<Row> rows = where.of(table);
        warnings = new ArrayList<>();
        context.inData(() -> {
            Drift.requireKnown(saved, rows, columns, roles.weight(rows.schema()));
            return true;
        });
        ScoreSection section = configuration.score();
        if (!configuration.settings().isGiven("score.columns")) { // the defaults that this model has
            section = section.with(section.columns().stream()
                    .filter(column -> !column.isOfModel() || saved.offers(column))
                    .filter(column ->
                            !column.isOfAnomaly() || saved.model().rule().isPresent())
                    .toList());
        }
        scores = new Scores(saved, section, writer.isFlat());
        scores.requireUnused(table.schema());
        if (scores.names().contains(ScoreColumn.IS_ANOMALY.toString())
                && section.threshold().isEmpty()
                && section.alerts().isEmpty()) {
            ScoreDistribution known = saved.model().form().known().scores();
            known.doubt(section.alertRate()).ifPresent(warnings::add);
        }
        if (configuration.version().isPresent()
                && Arrays.stream(table.schema().fieldNames()).anyMatch(RUN_ID::equalsIgnoreCase)) {
            throw new DataException(
                    "the table already has a column \"%s\", which score adds with the run of the model; rename it"
                            .formatted(RUN_ID));
        }
        requireSelected();
        writer.requireWritable(scored(table, null).schema());
    }

    /** Requires the columns by which the rows to write are selected. */
    private void requireSelected() {
        ScoreSection section = configuration.score();
        List<ScoreColumn> needed = new ArrayList<>(selecting(section));
        if (section.alerts().isPresent() || section.maxAlertRate().isPresent()) {
            needed.add(ScoreColumn.IS_ANOMALY);
        }
        for (ScoreColumn column : needed) {
            if (!scores.names().contains(column.toString())) {
                throw new UsageException(
                        "score.only, top, alerts and maxAlertRate need the column %s, but score.columns is [%s]: add it"
                                .formatted(column, String.join(", ", scores.names())));
            }
        }
    }

    /** Returns the columns by which the rows to write are selected. */
    private static List<ScoreColumn> selecting(ScoreSection section) {
        return section.top().isPresent()
                ? List.of(ScoreColumn.SEVERITY, ScoreColumn.ANOMALY)
                : section.only().isPresent() ? List.of(ScoreColumn.IS_ANOMALY) : List.of();
    }

    /** Returns those of the scored rows that are to be written. Spark takes NaN for the greatest number. */
    private static Dataset<Row> written(Dataset<Row> scored, ScoreSection section) {
        Dataset<Row> rows = section.only().isPresent() ? scored.where(col(ScoreColumn.IS_ANOMALY.toString())) : scored;
        Column[] greatest = selecting(section).stream()
                .map(column -> nanvl(col(column.toString()), lit(null)).desc_nulls_last())
                .toArray(Column[]::new);
        return section.top().map(most -> rows.orderBy(greatest).limit(most)).orElse(rows);
    }

    private Dataset<Row> scored(Dataset<Row> rows, Drift.Observed observed) {
        Dataset<Row> added = scores.of(rows, columns, configuration.data().invalid(), observed);
        Dataset<Row> own = configuration.score().imputations() > 1 ? added.drop(SchemaColumns.KEY) : added;
        return configuration
                .version()
                .map(run -> own.withColumn(RUN_ID, lit(run)))
                .orElse(own);
    }

    /** Returns the anomaly score of each row and the columns that contribute to it. */
    private Dataset<Row> explained(Dataset<Row> rows) {
        ScoreSection section = configuration.score();
        List<ScoreColumn> why = List.of(ScoreColumn.ANOMALY, ScoreColumn.CONTRIBUTIONS);
        return new Scores(saved, section.with(why), false)
                .of(rows, columns, configuration.data().invalid());
    }

    @Override
    public Outcome run() {
        return writer.isRepeated() ? Outcome.repeated(writer) : monitor.observed(this::work);
    }

    private Outcome work() {
        monitor.time("write", () -> context.inData(this::write));
        Lines lines = new Lines();
        lines.add("model", "%s", saved.model().describe());
        counts.ifPresent(rows -> lines.add("rows", "%d scored, %d skipped", rows.scored(), rows.skipped()));
        where.text().ifPresent(text -> lines.add("where", "%s", text));
        configuration.version().ifPresent(run -> lines.add("run", "%s", run));
        lines.add("columns", "%s", String.join(", ", scores.names()));
        warnings.forEach(warning -> lines.add("warning", "%s", warning));
        lines.add("seconds", "%s", Lines.seconds(monitor.seconds()));
        lines.add("result", "%s, %s", writer.result(), writer.format());
        Map<String, Object> metrics = Json.object(
                "model", saved.model().metrics(),
                "runId", configuration.version().orElse(null),
                "rows",
                        counts.map(rows -> Json.object("scored", rows.scored(), "skipped", rows.skipped()))
                                .orElse(null),
                "columns", scores.names(),
                "warnings", warnings,
                "seconds", monitor.seconds(),
                "output", writer.result(),
                "format", writer.format());
        Optional<TopAnomalies.Found> anomalies = anomalies();
        anomalies.ifPresent(found -> metrics.putAll(found.metrics()));
        anomalies.ifPresent(found -> found.addTo(lines));
        List<Map<String, Object>> compared = Drift.json(drift);
        if (!compared.isEmpty()) {
            metrics.put("drift", compared);
            Drift.addTo(lines, drift);
        }
        return new Outcome(metrics, lines.toString());
    }

    private Optional<TopAnomalies.Found> anomalies() {
        try {
            return counts.flatMap(rows -> top.found(rows.scored(), scores.threshold(), this::explained));
        } catch (Exception e) { // includes Spark's undeclared checked exceptions; the rows are there
            LOG.warn("the most anomalous rows are not shown: {}", ExitCodes.reason(e));
            return Optional.empty();
        }
    }

    /**
     * Writes the rows, and counts them in the same traversal. A task ends the job at the first row that cannot be used.
     * Then, and if no row was scored, all rows are read again to count what is wrong with them.
     */
    private Optional<Counts> write() {
        reader.check(0, rows -> {
            write(rows);
            return true;
        });
        warnings.addAll(0, reader.warnings());
        warnings.addAll(writer.warnings());
        reader.warnings().forEach(LOG::warn);
        counts.filter(rows -> rows.skipped() > 0)
                .ifPresent(rows -> LOG.warn(UsabilityCheck.leftOut(
                        rows.skipped(),
                        rows.scored() + rows.skipped(),
                        configuration.data().invalid())));
        counts = counts.map(rows -> new Counts(rows.scored(), rows.skipped() + reader.skipped()));
        return counts;
    }

    private void write(Dataset<Row> all) {
        Dataset<Row> chosen = where.of(all);
        // Now, because Spark cannot ship what observes rows before a shuffle.
        Dataset<Row> rows = configuration.score().imputations() > 1 ? SchemaColumns.keyed(chosen) : chosen;
        ObservedValues read = new ObservedValues();
        ObservedValues kept = new ObservedValues();
        top = new TopAnomalies(configuration.score(), configuration.data().id());
        try {
            Optional<Integer> alerts = configuration.score().alerts();
            alerts.ifPresent(most ->
                    scores.flag(most, rows, columns, configuration.data().invalid()));
            Dataset<Row> scored = kept.of(
                    scored(rows, new Drift.Observed(saved, roles.weight(rows.schema()), read::of)), count(lit(1)));
            if (!writer.commitsLater()) {
                if (scored(rows, null).isEmpty()) {
                    facts(rows);
                }
                requireWithin(() -> drift = compared(rows), () -> alertShare(rows));
            }
            writer.write(written(top.of(scored, rows), configuration.score()), () -> counted(rows, read, kept));
        } catch (Exception e) { // includes Spark's undeclared checked exceptions
            context.stop().check();
            if (!(e instanceof DataException) && !TableReader.isRagged(e) && ExitCodes.isData(e)) {
                facts(rows);
            }
            throw e;
        }
    }

    private void counted(Dataset<Row> rows, ObservedValues read, ObservedValues kept) {
        Optional<Object> reported = read.values().map(values -> values.get(0));
        long all = reported.map(Drift::count).orElse(-1L);
        long scored = kept.values().map(values -> (long) values.get(0)).orElse(-1L)
                / configuration.score().imputations();
        if (all < 0 || scored <= 0) {
            TableFacts facts = facts(rows);
            counts = Optional.of(new Counts(facts.rows(), facts.skipped()));
        } else {
            counts = Optional.of(new Counts(scored, all - scored));
        }
        drift = reported.map(Drift::rows).orElseGet(() -> drift.isEmpty() ? compared(rows) : drift);
        if (writer.commitsLater()) {
            requireWithin(
                    () -> drift,
                    () -> top.observed
                            .values()
                            .map(values -> (long) values.get(0) / (double) scored)
                            .orElseGet(() -> alertShare(rows)));
        }
    }

    /**
     * Compares what the job has found with the limits of the configuration, before the rows can be seen.
     *
     * @throws DataException if a column has too many missing values, or if too many rows are alerts
     */
    private void requireWithin(Supplier<List<Row>> compared, Supplier<Double> alertShare) {
        configuration.data().maxMissing().ifPresent(most -> Drift.requireComplete(compared.get(), most));
        configuration.score().maxAlertRate().ifPresent(most -> {
            double share = alertShare.get();
            if (share > most) {
                throw new DataException("%s of the rows are alerts, expected at most %s (score.maxAlertRate); %s"
                        .formatted(Numbers.percent(share), Numbers.percent(most), Drift.named(compared.get())));
            }
        });
    }

    /** Compares the columns of rows with those of the training rows. */
    private List<Row> compared(Dataset<Row> rows) {
        return Drift.table(saved, rows, columns, roles.weight(rows.schema())).collectAsList();
    }

    /** Reads the rows to compute the share of alerts, where the writer commits before it can be known. */
    private double alertShare(Dataset<Row> rows) {
        ScoreSection section = configuration.score();
        Column isAnomaly = col(ScoreColumn.IS_ANOMALY.toString()).cast("double");
        return new Scores(saved, section.with(List.of(ScoreColumn.IS_ANOMALY)), false)
                .flaggingAs(scores)
                .of(rows, columns, configuration.data().invalid())
                .agg(coalesce(avg(coalesce(isAnomaly, lit(0.0))), lit(0.0)))
                .head()
                .getDouble(0);
    }

    /** Counts and checks all rows without their weights. */
    private TableFacts facts(Dataset<Row> rows) {
        where.requireRows(rows);
        TableOptions options = roles.options().whole().withWeight(null);
        TableFacts facts = BlockTable.check(rows, columns, saved.scaling(), options);
        saved.requireWidth(facts.width());
        return facts;
    }
}
