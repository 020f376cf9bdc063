package io.github.sparklatent.app.files;

import static org.apache.spark.sql.functions.lit;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.OutputSection.OutputMode;
import io.github.sparklatent.config.OutputSection.RowsSection;
import io.github.sparklatent.config.UsageException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.commons.lang3.function.FailableRunnable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.CreateTableWriter;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows to a table of Spark's catalog. A table that does not exist is created. Rows are added or replaced only in
 * a table whose format has transactions that can be found again by the name of the run, so that a run that is repeated
 * adds them once.
 */
final class CatalogWriter extends TableWriter {
    private static final String PRESET = "spark.sql.sources.default";
    private static final String DELTA_NOTE = "spark.databricks.delta.commitInfo.userMetadata";
    private static final Logger LOG = LoggerFactory.getLogger(CatalogWriter.class);

    private final Supplier<SparkSession> spark;
    private final CatalogTable table;
    private boolean exists;
    private String format = "";
    private List<String> partitions = List.of();

    /** Creates a writer. Two models, told apart by their places, write different rows under one name of a run. */
    CatalogWriter(Supplier<SparkSession> spark, Source source, RowsSection section, OutputMode mode) {
        super(source, section, mode, TABLE);
        this.spark = spark;
        this.table = new CatalogTable(spark, "output.table", section.table().orElseThrow());
    }

    @Override
    public String result() {
        return table.name();
    }

    @Override
    public void requireTable() {
        super.requireTable();
        named(() -> {
            if (table.catalogClass().endsWith("JDBCTableCatalog")) {
                refuse(
                        table.shown()
                                + " is a table of a database, which would keep the rows of a task that Spark repeats twice; write to a Delta or Iceberg table, or to a directory (output.path) that the database loads");
            }
        });
        exists = table.missing().isEmpty();
        if (!exists) {
            table.missingDatabase().ifPresent(CatalogWriter::refuse);
        } else if (mode == OutputMode.ERROR) {
            named(() -> isRepeated = table.hasVersions() && notes().containsValue(source.shown()));
            if (isRepeated) {
                return;
            }
            refuse(
                    table.shown()
                            + " exists; set another table, or, if it is one of Delta or Iceberg, output.mode = append to add rows or overwrite to replace its rows");
        }
    }

    private static void refuse(String sentence) {
        throw new UsageException(sentence);
    }

    @Override
    public void requireWritable(StructType schema) {
        if (!exists || isRepeated) {
            return;
        }
        named(() -> {
            format = table.format();
            if (!table.hasVersions()) {
                refuse(
                        "%s exists and %s, which has no transactions: a run that is repeated or fails would leave rows twice or none; use a Delta or Iceberg table, or a new table for each run"
                                .formatted(
                                        table.shown(),
                                        format.isEmpty() ? "names no format" : "is of format " + format));
            }
            requireColumns(table.shown(), table.schema(), schema);
            partitions = table.partitions();
            isThere(); // ends here if it is of other input, before the work
        });
    }

    @Override
    public void write(Dataset<Row> rows, Runnable check) {
        named(() -> {
            if (!exists) {
                create(rows);
            } else {
                commit(rows);
            }
        });
        try {
            check.run();
        } catch (Exception e) { // includes Spark's undeclared checked exceptions; the rows are there
            warn("the rows are written, but neither counted nor compared: " + ExitCodes.reason(e));
        }
    }

    /** Adds or replaces rows in one transaction, unless an earlier attempt of this run has done so. */
    private void commit(Dataset<Row> rows) throws Exception {
        if (isThere()) {
            warnOfRepeat();
            rows.write().format("noop").mode(SaveMode.Overwrite).save(); // the caller observes its counts
            return;
        }
        Optional<TableVersions.Version> before = newest();
        DataFrameWriterV2<Row> writer = rows.writeTo(table.name());
        noting(format).forEach(writer::option);
        if (mode == OutputMode.APPEND) {
            writer.append();
        } else if (partitions.isEmpty()) {
            writer.overwrite(lit(true));
        } else {
            writer.overwritePartitions();
        }
        if (before.isPresent() && before.equals(newest())) {
            warnOfRepeat();
        }
        warnIfTwice();
    }

    /**
     * Returns whether an earlier attempt of this run has written its rows.
     *
     * @throws UsageException if they are of other input
     */
    private boolean isThere() throws Exception {
        Map<String, String> found = notes();
        for (String other : found.values()) {
            if (!other.equals(source.shown())) {
                refuse("%s has rows of run \"%s\" that are of other input: %s, expected %s; set another output.runId"
                        .formatted(table.shown(), run(), other, source.shown()));
            }
        }
        return !found.isEmpty();
    }

    private Map<String, String> notes() throws Exception {
        return ofHistory(Map.of(), () -> table.inputsOf(run()));
    }

    /** Warns if another attempt of the run has added its rows at the same time; Delta refuses that itself. */
    private void warnIfTwice() {
        try {
            Set<String> snapshots = notes().keySet();
            if (mode == OutputMode.APPEND && snapshots.size() > 1) {
                warn(
                        "%s has the rows of run \"%s\" more than once, in the snapshots %s: another attempt wrote at the same time; remove those of one"
                                .formatted(table.shown(), run(), String.join(", ", snapshots)));
            }
        } catch (Exception e) { // includes AnalysisException, which Scala does not declare; the rows are there
            LOG.warn("the history of {} cannot be read: {}", table.shown(), ExitCodes.reason(e));
        }
    }

    private void warn(String sentence) {
        LOG.warn(sentence);
        warnings.add(sentence);
    }

    /** Returns the newest version of a table of Delta, which says nothing if it skips a transaction. */
    private Optional<TableVersions.Version> newest() throws Exception {
        return format.equals("delta") ? ofHistory(Optional.empty(), table::newestVersion) : Optional.empty();
    }

    /**
     * Returns what the history of the table says; empty if Delta, which skips what it has even then, cannot read it.
     */
    private <T> T ofHistory(T empty, Callable<T> question) throws Exception {
        try {
            return question.call();
        } catch (Exception e) { // includes AnalysisException, which Scala does not declare
            if (!table.format().equals("delta")) {
                throw e;
            }
            LOG.warn("the history of {} cannot be read: {}", table.shown(), ExitCodes.reason(e));
            return empty;
        }
    }

    private void warnOfRepeat() {
        LOG.warn(
                "{} has the rows of run \"{}\" already, so none were written; set another output.runId to add rows",
                table.shown(),
                run());
    }

    private String run() {
        return section.runId().orElseGet(() -> spark.get().sparkContext().applicationId()) + " of " + source.model();
    }

    private Map<String, String> noting(String tableFormat) {
        return CatalogTable.noting(tableFormat, run(), source.shown());
    }

    private void create(Dataset<Row> rows) throws Exception {
        if (table.isElsewhere()) { // saveAsTable always names a format, which is none of the catalog's own
            CreateTableWriter<Row> writer = rows.writeTo(table.name());
            section.format().ifPresent(chosen -> writer.using(chosen.toString()));
            noting(table.catalogClass().contains(".iceberg.") ? "iceberg" : "").forEach(writer::option);
            writer.create();
            return;
        }
        DataFrameWriter<Row> writer = rows.write().mode(SaveMode.ErrorIfExists);
        section.format().ifPresent(chosen -> writer.format(chosen.toString()));
        RuntimeConfig conf = spark.get().conf();
        Map<String, String> note =
                noting(section.format().map(DataFormat::toString).orElseGet(() -> conf.get(PRESET)));
        note.forEach(writer::option);
        String before = conf.contains(DELTA_NOTE) ? conf.get(DELTA_NOTE) : null;
        try { // for a new table Delta takes the note from the session
            Optional.ofNullable(note.get("userMetadata")).ifPresent(text -> conf.set(DELTA_NOTE, text));
            writer.saveAsTable(table.name());
        } finally {
            if (before == null) {
                conf.unset(DELTA_NOTE);
            } else {
                conf.set(DELTA_NOTE, before);
            }
        }
    }

    /**
     * Checks that rows have the columns of the rows that are there already.
     *
     * @param shown name of the result for the message
     */
    private static void requireColumns(String shown, StructType existing, StructType schema) {
        requireIn(shown + " has a column \"%s\", which the new rows do not have", existing, schema);
        requireIn(shown + " has no column \"%s\", which the new rows have", schema, existing);
    }

    private static void requireIn(String sentence, StructType some, StructType all) {
        TableColumns columns = new TableColumns(all);
        for (StructField field : some.fields()) {
            if (columns.named(field.name()).isEmpty()) {
                throw new UsageException(sentence.formatted(field.name())
                        + "; expected the same columns, so change score.columns or write to another place");
            }
        }
    }

    /** Does something with the catalog. Spark's methods throw checked exceptions without saying so. */
    private void named(FailableRunnable<Exception> action) {
        try {
            action.run();
        } catch (AnalysisException e) {
            throw new UsageException(table.failed(" cannot be written: ", e), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
