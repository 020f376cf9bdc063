package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalog.Table;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** A table or view of one of Spark's catalogs, by its name, or a directory of Delta. */
final class CatalogTable {
    /** Title of the rows of DESCRIBE that are no columns. */
    private static final String DETAILS = "# Detailed Table Information";

    private static final String RUN = "spark-latent.run-id";
    private static final String INPUT = "spark-latent.input";

    private final Supplier<SparkSession> spark;
    private final String key;
    private final String name;
    private final String shown;
    private final boolean isDirectory;

    /**
     * Creates the reference without looking for the table.
     *
     * @param spark the session, which is asked for when it is needed
     * @param key key whose value the name is, for messages
     */
    CatalogTable(Supplier<SparkSession> spark, String key, String name) {
        this(spark, key, name, name, false);
    }

    private CatalogTable(Supplier<SparkSession> spark, String key, String name, String given, boolean isDirectory) {
        this.spark = spark;
        this.key = key;
        this.name = name;
        this.shown = key + " \"" + given + "\"";
        this.isDirectory = isDirectory;
    }

    /**
     * Returns a directory of Delta.
     *
     * @param path path with its scheme
     * @param given path as in the configuration
     */
    static CatalogTable ofDirectory(SparkSession spark, String key, String path, String given) {
        return new CatalogTable(() -> spark, key, "delta." + quoted(path), given, true);
    }

    private static String quoted(String part) {
        return "`" + part.replace("`", "``") + "`";
    }

    /** Returns the key of the name. */
    String key() {
        return key;
    }

    /** Returns the name as in the configuration; of a directory, {@code delta.`PATH`}. */
    String name() {
        return name;
    }

    /** Returns the key and the name, for messages. */
    String shown() {
        return shown;
    }

    /** Returns the reason why the table cannot be used; empty if it exists. */
    Optional<String> missing() {
        if (isDirectory) {
            return unreadable();
        }
        try {
            return spark.get().catalog().tableExists(name)
                    ? Optional.empty()
                    : Optional.of(shown + " does not exist in Spark's catalog" + advice());
        } catch (Exception e) { // includes ParseException, which Scala does not declare
            return Optional.of(failed(" cannot be looked up: ", e) + advice());
        }
    }

    private Optional<String> unreadable() {
        try {
            return spark.get().catalog().tableExists(name)
                    ? Optional.empty()
                    : Optional.of(shown
                            + " is a table of Delta, which this Spark cannot read; add Delta after --, for example"
                            + " -- --packages io.delta:delta-spark_4.1_2.13:VERSION --conf spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension --conf"
                            + " spark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog");
        } catch (Exception e) { // includes AnalysisException, which Scala does not declare
            return Optional.of(failed(" cannot be read as delta: ", e));
        }
    }

    /** Returns the reason if Spark itself refuses the name. Else it is thrown: the catalog may answer later. */
    String failed(String how, Exception error) {
        String reason = shown + how + ExitCodes.reason(error);
        if (error instanceof AnalysisException && error.getCause() == null) {
            return reason;
        }
        throw new UncheckedIOException(reason, new IOException(error));
    }

    /** Returns whether the table is in another catalog than that of Spark's session. */
    boolean isElsewhere() throws Exception {
        return !catalog().equals("spark_catalog");
    }

    /** Returns the name of the class of the table's catalog; empty for Spark's own. */
    String catalogClass() throws Exception {
        return spark.get().conf().get("spark.sql.catalog." + catalog(), "");
    }

    private String catalog() throws Exception {
        String first = parts().get(0);
        boolean isCatalog = parts().size() > 1 && spark.get().conf().contains("spark.sql.catalog." + first);
        return isCatalog ? first : spark.get().catalog().currentCatalog();
    }

    /** Returns the reason why no table of this name can be created; empty if one can. */
    Optional<String> missingDatabase() {
        try {
            List<String> parts = parts();
            String database = quoted(parts.subList(0, parts.size() - 1));
            // A name that is a path, such as delta.`/tables/scores`, is in no database.
            boolean isPath = parts.get(parts.size() - 1).contains("/");
            return database.isEmpty() || isPath || spark.get().catalog().databaseExists(database)
                    ? Optional.empty()
                    : Optional.of("%s is a table in %s, which does not exist in Spark's catalog%s"
                            .formatted(shown, database, advice()));
        } catch (Exception e) { // includes ParseException, which Scala does not declare
            return Optional.of(failed(" cannot be looked up: ", e) + advice());
        }
    }

    private List<String> parts() throws Exception {
        return CollectionConverters.asJava(
                org.apache.spark.sql.catalyst.parser.CatalystSqlParser$.MODULE$.parseMultipartIdentifier(name));
    }

    private String advice() {
        boolean inMemory = "in-memory".equals(spark.get().conf().get("spark.sql.catalogImplementation"));
        return "; expected DATABASE.TABLE or CATALOG.DATABASE.TABLE"
                + (inMemory
                        ? ", with the catalog's settings after --, for example -- --conf spark.sql.catalogImplementation=hive"
                        : "");
    }

    /** Returns the rows. */
    Dataset<Row> rows() {
        return spark.get().table(name);
    }

    /** Returns the rows of a version; those of a table without versions if none is given. */
    Dataset<Row> rows(Optional<Long> version) {
        return version.map(number -> spark.get()
                        .read()
                        .option("versionAsOf", number.toString())
                        .table(name))
                .orElseGet(this::rows);
    }

    /** Returns whether the table is one of Delta or Iceberg. */
    boolean hasVersions() {
        return format().equals("delta") || format().equals("iceberg");
    }

    /** Returns the newest version; empty if the table has no versions. */
    Optional<TableVersions.Version> newestVersion() throws Exception {
        Dataset<Row> history = switch (format()) {
            case "delta" ->
                spark.get()
                        .sql("DESCRIBE HISTORY " + name + " LIMIT 1")
                        .selectExpr("version", "unix_micros(timestamp)");
            case "iceberg" ->
                spark.get().table(beside("history")).selectExpr("snapshot_id", "unix_micros(made_current_at)");
            default -> null;
        };
        if (history == null) {
            return Optional.empty();
        }
        List<Row> oldestFirst = history.collectAsList();
        return oldestFirst.stream()
                .skip(Math.max(0, oldestFirst.size() - 1))
                .map(row -> new TableVersions.Version(
                        row.getLong(0), Instant.EPOCH.plus(row.getLong(1), ChronoUnit.MICROS)))
                .findFirst();
    }

    /** Returns the format of the table in lower case; empty for a view, and for a table whose catalog names none. */
    String format() {
        if (isDirectory) {
            return "delta";
        }
        List<Row> rows = described();
        List<String> titles = rows.stream().map(row -> row.getString(0)).toList();
        return rows.subList(Math.max(0, titles.indexOf(DETAILS)), rows.size()).stream()
                .filter(row -> titles.contains(DETAILS) && "Provider".equals(row.getString(0)))
                .map(row -> row.getString(1).toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
    }

    private List<Row> described() {
        return spark.get().sql("DESCRIBE TABLE EXTENDED " + name).collectAsList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CatalogTable table && shown.equals(table.shown);
    }

    @Override
    public int hashCode() {
        return shown.hashCode();
    }

    /** Returns the columns. */
    StructType schema() {
        return rows().schema();
    }

    /** Returns the options that note a run and its input in a transaction. Delta skips one of a run that it has. */
    static Map<String, String> noting(String format, String run, String input) {
        return switch (format) {
            case "delta" ->
                Map.of(
                        "txnAppId",
                        "spark-latent/" + run,
                        "txnVersion",
                        "1",
                        "userMetadata",
                        Json.line(Json.object(RUN, run, INPUT, input)));
            case "iceberg" -> Map.of("snapshot-property." + RUN, run, "snapshot-property." + INPUT, input);
            default -> Map.of();
        };
    }

    /** Returns the inputs of a run that transactions note which the state of the table has, by their versions. */
    Map<String, String> inputsOf(String run) throws Exception {
        Dataset<Row> notes = format().equals("delta")
                ? spark.get()
                        .sql("DESCRIBE HISTORY " + name)
                        .selectExpr(
                                "version AS snapshot_id", "from_json(userMetadata, 'map<string, string>') AS summary")
                : spark.get()
                        .table(beside("snapshots"))
                        .join(spark.get().table(beside("history")).where("is_current_ancestor"), "snapshot_id");
        Column note = functions.col("summary");
        return notes
                .where(note.getItem(RUN).equalTo(run).and(note.getItem(INPUT).isNotNull()))
                .select(functions.col("snapshot_id"), note.getItem(INPUT))
                .collectAsList()
                .stream()
                .collect(Collectors.toMap(row -> row.get(0).toString(), row -> row.getString(1), (a, b) -> a));
    }

    private static String quoted(List<String> parts) {
        return parts.stream().map(CatalogTable::quoted).collect(Collectors.joining("."));
    }

    /** Returns the name of a table of facts about this one, such as its history. */
    private String beside(String metadata) throws Exception {
        Table found = spark.get().catalog().getTable(name);
        return quoted(
                Stream.of(Stream.of(found.catalog()), Stream.of(found.namespace()), Stream.of(found.name(), metadata))
                        .flatMap(parts -> parts)
                        .toList());
    }

    /** Returns the columns whose values partition the table; of Iceberg also functions of columns, such as days(t). */
    List<String> partitions() throws Exception {
        if (hasVersions()) { // Spark's list of columns fails at functions
            List<Row> rows = described();
            List<String> titles = rows.stream().map(row -> row.getString(0)).toList();
            int columns = titles.indexOf("# Partition Information") + 2; // a line of titles follows
            int functions = titles.indexOf("# Partitioning") + 1;
            boolean hasFunctions = functions > 0;
            return rows.subList(hasFunctions ? functions : columns > 1 ? columns : rows.size(), rows.size()).stream()
                    .takeWhile(row -> !row.getString(0).isEmpty())
                    .map(row -> row.getString(hasFunctions ? 1 : 0))
                    .toList();
        }
        return Arrays.stream((org.apache.spark.sql.catalog.Column[])
                        spark.get().catalog().listColumns(name).collect())
                .filter(column -> column.isPartition())
                .map(column -> column.name())
                .toList();
    }
}
