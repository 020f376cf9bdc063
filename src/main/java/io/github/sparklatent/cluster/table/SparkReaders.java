package io.github.sparklatent.cluster.table;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.DataSourceOptions;
import org.apache.spark.sql.catalyst.csv.CSVOptions$;
import org.apache.spark.sql.catalyst.json.JSONOptions$;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.execution.datasources.orc.OrcOptions$;
import org.apache.spark.sql.execution.datasources.parquet.ParquetOptions$;
import scala.jdk.javaapi.CollectionConverters;

/** Names the options of Spark's readers of files and finds mistakes in schemas, without a Spark session. */
public final class SparkReaders {
    /** Options for files of every format. */
    private static final List<String> OF_FILES = List.of(
            "pathGlobFilter",
            "recursiveFileLookup",
            "modifiedBefore",
            "modifiedAfter",
            "ignoreCorruptFiles",
            "ignoreMissingFiles",
            "basePath");

    private SparkReaders() {}

    /**
     * Returns the names of the options of a format, which Spark compares without regard to case; empty if its reader
     * has none.
     */
    public static Set<String> options(String format) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        reader(format).ifPresent(reader -> {
            names.addAll(OF_FILES);
            names.addAll(CollectionConverters.asJava(reader.getAllOptions()));
        });
        return names;
    }

    private static Optional<DataSourceOptions> reader(String format) {
        return Optional.ofNullable(
                switch (format) {
                    case "csv" -> CSVOptions$.MODULE$;
                    case "json" -> JSONOptions$.MODULE$;
                    case "parquet" -> ParquetOptions$.MODULE$;
                    case "orc" -> OrcOptions$.MODULE$;
                    default -> null;
                });
    }

    /** Returns Spark's description of the mistake in a schema; empty if the schema is correct. */
    public static Optional<String> mistake(String schema) {
        try {
            CatalystSqlParser$.MODULE$.parseTableSchema(schema);
            return Optional.empty();
        } catch (Exception e) { // ParseException, which Scala does not declare
            String first = e.getMessage().strip().lines().findFirst().orElse("");
            return Optional.of(first.replaceAll("^\\[[\\w.]+] |\\.? SQLSTATE: \\w+", ""));
        }
    }
}
