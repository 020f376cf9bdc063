package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalog.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** A table or view of one of Spark's catalogs, by its name. */
final class CatalogTable {
    private static final Pattern AS_OF = Pattern.compile("(?i)\\sAS\\s+OF\\s");

    private final Supplier<SparkSession> spark;
    private final String name;
    private final String shown;

    /**
     * Creates the reference without looking for the table.
     *
     * @param spark the session, which is asked for when it is needed
     * @param key key whose value the name is, for messages
     */
    CatalogTable(Supplier<SparkSession> spark, String key, String name) {
        this.spark = spark;
        this.name = name;
        this.shown = key + " \"" + name + "\"";
    }

    /** Returns the name as in the configuration. */
    String name() {
        return name;
    }

    /** Returns the key and the name, for messages. */
    String shown() {
        return shown;
    }

    /** Returns the reason why the table cannot be used; empty if it exists. */
    Optional<String> missing() {
        try {
            return spark.get().catalog().tableExists(name)
                    ? Optional.empty()
                    : Optional.of(shown + " does not exist in Spark's catalog" + advice());
        } catch (Exception e) { // includes ParseException, which Scala does not declare
            return Optional.of(notLookedUp(e));
        }
    }

    private String notLookedUp(Exception error) {
        return shown
                + " cannot be looked up: "
                + ExitCodes.reason(error)
                + advice()
                + (AS_OF.matcher(name).find()
                        ? "; for an earlier version, create a view of the table and name the view"
                        : "");
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
            return Optional.of(notLookedUp(e));
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
                        ? ", with the catalog's settings after --, for example -- --conf"
                                + " spark.sql.catalogImplementation=hive"
                        : "");
    }

    /** Returns the rows. */
    Dataset<Row> rows() {
        return spark.get().table(name);
    }

    /** Returns the columns. */
    StructType schema() {
        return rows().schema();
    }

    /**
     * Returns the format of the table as its catalog names it, such as parquet, delta or iceberg; empty if it does not.
     */
    String format() throws Exception {
        return spark
                .get()
                .sql("DESCRIBE TABLE EXTENDED " + name)
                .where("col_name = 'Provider'")
                .select("data_type")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0).toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
    }

    /** Returns whether a transaction that somebody has committed to the table has a property of this value. */
    boolean hasSnapshot(String property, String value) throws Exception {
        return !spark.get()
                .table(quoted(parts()) + ".snapshots")
                .where(functions.col("summary").getItem(property).equalTo(value))
                .isEmpty();
    }

    private static String quoted(List<String> parts) {
        return parts.stream().map(part -> "`" + part.replace("`", "``") + "`").collect(Collectors.joining("."));
    }

    /** Returns the columns whose values partition the table. */
    List<String> partitions() throws Exception {
        return Arrays.stream((Column[]) spark.get().catalog().listColumns(name).collect())
                .filter(Column::isPartition)
                .map(Column::name)
                .toList();
    }
}
