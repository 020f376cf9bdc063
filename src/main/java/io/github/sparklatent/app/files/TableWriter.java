package io.github.sparklatent.app.files;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.OutputSection.OutputMode;
import io.github.sparklatent.config.OutputSection.RowsSection;
import io.github.sparklatent.config.ResultExistsException;
import io.github.sparklatent.config.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;

/** Writes rows to an output directory or to a table of Spark's catalog. */
public abstract class TableWriter {
    static final String TABLE = "table";

    final Source source;
    final RowsSection section;
    final OutputMode mode;
    final List<String> warnings = new ArrayList<>();
    private final String format;

    /** Whether an earlier run has written the same rows. */
    boolean isRepeated;

    /** Creates a writer; {@code format} is that of its files, or {@link #TABLE}. */
    TableWriter(Source source, RowsSection section, OutputMode mode, String format) {
        this.source = source;
        this.section = section;
        this.mode = mode;
        this.format = format;
    }

    /**
     * Returns the writer of a job's rows.
     *
     * @param spark the session, which is asked for when Spark is needed
     * @param hadoop configuration of file systems, which needs no session
     * @param output the result directory; empty if the rows are a table of the catalog
     * @param preset format of files if the configuration has none
     * @param versions versions of the tables that the job reads
     */
    public static TableWriter of(
            Supplier<SparkSession> spark,
            Configuration hadoop,
            Optional<RunDirectory> output,
            Job job,
            DataFormat preset,
            JobConfiguration configuration,
            TableVersions versions) {
        Source source = new Source(spark, hadoop, job, configuration, versions);
        RowsSection section = configuration.output().rows();
        OutputMode mode = job.mode(configuration.output());
        return output.<TableWriter>map(directory -> new DirectoryWriter(
                        source, directory, section, mode, section.format().orElse(preset), configuration.data()))
                .orElseGet(() -> new CatalogWriter(spark, source, section, mode));
    }

    /** Returns whether an earlier run has written the same rows, so that none are written. */
    public boolean isRepeated() {
        return isRepeated;
    }

    /** Returns what the operator should know of the rows that were written. */
    public List<String> warnings() {
        return warnings;
    }

    /** Returns the path or the name of the result, to print. */
    public abstract String result();

    /** Returns what the result is: the format of its files, or a table. */
    public String format() {
        return format;
    }

    /** Returns whether the result has only numbers and texts. */
    public boolean isFlat() {
        return format.equals(DataFormat.CSV.toString());
    }

    /**
     * Checks the directory, if the rows are written to one. Changes nothing.
     *
     * @throws UsageException with the reason if it cannot be written
     */
    public void requirePath() {}

    /**
     * Checks the table of the catalog, if the rows are written to one. Changes nothing. A directory checks itself,
     * without Spark.
     *
     * @throws UsageException with the reason if the table cannot be written
     */
    public void requireTable() {}

    /**
     * Checks that the result can hold the columns.
     *
     * @param schema columns of the rows to write
     * @throws UsageException if it cannot; the message names the first such column
     */
    public abstract void requireWritable(StructType schema);

    /**
     * Returns whether {@link #write} makes the rows visible after its check. If not, the commit of Spark or of the
     * catalog has done so before. It adds no row if a task fails, unless Spark is set to version 2 of Hadoop's
     * committer.
     */
    public boolean commitsLater() {
        return !format.equals(TABLE);
    }

    /**
     * Writes all rows, or none if a task fails.
     *
     * @param check called after the last row; if it throws and the rows are not visible yet, none is written
     */
    public abstract void write(Dataset<Row> table, Runnable check);

    /** Writes rows as files of an output directory. */
    private static final class DirectoryWriter extends TableWriter {
        private final RunDirectory output;
        private final DataFormat format;
        private final DataSection data;

        /** Creates a writer; {@code data} has the options of files, which are used for reading and writing. */
        DirectoryWriter(
                Source source,
                RunDirectory output,
                RowsSection section,
                OutputMode mode,
                DataFormat format,
                DataSection data) {
            super(source, section, mode, format.toString());
            this.output = output;
            this.format = format;
            this.data = data;
        }

        @Override
        public String result() {
            return output.result();
        }

        @Override
        public void requirePath() {
            try {
                output.requireUsable();
            } catch (ResultExistsException e) {
                isRepeated = output.isFrom(source.fingerprint());
                if (!isRepeated) {
                    throw e;
                }
            }
        }

        @Override
        public void requireWritable(StructType schema) {
            for (StructField field : schema.fields()) {
                if (isFlat() && isNested(field.dataType())) {
                    throw new UsageException(
                            "output.format is csv, which cannot hold column \"%s\" (%s); choose parquet, orc or json"
                                    .formatted(field.name(), field.dataType().typeName()));
                }
            }
        }

        private static boolean isNested(DataType type) {
            return type instanceof ArrayType
                    || type instanceof MapType
                    || type instanceof StructType
                    || type instanceof BinaryType
                    || type instanceof UserDefinedType;
        }

        @Override
        public void write(Dataset<Row> table, Runnable check) {
            output.writeRows(source.fingerprint(), directory -> {
                table.write()
                        .format(format.toString())
                        .options(data.options(format))
                        .mode(SaveMode.Append)
                        .save(directory.toString());
                check.run();
            });
        }
    }
}
