package io.github.sparklatent.app.files;

import static org.apache.spark.sql.functions.lit;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.OutputMode;
import io.github.sparklatent.config.RowsSection;
import io.github.sparklatent.config.UsageException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.CreateTableWriter;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
    private static final String DELTA = "delta";
    private static final String ICEBERG = "iceberg";
    private static final String RUN = "spark-latent.run-id";
    private static final Logger LOG = LoggerFactory.getLogger(CatalogWriter.class);

    private final Supplier<SparkSession> spark;
    private final CatalogTable table;
    private final String model;
    private boolean exists;
    private String format = "";
    private List<String> partitions = List.of();

    /** Creates a writer. Two models, told apart by their places, write different rows under one name of a run. */
    CatalogWriter(Supplier<SparkSession> spark, RowsSection section, OutputMode mode, String model) {
        super(section, mode);
        this.spark = spark;
        this.model = model;
        this.table = new CatalogTable(spark, "output.table", section.table().orElseThrow());
    }

    @Override
    public String result() {
        return table.name();
    }

    @Override
    public String format() {
        return "table";
    }

    @Override
    public boolean isFlat() {
        return false;
    }

    @Override
    public void requireTable() {
        exists = table.missing().isEmpty();
        if (!exists) {
            table.missingDatabase().ifPresent(CatalogWriter::refuse);
        } else if (mode == OutputMode.ERROR) {
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
        if (!exists) {
            return;
        }
        named(() -> {
            format = table.format();
            if (!isTransactional()) {
                refuse(
                        "%s exists and %s, which has no transactions: a run that is repeated or fails would leave rows twice or none; use a Delta or Iceberg table, or a new table for each run"
                                .formatted(
                                        table.shown(),
                                        format.isEmpty() ? "names no format" : "is of format " + format));
            }
            requireColumns(table.shown(), table.schema(), schema);
            partitions = table.partitions();
        });
    }

    @Override
    public boolean commitsLater() {
        return false;
    }

    private boolean isTransactional() {
        return format.equals(DELTA) || format.equals(ICEBERG);
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
        check.run();
    }

    /** Adds or replaces rows in one transaction, unless an earlier attempt of this run has done so. */
    private void commit(Dataset<Row> rows) throws Exception {
        if (format.equals(ICEBERG) && table.hasSnapshot(RUN, run())) {
            warnOfRepeat();
            return;
        }
        Optional<TableVersions.Version> before = newest();
        DataFrameWriterV2<Row> writer = rows.writeTo(table.name());
        named(format).forEach(writer::option);
        if (mode == OutputMode.APPEND) {
            writer.append();
        } else if (partitions.isEmpty()) {
            writer.overwrite(lit(true));
        } else {
            writer.overwritePartitions();
        }
        if (!before.isEmpty() && before.equals(newest())) {
            warnOfRepeat();
        }
    }

    /**
     * Returns the newest version of a table of Delta, which says nothing if it skips a transaction; empty if unknown.
     */
    private Optional<TableVersions.Version> newest() {
        try {
            return format.equals(DELTA) ? table.newestVersion() : Optional.empty();
        } catch (Exception e) { // includes AnalysisException, which Scala does not declare
            LOG.debug("the history of {} cannot be read", table.shown(), e);
            return Optional.empty();
        }
    }

    private void warnOfRepeat() {
        LOG.warn(
                "{} has the rows of run \"{}\" already, so none were written; if these are other rows, set another output.runId",
                table.shown(),
                run());
    }

    private String run() {
        return section.runId().orElseGet(() -> spark.get().sparkContext().applicationId()) + " of " + model;
    }

    /** Returns the options that name the run in a transaction. Delta skips one that it has. */
    private Map<String, String> named(String tableFormat) {
        return switch (tableFormat) {
            case DELTA -> Map.of("txnAppId", "spark-latent/" + run(), "txnVersion", "1");
            case ICEBERG -> Map.of("snapshot-property." + RUN, run());
            default -> Map.of();
        };
    }

    private void create(Dataset<Row> rows) throws Exception {
        if (table.isElsewhere()) { // saveAsTable always names a format, which a database refuses
            CreateTableWriter<Row> writer = rows.writeTo(table.name());
            section.format().ifPresent(chosen -> writer.using(chosen.toString()));
            named(table.catalogClass().contains("." + ICEBERG + ".") ? ICEBERG : "")
                    .forEach(writer::option);
            writer.create();
            return;
        }
        DataFrameWriter<Row> writer = rows.write().mode(SaveMode.ErrorIfExists);
        section.format().ifPresent(chosen -> writer.format(chosen.toString()));
        named(section.format()
                        .map(DataFormat::toString)
                        .orElseGet(() -> spark.get().conf().get(PRESET)))
                .forEach(writer::option);
        writer.saveAsTable(table.name());
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

    /** An action on the catalog. Spark's methods throw checked exceptions without saying so. */
    private interface Action {
        void run() throws Exception;
    }

    private void named(Action action) {
        try {
            action.run();
        } catch (AnalysisException e) {
            throw new UsageException(table.shown() + " cannot be written: " + ExitCodes.reason(e), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
