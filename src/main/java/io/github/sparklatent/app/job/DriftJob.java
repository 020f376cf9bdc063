package io.github.sparklatent.app.job;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;

import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.app.drift.ColumnDrift;
import io.github.sparklatent.app.drift.ComparedColumn;
import io.github.sparklatent.app.drift.DriftPage;
import io.github.sparklatent.app.drift.ScoreDrift;
import io.github.sparklatent.app.drift.TableDrift;
import io.github.sparklatent.app.files.OutputDirectory;
import io.github.sparklatent.app.files.SourceFiles;
import io.github.sparklatent.app.files.TableReader;
import io.github.sparklatent.cluster.encoding.ColumnPlan;
import io.github.sparklatent.cluster.encoding.ColumnPlanner;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.RowRoles;
import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.ColumnSetting;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.DriftSection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.metrics.synthesis.ComparedRows;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.core.Origin;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.evaluation.ReportFrame;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.synthesis.ComparedTables;
import io.github.sparklatent.ml.synthesis.Detection;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.ReportWriter;
import io.github.sparklatent.report.format.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.ejml.data.DMatrixRMaj;

/** Compares two tables, and the anomaly scores of their rows if there is a model. */
public final class DriftJob implements Work {
    /** Name of the table of columns in the result. */
    private static final String COLUMNS = "columns";

    /** Rows of each table that a classifier needs. */
    private static final int MIN_ROWS = 20;

    /** Largest number of values of a table that are brought to the driver. */
    private static final int MAX_VALUES = 10_000_000;

    private static final String CURRENT = "drift.current";

    private final JobContext context;
    private final JobConfiguration configuration;
    private final DriftSection section;
    private final OutputDirectory output;
    private final JobMonitor monitor;
    private final boolean failIfDrifted;
    private final List<String> warnings = new ArrayList<>();
    private Optional<SavedModel> saved = Optional.empty();
    private Side reference;
    private Side current;
    private List<Side> sides;
    private List<ComparedColumn> columns;
    private List<Feature> features;
    private boolean drifted;

    /**
     * One of the two tables.
     *
     * @param place 0: the reference; 1: the current table
     * @param name name of the table in messages
     * @param plan columns of the table and their types
     */
    private record Side(int place, String name, DataSection data, Dataset<Row> table, ColumnPlan plan) {
        StructType schema() {
            return table.schema();
        }
    }

    /**
     * Creates the job without starting it.
     *
     * @param failIfDrifted whether the job ends with exit code 4 if the table has drifted
     */
    public DriftJob(JobContext context, boolean failIfDrifted) {
        this.context = context;
        this.configuration = context.configuration();
        this.section = configuration.drift();
        this.output = context.output();
        this.monitor = new JobMonitor(context);
        this.failIfDrifted = failIfDrifted;
    }

    @Override
    public void checkPaths() {
        output.requireUsable();
        configuration.modelPath().ifPresent(path -> SavedModels.requirePath(context.hadoop(), path));
        SourceFiles.require(context.hadoop(), configuration.data());
        configuration.currentData(context.hadoop());
    }

    @Override
    public void check() {
        checkPaths();
        saved = configuration.modelPath().map(context::savedModel);
        saved.filter(model -> !model.model().modelType().columns().contains(ScoreColumn.ANOMALY))
                .ifPresent(model -> {
                    throw new UsageException(
                            "the model at \"%s\" gives no anomaly scores; leave out the model".formatted(model.path()));
                });
        monitor.time("read", this::plan);
    }

    /** Reads both tables once to find their columns and the types of these, as a training does. */
    private List<ComparedColumn> plan() {
        DataSection data = configuration.data();
        TableReader reader = context.reader(data);
        reader.open(0);
        List<String> asked = TableSettings.features(data);
        reference = planned(reader, 0, data.name(), data, schema -> asked);
        DataSection other = configuration.currentData(context.hadoop());
        TableReader otherReader = context.reader(other);
        otherReader.openNamed(CURRENT, TableReader.declaredWidth(reference.schema()));
        current = planned(
                otherReader,
                1,
                CURRENT + " \"" + section.current().orElseThrow() + "\"",
                other,
                schema -> asked.isEmpty()
                        ? asked
                        : reference.plan().decisions().stream()
                                .map(decision -> decision.column())
                                .filter(name -> isIn(schema, name))
                                .toList());
        sides = List.of(reference, current);
        columns = ComparedColumn.of(reference.plan(), current.plan());
        features = encoders().stream()
                .flatMap(encoder -> encoder.features().stream())
                .toList();
        return columns;
    }

    private Side planned(
            TableReader reader, int place, String name, DataSection data, Function<StructType, List<String>> asked) {
        List<ColumnPlan> plan = new ArrayList<>();
        Dataset<Row> table = reader.check(rows -> {
            plan.add(plan(name, data, rows, asked.apply(rows.schema())));
            return true;
        });
        warnings.addAll(reader.warnings());
        return new Side(place, name, data, table, plan.get(plan.size() - 1));
    }

    private static ColumnPlan plan(String name, DataSection data, Dataset<Row> rows, List<String> asked) {
        Set<String> excluded =
                Stream.of(data.weight(), data.id()).flatMap(Optional::stream).collect(Collectors.toSet());
        Map<String, ColumnSetting> settings = new HashMap<>(data.columns());
        settings.keySet().removeIf(column -> !isIn(rows.schema(), column));
        ColumnPlanner planner =
                new ColumnPlanner(asked, excluded, settings, data.text(), true, Invalid.KEEP, false, true);
        return SchemaColumns.naming(name, () -> planner.plan(rows));
    }

    /** Returns whether a name or a glob selects a column. */
    private static boolean isIn(StructType schema, String name) {
        return name.contains("*")
                || name.contains("?")
                || name.contains(".")
                || !new TableColumns(schema).named(name).isEmpty();
    }

    private List<ColumnEncoder> encoders() {
        return columns.stream()
                .map(ComparedColumn::encoder)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Outcome run() {
        return monitor.observed(this::work);
    }

    /** Reads both tables once more. If there is a model, their rows are kept until it has scored them. */
    private Outcome work() {
        try {
            saved.ifPresent(model -> sides.forEach(side -> side.table().persist(StorageLevel.MEMORY_AND_DISK())));
            return compared();
        } finally {
            sides.forEach(side -> side.table().unpersist(true));
        }
    }

    private Outcome compared() {
        long[] rows = sides.stream().mapToLong(side -> side.plan().rows()).toArray();
        List<ComparedRows> samples = features.isEmpty()
                ? List.of()
                : monitor.time("sample", () -> sides.stream().map(this::sample).toList());
        Optional<ComparedRows> before = samples.stream().findFirst();
        Optional<ComparedRows> after = samples.stream().skip(1).findFirst();
        Optional<Detection> detection = monitor.time("classifier", () -> detection(samples));
        Optional<ScoreDrift> scores = saved.flatMap(model -> monitor.time("score", () -> scores(model)));
        TableDrift drift = TableDrift.of(columns, before, after, detection, scores, section);
        drifted = !drift.reasons().isEmpty();
        Origin origin = Origin.of(
                context.spark(),
                configuration.settings(),
                null,
                context.versions().json());
        Map<String, Object> figures = new LinkedHashMap<>(drift.json());
        figures.put(
                "rows",
                Json.object(
                        "reference", rows[0],
                        "current", rows[1],
                        "sampled", samples.stream().map(ComparedRows::size).toList()));
        figures.put("warnings", warnings);
        figures.put("seconds", monitor.seconds());
        figures.put("origin", origin.entries());
        context.stop().check();
        String tables = "The reference is %s with %s, the current table %s with %s."
                .formatted(
                        reference.name(), Words.counted(rows[0], "row"), current.name(), Words.counted(rows[1], "row"));
        output.write(directory -> write(
                directory,
                drift,
                figures,
                () -> DriftPage.of(drift, features, before.orElse(null), after.orElse(null), tables, warnings)
                        .with(List.of(), List.of(ReportFrame.origin(configuration.settings(), origin)))));
        Lines lines = new Lines();
        lines.add("reference", "%s, %s", reference.name(), Lines.count(rows[0], "row"));
        lines.add("current", "%s, %s", current.name(), Lines.count(rows[1], "row"));
        drift.addTo(lines);
        lines.addNotes("warning", warnings);
        lines.add("seconds", "%s", Lines.seconds(monitor.seconds()));
        lines.add("result", "%s", output.result());
        return new Outcome(figures, lines.toString());
    }

    private ComparedRows sample(Side side) {
        return SchemaColumns.naming(side.name(), () -> {
            int[] levels = ComparedTables.levels(features);
            int most = Math.min(section.rows(), Math.max(1, MAX_VALUES / levels.length));
            Column numbers = FeatureColumns.of(side.schema(), encoders())
                    .withDecimal(side.data().text().decimal())
                    .numbers();
            List<double[]> rows = sample(side, side.table(), numbers, most, side.place());
            if (rows.isEmpty()) {
                throw new DataException("the table has no rows to compare, expected at least one of a weight above 0");
            }
            DMatrixRMaj cells = new DMatrixRMaj(rows.size(), levels.length);
            for (int i = 0; i < cells.numRows; i++) {
                for (int j = 0; j < levels.length; j++) {
                    double cell = rows.get(i)[j];
                    cells.set(i, j, Double.isInfinite(cell) ? Double.NaN : cell);
                }
            }
            return new ComparedRows(levels, cells);
        });
    }

    private List<double[]> sample(Side side, Dataset<Row> table, Column numbers, int most, int place) {
        TableOptions options = TableSettings.whole(configuration)
                .withId(null) // one of the tables may not have it
                .withText(side.data().isText() ? side.data().text() : null);
        Column weight = RowRoles.weight(table.schema(), options);
        return ComparedTables.sample(
                table, numbers, weight, most, configuration.train().seed(), place);
    }

    private Optional<Detection> detection(List<ComparedRows> samples) {
        if (samples.isEmpty() || samples.stream().anyMatch(rows -> rows.size() < MIN_ROWS)) {
            warnings.add("a table has fewer than %d rows to compare, so no classifier was trained".formatted(MIN_ROWS));
            return Optional.empty();
        }
        return Optional.of(Detection.of(
                context.spark(),
                ComparedTables.levels(features),
                samples.get(0),
                samples.get(1),
                true,
                configuration.train().seed()));
    }

    private Optional<ScoreDrift> scores(SavedModel model) {
        try {
            List<double[]> scores = sides.stream()
                    .map(side -> SchemaColumns.naming(side.name(), () -> scores(model, side)))
                    .toList();
            return Optional.of(ScoreDrift.of(scores.get(0), scores.get(1)));
        } catch (DataException e) { // a column of the model may have gone, which is for the user to know
            warnings.add("the anomaly scores are not compared, because the model cannot score a table: "
                    + ExitCodes.firstLine(e.getMessage()));
            return Optional.empty();
        }
    }

    private double[] scores(SavedModel model, Side side) {
        String name = ScoreColumn.ANOMALY.toString();
        Dataset<Row> table = side.table().drop(name);
        boolean isSet = configuration.settings().isGiven("data.invalid");
        Invalid invalid = isSet ? side.data().invalid() : model.model().allowsMissing() ? Invalid.KEEP : Invalid.SKIP;
        model.requireMissingAllowed(invalid);
        FeatureColumns read = TableSettings.columns(model, table.schema(), side.data(), true);
        Dataset<Row> scored = new Scores(model, configuration.score().with(List.of(ScoreColumn.ANOMALY)), false)
                .of(table, read, invalid);
        double[] scores = sample(side, scored, array(col(name)), section.rows(), sides.size() + side.place()).stream()
                .mapToDouble(row -> row[0])
                .filter(score -> !Double.isNaN(score))
                .toArray();
        if (scores.length < 2) {
            throw new DataException("%d rows have a score, expected at least 2".formatted(scores.length));
        }
        return scores;
    }

    private void write(Path directory, TableDrift drift, Map<String, Object> figures, Supplier<Page> page) {
        DataFormat format = configuration.output().rows().format().orElse(DataFormat.PARQUET);
        var writer = context.spark()
                .createDataFrame(drift.rows(), ColumnDrift.SCHEMA)
                .coalesce(1)
                .write()
                .format(format.toString());
        (format == DataFormat.CSV ? writer.options(configuration.data().csv()).option("header", true) : writer)
                .save(new Path(directory, COLUMNS).toString());
        if (configuration.output().report()) {
            ResultWriter.drawn(() -> ReportWriter.render(page.get()), context.stop())
                    .ifPresent(text -> output.text(new Path(directory, ResultWriter.REPORT), text));
        }
        output.text(new Path(directory, ResultWriter.METRICS), Json.text(figures));
    }

    @Override
    public int exitCode() {
        return failIfDrifted && drifted ? ExitCodes.REJECTED : ExitCodes.DONE;
    }
}
