package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.config.OutputMode;
import io.github.sparklatent.config.RowsSection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.columns.SchemaColumns;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.CreateTableWriter;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Writes rows to a table of Spark's catalog. A table that does not exist is created. The commit is that of the catalog:
 * for a table of files, the one of Spark's file committer.
 */
final class CatalogWriter extends TableWriter {
    private static final String OVERWRITTEN = "spark.sql.sources.partitionOverwriteMode";

    private final Supplier<SparkSession> spark;
    private final CatalogTable table;
    private boolean exists;
    private List<String> partitions = List.of();

    CatalogWriter(Supplier<SparkSession> spark, RowsSection section, OutputMode mode) {
        super(section, mode);
        this.spark = spark;
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
            refuse(table.shown()
                    + " exists; set output.mode = append to add rows, output.mode ="
                    + " overwrite to replace its rows, or set another table");
        }
    }

    private static void refuse(String sentence) {
        throw new UsageException(sentence);
    }

    @Override
    public void requireWritable(StructType schema) {
        super.requireWritable(schema);
        if (!exists) {
            return;
        }
        named(() -> {
            requireColumns(table.shown(), table.schema(), schema);
            partitions = table.partitions();
            if (!section.partitionBy().isEmpty() && !section.partitionBy().equals(partitions)) {
                refuse("output.partitionBy is %s, but %s is partitioned by %s; remove output.partitionBy"
                        .formatted(
                                section.partitionBy(),
                                table.shown(),
                                partitions.isEmpty() ? "no column" : partitions.toString()));
            }
        });
    }

    @Override
    public boolean commitsLater() {
        return false;
    }

    /** Spark deletes the files of a table without partitions before it writes the new ones. */
    @Override
    public boolean losesRows() {
        return exists && mode == OutputMode.OVERWRITE && partitions.isEmpty();
    }

    @Override
    public void write(Dataset<Row> rows, Runnable check) {
        named(() -> {
            if (exists) {
                insert(rows);
            } else {
                create(rows);
            }
        });
        check.run();
    }

    private void create(Dataset<Row> rows) throws Exception {
        if (table.isElsewhere()) { // saveAsTable always names a format, which a database refuses
            CreateTableWriter<Row> writer = rows.writeTo(table.name());
            section.format().ifPresent(format -> writer.using(format.toString()));
            Column[] keys =
                    section.partitionBy().stream().map(SchemaColumns::column).toArray(Column[]::new);
            if (keys.length > 0) {
                writer.partitionedBy(keys[0], Arrays.copyOfRange(keys, 1, keys.length));
            }
            writer.create();
            return;
        }
        DataFrameWriter<Row> writer = partitioned(rows).mode(SaveMode.ErrorIfExists);
        section.format().ifPresent(format -> writer.format(format.toString()));
        writer.saveAsTable(table.name());
    }

    /** Adds or replaces rows. Of a partitioned table, only the written partitions are replaced. */
    private void insert(Dataset<Row> rows) throws Exception {
        boolean replaces = mode == OutputMode.OVERWRITE;
        String before = spark.get().conf().get(OVERWRITTEN);
        spark.get().conf().set(OVERWRITTEN, "dynamic");
        try {
            ordered(rows, table.schema())
                    .write()
                    .mode(replaces ? SaveMode.Overwrite : SaveMode.Append)
                    .insertInto(table.name());
        } finally {
            spark.get().conf().set(OVERWRITTEN, before);
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
