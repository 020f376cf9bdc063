package io.github.sparklatent.config;

import io.github.sparklatent.settings.Setting;
import java.util.Locale;
import java.util.Optional;

/** The settings of a job's result. */
public record OutputSection(
        @Setting(
                key = "output.path",
                meaning = "result directory of the training; see model.path for the other" + " jobs",
                absent = "only inspect can run",
                noun = "a path")
        Optional<String> path,

        RowsSection rows,

        @Setting(key = "output.overwrite", meaning = "whether an existing result is replaced")
        boolean overwrite,

        @Setting(key = "output.report", meaning = "whether report.html is written")
        boolean report) {
    /** The default settings. */
    public static final OutputSection DEFAULT = new OutputSection(Optional.empty(), RowsSection.DEFAULT, false, true);

    /** The settings of the rows that score or sample writes. */
    public record RowsSection(
            @Setting(
                    key = "output.format",
                    meaning = "format of the table that score or sample writes",
                    absent = "score: data.format; sample: parquet",
                    values = {"parquet", "orc", "csv", "json"},
                    advice = {
                        "jdbc: write to a directory that the database loads",
                        "delta, iceberg: name the table in output.table, and give the settings of its catalog after --"
                    })
            Optional<DataFormat> format,

            @Setting(
                    key = "output.table",
                    meaning = "table of Spark's catalog that score or sample writes",
                    absent = "rows are written to a directory",
                    noun = "a name of a table")
            Optional<String> table,

            @Setting(
                    key = "output.mode",
                    meaning =
                            "score, sample: whether to replace rows (of a table: its partitions), or add them (Delta, Iceberg)",
                    absent = "overwrite if output.overwrite is true, else error")
            Optional<OutputMode> mode,

            @Setting(
                    key = "output.runId",
                    meaning = "score, sample: name of the run, whose rows a Delta or Iceberg table appends once",
                    absent = "the id of the Spark application",
                    noun = "a name")
            Optional<String> runId) {
        /** The default settings. */
        public static final RowsSection DEFAULT =
                new RowsSection(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Handling of rows that are already where score or sample writes. */
    public enum OutputMode {
        /** The job ends with an error. */
        ERROR,
        /** The job adds its rows. */
        APPEND,
        /** The job replaces the rows; of a partitioned table, only those of the partitions it writes. */
        OVERWRITE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
