package io.github.sparklatent.app.job;

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
import io.github.sparklatent.cluster.table.ColumnPaths;
import io.github.sparklatent.cluster.table.EncodedColumn;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.cluster.table.UsabilityCheck;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.ScoreSection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.core.SampledRows;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
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
    private SavedModel saved;
    private TableReader reader;
    private FeatureColumns columns;
    private Scores scores;
    private Optional<Counts> counts = Optional.empty();
    private TopAnomalies top;
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
    }

    @Override
    public void checkPaths() {
        writer.requirePath();
        SavedModels.requirePath(context.hadoop(), configuration.savedModel());
        SourceFiles.require(context.hadoop(), configuration.data());
    }

    @Override
    public void check() {
        checkPaths();
        writer.requireTable();
        if (writer.isRepeated()) {
            return;
        }
        saved = context.savedModel();
        DataSection data = configuration.data();
        saved.requireMissingAllowed(data.invalid());
        reader = context.reader(data);
        Dataset<Row> table = reader.open(saved.model().numFeatures());
        columns = TableSettings.inData(
                configuration, () -> TableSettings.columns(saved, table.schema(), configuration.data()));
        requireCondition(table);
        Dataset<Row> rows = selected(table, configuration.score());
        warnings = new ArrayList<>(TableSettings.inData(configuration, () -> UnknownValues.warnings(rows, columns)));
        ScoreSection section = configuration.score();
        if (!configuration.settings().isGiven("score.columns")) { // the defaults that this model has
            section = section.with(section.columns().stream()
                    .filter(column -> !column.isOfModel() || saved.offers(column))
                    .filter(column -> !column.isOfAnomaly() || saved.severity().isPresent())
                    .toList());
        }
        scores = new Scores(saved, section, writer.isFlat());
        scores.requireUnused(table.schema());
        if (configuration.version().isPresent()
                && Arrays.stream(table.schema().fieldNames()).anyMatch(RUN_ID::equalsIgnoreCase)) {
            throw new DataException(
                    "the table already has a column \"%s\", which score adds with the run of the model; rename it"
                            .formatted(RUN_ID));
        }
        requireSelected();
        writer.requireWritable(scored(table).schema());
    }

    /** Requires the columns by which the rows to write are selected. */
    private void requireSelected() {
        for (ScoreColumn column : selecting(configuration.score())) {
            if (!scores.names().contains(column.toString())) {
                throw new UsageException(
                        "score.only and score.top need the column %s, but score.columns is [%s]: add it"
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

    /** Requires that the condition can be evaluated in the first rows. */
    private void requireCondition(Dataset<Row> table) {
        Optional<String> where = configuration.score().where();
        Dataset<Row> first = selected(table.limit(UnknownValues.ROWS), configuration.score());
        try {
            where.ifPresent(condition -> first.count());
        } catch (Exception e) { // includes Spark's undeclared checked exceptions
            throw new UsageException(
                    "score.where is \"%s\", which fails in the first rows: %s; a column of texts, as all of csv are, is a number by try_cast(NAME as double)"
                            .formatted(where.get(), ExitCodes.reason(e)));
        }
    }

    /** Returns the rows that are to be scored. */
    private static Dataset<Row> selected(Dataset<Row> rows, ScoreSection section) {
        return section.where()
                .map(where -> SampledRows.filter(rows, "score.where", where))
                .orElse(rows);
    }

    /** Returns those of the scored rows that are to be written. Spark takes NaN for the greatest number. */
    private static Dataset<Row> written(Dataset<Row> scored, ScoreSection section) {
        Dataset<Row> rows = section.only().isPresent() ? scored.where(col(ScoreColumn.IS_ANOMALY.toString())) : scored;
        Column[] greatest = selecting(section).stream()
                .map(column -> nanvl(col(column.toString()), lit(null)).desc_nulls_last())
                .toArray(Column[]::new);
        return section.top().map(most -> rows.orderBy(greatest).limit(most)).orElse(rows);
    }

    private Dataset<Row> scored(Dataset<Row> rows) {
        Dataset<Row> added = scores.of(rows, columns, configuration.data().invalid());
        return configuration
                .version()
                .map(run -> added.withColumn(RUN_ID, lit(run)))
                .orElse(added);
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
        monitor.time("write", () -> TableSettings.inData(configuration, this::write));
        Lines lines = new Lines();
        lines.add("model", "%s", saved.model().describe());
        counts.ifPresent(rows -> lines.add("rows", "%d scored, %d skipped", rows.scored(), rows.skipped()));
        configuration.score().where().ifPresent(where -> lines.add("where", "%s", where));
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
        return new Outcome(metrics, lines.toString());
    }

    private Optional<TopAnomalies.Found> anomalies() {
        try {
            return counts.flatMap(rows -> top.found(rows.scored(), this::explained));
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
        Dataset<Row> rows = selected(all, configuration.score());
        ObservedValues read = new ObservedValues();
        ObservedValues kept = new ObservedValues();
        top = new TopAnomalies(configuration.score(), configuration.data().id());
        Dataset<Row> scored = kept.of(scored(read.of(rows, count(lit(1)))), count(lit(1)));
        try {
            if (!writer.commitsLater() && scored(rows).isEmpty()) {
                facts(rows);
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
        long all = number(read);
        long scored = number(kept);
        if (all < 0 || scored <= 0) {
            TableFacts facts = facts(rows);
            counts = Optional.of(new Counts(facts.rows(), facts.skipped()));
        } else {
            counts = Optional.of(new Counts(scored, all - scored));
        }
    }

    /** Returns a number of rows; -1 if it was not reported. */
    private static long number(ObservedValues rows) {
        return rows.values().map(values -> (long) values.get(0)).orElse(-1L);
    }

    /** Counts and checks all rows without their weights. */
    private TableFacts facts(Dataset<Row> rows) {
        configuration.score().where().filter(where -> rows.isEmpty()).ifPresent(where -> {
            throw new DataException("score.where is \"%s\", which holds for no row of the table".formatted(where));
        });
        TableOptions options = TableSettings.whole(configuration).withWeight(null);
        TableFacts facts = BlockTable.check(rows, columns, saved.scaling(), options);
        saved.requireWidth(facts.width());
        return facts;
    }

    /**
     * Compares the first rows of a table with the training table of a model. Values that the model cannot read count as
     * missing, so a wrong table or a column in a wrong place would be scored as if little were known of its rows.
     */
    private static final class UnknownValues {
        /** Number of rows that are looked at. */
        private static final int ROWS = 1000;

        /** Fewest values of which all being unknown is no accident. */
        private static final int FEWEST = 20;

        /** Share of known values in a column below which the table is a wrong one. */
        private static final double KNOWN = 0.01;

        /** Share of new categories in a column above which they are told. */
        private static final double TOLD = 0.1;

        private UnknownValues() {}

        /**
         * Returns warnings about columns with texts in place of numbers, with numbers that have no logarithm, or with
         * many categories that the training table had not, as sentences.
         *
         * @param columns columns of a saved model in the table
         * @throws DataException if no value of a column is known
         */
        public static List<String> warnings(Dataset<Row> table, FeatureColumns columns) {
            List<? extends ColumnEncoder> encoders = columns.encoders();
            if (encoders.isEmpty()) {
                return List.of();
            }
            ColumnPaths paths = new ColumnPaths(table.schema());
            Column[] sources = new Column[encoders.size()];
            for (int j = 0; j < sources.length; j++) {
                String path = encoders.get(j).column();
                for (StructField field : paths.schema().fields()) {
                    if (field.name().equalsIgnoreCase(path)) {
                        sources[j] = EncodedColumn.source(encoders.get(j), field.dataType(), paths.expression(field))
                                .as("v" + j);
                    }
                }
            }
            List<Row> rows = table.select(sources).limit(ROWS).collectAsList();
            List<String> warnings = new ArrayList<>();
            for (int j = 0; j < sources.length; j++) {
                count(encoders.get(j), rows, j, table.select(sources[j]).na().drop(), warnings);
            }
            return warnings;
        }

        private static void count(
                ColumnEncoder encoder, List<Row> rows, int place, Dataset<Row> all, List<String> warnings) {
            long present = 0;
            long unknown = 0;
            long outside = 0;
            Object example = null;
            for (Row row : rows) {
                Object value = row.get(place);
                present += value == null ? 0 : 1;
                outside += encoder.isOutside(value) ? 1 : 0;
                if (encoder.isUnknown(value)) {
                    unknown++;
                    example = example == null ? value : example;
                }
            }
            FilterFunction<Row> isKnown = row -> !encoder.isUnknown(row.get(0));
            // The table may be sorted by the column.
            if (unknown >= FEWEST && unknown == present && all.filter(isKnown).count() < KNOWN * all.count()) {
                throw new DataException(
                        "column \"%s\" has hardly a value that the model knows; expected values as in the training table: is this the right table, and are its columns in the right order?"
                                .formatted(encoder.column()),
                        " (such as \"%s\")".formatted(example));
            }
            if (outside > 0) {
                warnings.add(
                        "column \"%s\": %,d of the first %,d values have no logarithm, and count as far below all training rows"
                                .formatted(encoder.column(), outside, present));
            }
            if (present == 0 && rows.size() >= FEWEST) {
                warnings.add("column \"%s\": none of the first %,d rows has a value"
                        .formatted(encoder.column(), rows.size()));
            }
            boolean isCategory = encoder.features().stream().allMatch(of -> of.kind() == Feature.Kind.CATEGORY);
            if (unknown > (isCategory ? TOLD * present : 0)) {
                warnings.add(
                        "column \"%s\": %,d of the first %,d values are unknown to the model, such as \"%s\", and count as missing"
                                .formatted(encoder.column(), unknown, present, example));
            }
        }
    }
}
