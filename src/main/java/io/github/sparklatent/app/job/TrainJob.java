package io.github.sparklatent.app.job;

import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.files.SavedResult;
import io.github.sparklatent.app.files.SourceFiles;
import io.github.sparklatent.app.files.TableReader;
import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.SmallTable;
import io.github.sparklatent.cluster.encoding.ColumnPlan;
import io.github.sparklatent.cluster.reduce.KeptRows;
import io.github.sparklatent.cluster.table.Gate;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.ResultExistsException;
import io.github.sparklatent.ml.Families;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.core.BuildInfo;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.Roles;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.core.TrainingScores;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.ml.evaluation.AnomalousRows;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.Result;
import io.github.sparklatent.scoring.ReferenceRows;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import scala.Function1;

/** Reads a table, trains a model on it, evaluates the model, and writes it with its metrics and report. */
public final class TrainJob implements Work {
    /** Number of rows whose scores are compared with those of the saved model. */
    private static final int CHECKED_ROWS = 1000;

    private final JobContext context;
    private final JobConfiguration configuration;
    private final JobMonitor monitor;
    private final Optional<String> like;
    private final Optional<Gate.Check> gate;
    private final Roles roles;
    private Roles.ChosenColumns choice;
    private TrainingTables tables;
    private Training<?> training;
    private Optional<SavedResult> repeated = Optional.empty();

    /** Creates the job without starting it. */
    public TrainJob(JobContext context) {
        this(context, Optional.empty(), Optional.empty());
    }

    /**
     * Creates the job without starting it.
     *
     * @param like path of a saved model; if its columns are those of the table, they are encoded in the same way, so
     *     that densities of the two models can be compared
     * @param gate looks at the table of a version of a registry before it is trained
     */
    public TrainJob(JobContext context, Optional<String> like, Optional<Gate.Check> gate) {
        this.context = context;
        this.like = like;
        this.gate = gate;
        this.configuration = context.configuration();
        this.monitor = new JobMonitor(context);
        this.roles = context.roles();
    }

    /** Returns the tables of the training, once {@link #check} has succeeded. */
    public TrainingTables tables() {
        return tables;
    }

    @Override
    public void checkPaths() {
        configuration
                .train()
                .initialModel()
                .ifPresent(path -> SchemaColumns.naming("train.initialModel", () -> {
                    SavedModels.requirePath(context.hadoop(), path);
                    return true;
                }));
        try {
            context.output().requireUsable();
        } catch (ResultExistsException e) {
            repeated = SavedResult.at(context.hadoop(), context.output().place().given())
                    .filter(result -> configuration.data().holdout().paths().isEmpty()
                            && configuration.train().initialModel().isEmpty() // their content may differ
                            && BuildInfo.read().commit().equals(result.origin().get("commit"))
                            && result.differences(configuration.settings()).equals(Optional.of(Set.of())));
            if (repeated.isEmpty()) {
                throw e;
            }
        }
        SourceFiles.require(context.hadoop(), configuration.data());
    }

    @Override
    public void check() {
        checkPaths();
        prepare(repeated.isEmpty()
                && !context.preview()
                && configuration.data().groupBy().isEmpty()); // groups are counted at once
        training.plan().ifPresent(plan -> context.console().err().println(plan));
    }

    /** Prepares the training. A late check of the fields is that of its first traversal, if the choice reads no row. */
    private void prepare(boolean isLate) {
        tables = monitor.time("read", () -> {
            TableReader reader = context.reader(configuration.data());
            reader.open(0);
            Dataset<Row> found = reader.check(TableOptions.DEFAULT.driverBytes(), this::choose);
            choice.plan().ifPresent(this::show);
            return tables(used(isLate || choice.plan().isPresent() ? found : reader.counted()), reader);
        });
        if (repeated.isPresent()
                && !BlockTable.check(tables.table(), tables.columns(), null, tables.options())
                        .fingerprint()
                        .equals(repeated.get().origin().get("dataFingerprint"))) {
            context.output().requireUsable(); // refuses the result that is there
        }
        training = Families.training(new TrainingContext(
                configuration.settings(),
                configuration
                        .registry()
                        .runId()
                        .or(() -> configuration.output().path().map(path -> new Path(path).getName())),
                tables,
                context.versions().json(),
                configuration.output().report(),
                monitor,
                Long.MAX_VALUE));
    }

    /** Returns the tables of the training, of which that of held-out rows is read here. */
    private TrainingTables tables(Dataset<Row> table, TableReader reader) {
        DataSection data = configuration.data();
        TableOptions options = roles.options()
                .withGate(gate.map(check -> new Gate(configuration.gate().fraction(), check))
                        .orElse(null))
                .withUnread(reader.skipped());
        Optional<Dataset<Row>> holdout = Optional.empty();
        if (!data.holdout().paths().isEmpty()) {
            Dataset<Row> rows = context.trainedRows().of(reader.readHoldout(TableReader.declaredWidth(table.schema())));
            SchemaColumns.naming(data.holdoutName(), () -> {
                roles.requireNamed(rows.schema());
                return choice.columns().in(rows.schema());
            });
            holdout = Optional.of(rows);
        }
        List<String> notes = Stream.concat(choice.notes().stream(), reader.warnings().stream())
                .toList();
        return new TrainingTables(table, holdout, choice.columns(), options, data.name(), data.holdoutName(), notes);
    }

    private Dataset<Row> used(Dataset<Row> rows) {
        Condition where = context.trainedRows();
        return where.text().isEmpty() ? rows : SmallTable.of(where.of(rows), TableOptions.DEFAULT.driverBytes());
    }

    /** Chooses the columns and returns whether this has read all rows. */
    private boolean choose(Dataset<Row> rows) {
        choice = context.inData(() -> {
            roles.requireNamed(rows.schema());
            context.trainedRows().requireReadable(rows);
            context.trainedRows().requireRows(used(rows));
            return roles.choose(used(rows), like, table -> context.preview() ? preview(table) : table);
        });
        return choice.plan().isPresent();
    }

    /** Returns some partitions of a table with many, evenly spaced, and says so. */
    private Dataset<Row> preview(Dataset<Row> table) {
        RDD<Row> rows = table.rdd();
        int partitions = rows.getNumPartitions();
        if (partitions <= TableReader.PREVIEWED) {
            return table;
        }
        Set<Object> chosen = IntStream.range(0, TableReader.PREVIEWED)
                .mapToObj(i -> (int) ((long) i * (partitions - 1) / (TableReader.PREVIEWED - 1)))
                .collect(Collectors.toSet());
        context.console()
                .err()
                .println("These decisions are from %d of %,d partitions of the table. A training reads all of them."
                        .formatted(TableReader.PREVIEWED, partitions));
        Dataset<Row> some = table.sparkSession()
                .createDataFrame(
                        PartitionPruningRDD.create(rows, (Function1<Object, Object> & Serializable) chosen::contains),
                        table.schema());
        return some.isEmpty() ? table : some;
    }

    private void show(ColumnPlan plan) {
        context.console().err().println(plan.text());
        if (context.preview()
                && configuration.data().invalid() == Invalid.ERROR
                && !plan.incomplete().isEmpty()) {
            context.console()
                    .err()
                    .println(
                            "A training would end here: %d of these columns have missing values, and data.invalid is error; set it to keep or to skip."
                                    .formatted(plan.incomplete().size()));
        }
    }

    @Override
    public Outcome run() {
        if (repeated.isPresent()) {
            context.output().place().link();
            return repeated(repeated.get());
        }
        try {
            return run(training);
        } catch (Exception e) { // includes Spark's undeclared checked exceptions
            if (!TableReader.isRagged(e)) {
                throw e;
            }
            prepare(false);
            return run(training);
        }
    }

    /** Ends a training whose version the log has. */
    public void committed() {
        monitor.committed();
    }

    /** Returns the outcome of a command whose result is there. */
    public static Outcome repeated(SavedResult result) {
        Lines lines = new Lines();
        lines.add("result", "%s was trained before", result.path());
        return new Outcome(result.metrics(), lines.toString());
    }

    private <M extends LatentModel<M>> Outcome run(Training<M> begun) {
        return monitor.observed(() -> begun.run(this::write));
    }

    /** Evaluates and writes the model. A report shows some of the rows that the severity is learnt from. */
    private <M extends LatentModel<M>> Outcome write(Trained<M> trained) {
        TrainingTables evaluated =
                tables.evaluated(trained.facts(), trained.model().furtherColumns());
        // Copies of repeated rows are not sampled when they are read, so they can be most of a table.
        if (configuration.output().report()
                && trained.facts().holdoutRule().repeated().isEmpty()) {
            evaluated.table().persist(StorageLevel.MEMORY_AND_DISK());
        }
        try {
            return write(trained, evaluated);
        } finally {
            KeptRows.release(evaluated.table());
        }
    }

    private <M extends LatentModel<M>> Outcome write(Trained<M> trained, TrainingTables evaluated) {
        M model = model(trained, evaluated);
        boolean checked = configuration.registry().isRun();
        new ResultWriter(context, monitor)
                .write(
                        trained,
                        choice.plan().orElse(null),
                        model,
                        saved -> {
                            if (checked) {
                                requireSame(tables, model, saved);
                            }
                        },
                        () -> report(trained, evaluated, model));
        Result result = trained.result();
        Lines lines = Lines.of(result);
        lines.add("seconds", "%s", Lines.seconds(monitor.seconds()));
        lines.add("result", "%s", context.output().result());
        return new Outcome(result.metrics(), lines.toString());
    }

    private Page report(Trained<?> trained, TrainingTables evaluated, LatentModel<?> model) {
        Page page = trained.result().page();
        return model.form()
                .reference()
                .flatMap(known -> AnomalousRows.of(evaluated, trained.facts(), trained.form(), trained.model(), known))
                .map(section -> page.with(List.of(section), List.of()))
                .orElse(page);
    }

    /**
     * Returns the model, which reads the table and compares scores if it has some. The names of the columns that it
     * adds differ from the names of the table's columns.
     */
    private <M extends LatentModel<M>> M model(Trained<M> trained, TrainingTables evaluated) {
        Map<ScoreColumn, String> names = new EnumMap<>(ScoreColumn.class);
        trained.model().modelType().shown().stream()
                .filter(trained.model()::offers)
                .forEach(column -> names.put(column, tables.unused(column.modelColumn())));
        M model = trained.model().withColumns(names).trainedAs(trained);
        model.put(
                "handleInvalid",
                (tables.options().invalid() == Invalid.KEEP ? Invalid.KEEP : Invalid.ERROR).toString());
        boolean isJudged = trained.model().offers(ScoreColumn.ANOMALY)
                && TrainingScores.areKnown(evaluated, trained.facts(), trained.model());
        if (isJudged) {
            model.setSeverityCol(tables.unused(ScoreColumn.SEVERITY.modelColumn()));
            model.setIsAnomalyCol(tables.unused(ScoreColumn.IS_ANOMALY.modelColumn()));
            model.setAlertRate(configuration.score().alertRate());
        }
        return model.of(trained.form().with(isJudged ? known(trained, evaluated) : null));
    }

    private ReferenceRows known(Trained<?> trained, TrainingTables evaluated) {
        return monitor.time(
                "evaluate",
                () -> TrainingScores.of(
                        evaluated,
                        trained.facts(),
                        trained.form(),
                        trained.model(),
                        configuration.score().alertRate()));
    }

    /**
     * Checks that the saved model gives the scores of the trained one, on some rows of the training table.
     *
     * @throws UncheckedIOException if a column of a row differs, because the storage has then lost or changed something
     */
    private void requireSame(TrainingTables tables, LatentModel<?> trained, Path saved) {
        List<Row> sample = tables.table().limit(CHECKED_ROWS).collectAsList();
        Dataset<Row> rows = tables.table()
                .sparkSession()
                .createDataFrame(sample, tables.table().schema());
        List<Row> expected = scores(trained, rows);
        List<Row> found =
                scores(SavedModels.any(context.spark(), saved.toString()).model(), rows);
        if (!expected.equals(found)) {
            throw new UncheckedIOException(
                    "the model at %s does not give the scores of the trained model; train again".formatted(saved),
                    new IOException("different scores"));
        }
    }

    /** Scores the rows that can be used. */
    private static List<Row> scores(LatentModel<?> model, Dataset<Row> rows) {
        LatentModel<?> scorer = (LatentModel<?>) model.copy(ParamMap.empty());
        if (!model.getOrDefault(model.declared("handleInvalid")).equals(Invalid.KEEP.toString())) {
            scorer.put("handleInvalid", Invalid.SKIP.toString());
        }
        return scorer.transform(rows).collectAsList();
    }
}
