package io.github.sparklatent;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Spark in this JVM, for tests: one session at a time, shared by all test classes. Ask for it at the beginning of each
 * test class and do not stop it; a class that needs another master or other settings asks for these, and the next class
 * gets the common session back.
 */
public final class LocalSpark {
    private static final String ASKED_FOR = "spark.latent.test.asked.for";

    /**
     * Settings that make queries on a few rows fast: no code is generated and compiled for each query, and Spark
     * forgets the queries of earlier tests. They change no result. The tests of the scripts run with Spark's defaults.
     */
    private static final Map<String, String> SMALL_TABLES = Map.of(
            "spark.sql.codegen.wholeStage", "false",
            "spark.sql.codegen.factoryMode", "NO_CODEGEN",
            "spark.sql.adaptive.enabled", "false",
            "spark.ui.retainedJobs", "20",
            "spark.ui.retainedStages", "20",
            "spark.ui.retainedTasks", "1000",
            "spark.sql.ui.retainedExecutions", "20");

    private LocalSpark() {}

    /** The common session: two cores, four shuffle partitions. */
    public static SparkSession session() {
        return session("local[2]", Map.of());
    }

    /**
     * A session of its own kind; one of another kind is stopped.
     *
     * @param master e.g. {@code local[1]}, or {@code local[2,4]} for tasks that may fail three times
     * @param settings beside the common ones
     */
    public static SparkSession session(String master, Map<String, String> settings) {
        String asked = master + " " + new TreeMap<>(settings);
        var present = SparkSession.getDefaultSession();
        if (present.isDefined() && !present.get().sparkContext().isStopped()) {
            SparkSession session = present.get();
            if (asked.equals(session.sparkContext().getConf().get(ASKED_FOR, ""))) {
                return session;
            }
            session.stop();
        }
        SparkSession.Builder builder = SparkSession.builder()
                .master(master)
                .appName("tests")
                .config("spark.ui.enabled", false)
                .config("spark.ui.showConsoleProgress", false)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 4)
                .config("spark.sql.warehouse.dir", "target/spark-warehouse")
                .config(ASKED_FOR, asked);
        SMALL_TABLES.forEach(builder::config);
        settings.forEach(builder::config);
        return builder.getOrCreate();
    }

    /**
     * A table of any columns.
     *
     * @param schema as in SQL, e.g. {@code "id long, name string, x double"}
     * @param rows one array of values a row
     */
    public static Dataset<Row> table(SparkSession spark, String schema, Object[]... rows) {
        return table(spark, StructType.fromDDL(schema), rows);
    }

    /** A table of any columns, for types that SQL has no name for, such as vectors. */
    public static Dataset<Row> table(SparkSession spark, StructType schema, Object[]... rows) {
        List<Row> list = Arrays.stream(rows).map(RowFactory::create).toList();
        return spark.createDataFrame(list, schema);
    }

    /** A table of columns x0, x1, ... of doubles. */
    public static Dataset<Row> numbers(SparkSession spark, double[]... rows) {
        StructType schema = new StructType(IntStream.range(0, rows[0].length)
                .mapToObj(j -> DataTypes.createStructField("x" + j, DataTypes.DoubleType, true))
                .toArray(StructField[]::new));
        Object[][] boxed = Arrays.stream(rows)
                .map(row -> Arrays.stream(row).boxed().toArray())
                .toArray(Object[][]::new);
        return table(spark, schema, boxed);
    }

    /** A table of one column {@code features} of dense vectors; a null array is a null vector. */
    public static Dataset<Row> vectors(SparkSession spark, double[]... rows) {
        StructType schema = new StructType().add("features", SQLDataTypes.VectorType(), true);
        Object[][] boxed = Arrays.stream(rows)
                .map(row -> new Object[] {row == null ? null : Vectors.dense(row)})
                .toArray(Object[][]::new);
        return table(spark, schema, boxed);
    }
}
