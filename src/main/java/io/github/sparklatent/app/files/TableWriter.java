package io.github.sparklatent.app.files;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.OutputSection.OutputMode;
import io.github.sparklatent.config.OutputSection.RowsSection;
import io.github.sparklatent.config.Redaction;
import io.github.sparklatent.config.ResultExistsException;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.core.BuildInfo;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
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
     * Checks the table of the catalog, if the rows are written to one, and determines what the rows are computed from,
     * before these are read. Changes nothing. A directory checks itself, without Spark.
     *
     * @throws UsageException with the reason if the table cannot be written
     */
    public void requireTable() {
        source.shown();
    }

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

    /**
     * All that the rows of a job are computed from, so that a repeated job is recognised. It is determined once, before
     * the rows are read.
     */
    static final class Source {
        private final Supplier<SparkSession> spark;
        private final Configuration hadoop;
        private final Job job;
        private final JobConfiguration configuration;
        private final TableVersions versions;
        private Optional<String> state;

        Source(
                Supplier<SparkSession> spark,
                Configuration hadoop,
                Job job,
                JobConfiguration configuration,
                TableVersions versions) {
            this.spark = spark;
            this.hadoop = hadoop;
            this.job = job;
            this.configuration = configuration;
            this.versions = versions;
        }

        /** Returns the place of the model, or of the registry that names it. */
        String model() {
            return configuration.registry().path().orElseGet(configuration::savedModel);
        }

        /** Returns the table that is scored with its version or what its files are, or how rows are drawn. */
        String shown() {
            String name = job == Job.SAMPLE
                    ? Json.sorted(configuration.settings().asMap().get("sample"))
                    : configuration
                            .data()
                            .table()
                            .orElseGet(() -> String.join(
                                    ", ",
                                    SavedResult.qualified(
                                            hadoop, configuration.data().paths())));
            return Redaction.of(name)
                    + state().filter(text -> !text.isEmpty())
                            .map(text -> " (" + text + ")")
                            .orElse("");
        }

        /** Returns the state of the table that is scored; empty if it is not known. */
        private Optional<String> state() {
            if (state == null) {
                DataSection data = configuration.data();
                state = job == Job.SAMPLE
                        ? Optional.of("")
                        : data.table().isEmpty()
                                ? Optional.of(SourceFiles.state(hadoop, data.paths()))
                                : versions.of(new CatalogTable(
                                                spark,
                                                "data.table",
                                                data.table().get()))
                                        .map(version -> "version " + version);
            }
            return state;
        }

        /**
         * Returns a digest of the model, the table, the settings and the program; null if the table's state is not
         * known.
         *
         * @param format format of the rows
         */
        String fingerprint(String format) {
            if (state().isEmpty()) {
                return null;
            }
            Map<String, Object> settings =
                    new TreeMap<>(configuration.settings().asMap());
            settings.keySet().retainAll(List.of("data", "score", "sample"));
            try {
                Path model = SavedModels.directory(hadoop, configuration.savedModel());
                return DigestUtils.sha256Hex(String.join(
                        "\n",
                        BuildInfo.read().commit(),
                        model.toString(),
                        SourceFiles.state(hadoop, List.of(model.toString())),
                        shown(),
                        format,
                        Json.sorted(settings)));
            } catch (IOException e) {
                throw new UncheckedIOException("the model cannot be reached: " + e.getMessage(), e);
            }
        }
    }

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
                isRepeated = output.isFrom(source.fingerprint(format()));
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
            output.writeRows(source.fingerprint(format()), directory -> {
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
