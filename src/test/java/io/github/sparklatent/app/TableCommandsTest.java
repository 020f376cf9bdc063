package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.config.Sandbox;
import io.github.sparklatent.app.files.TableVersions;
import io.github.sparklatent.app.files.TableWriter;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.ml.Families;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.AppendData;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.util.QueryExecutionListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.jdk.javaapi.CollectionConverters;

/** Commands that read and write tables of Spark's catalog, and rows in directories. */
class TableCommandsTest extends CommandTest {
    private static final int ROWS = 40;

    /** The result of a training on the table {@code latent.rows}. */
    @TempDir
    static Path trained;

    @BeforeAll
    static void createTables() {
        spark.sql("create database latent location '" + trained.resolve("warehouse") + "'");
        save(0, ROWS, "latent.rows");
        save(99, 7, "latent.next");
        saveInvalid();
        done(run(
                trained,
                "train",
                "data { table = latent.rows, id = row, features = [x, y] }",
                "model.components = 2, output { path = \"DIR/out\", report = false }"));
    }

    @AfterAll
    static void dropTables() {
        spark.sql("drop database latent cascade");
    }

    @BeforeEach
    @AfterEach
    void dropScores() {
        spark.sql("drop table if exists latent.scores");
    }

    /** Saves rows of two groups as a table, or as a directory of Parquet files. */
    private static void save(int from, int rows, String name) {
        Dataset<Row> table = table(from, rows);
        if (name.startsWith("latent.")) {
            table.write().mode("overwrite").saveAsTable(name);
        } else {
            table.write().mode("overwrite").parquet(name);
        }
    }

    /** Two clear groups in x and y; the days are 0 and 1 in turn, then 2 and 3 from row 100 on. */
    private static Dataset<Row> table(int from, int rows) {
        return spark.range(from, from + rows, 1, 2)
                .selectExpr(
                        "id as row",
                        "id % 2 * 10 + sin(id) as x",
                        "id % 2 * 5 + cos(3 * id) as y",
                        "id % 2 + 2 * int(id / 100) as day");
    }

    private String[] scoring(String... further) {
        return with(
                with(
                        new String[] {
                            "model.path = \"" + trained.resolve("out") + "\"", "data { id = row, features = [x, y] }"
                        },
                        further),
                "score.columns = [prediction]");
    }

    private static String rowsByDay(Dataset<Row> table) {
        return table.groupBy("day").count().orderBy("day").collectAsList().stream()
                .map(row -> row.get(0) + ":" + row.get(1))
                .collect(Collectors.joining(" "));
    }

    private static Dataset<Row> scores() {
        spark.catalog().refreshTable("latent.scores");
        return spark.table("latent.scores");
    }

    @Test
    void aTableGivesTheModelOfItsFiles() {
        save(0, ROWS, folder.resolve("rows").toString());
        done(run(
                "train",
                "data { path = \"DIR/rows\", id = row, features = [x, y] }",
                "model.components = 2, output { path = \"DIR/out\", report = false }"));
        assertThat(parameters(folder.resolve("out"))).isEqualTo(parameters(trained.resolve("out")));
    }

    @Test
    void evaluateReadsAView() {
        table(0, 10).createOrReplaceTempView("some_rows");
        Ended ended = done(run("evaluate", with(scoring("data.table = some_rows"), output())));
        assertThat(ended.out()).contains("10, 0 skipped");
    }

    private static String output() {
        return "output.path = \"DIR/result\"";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    latent.rovs  ~ data.table "latent.rovs" does not exist in Spark's catalog; expected DATABASE.TABLE
                    nowhere.rows ~ data.table "nowhere.rows" does not exist in Spark's catalog; expected DATABASE.TABLE
                    "a b"        ~ data.table "a b" cannot be looked up: [PARSE_SYNTAX_ERROR] Syntax error
                    "latent.rows VERSION AS OF 3" ~ data.table "latent.rows VERSION AS OF 3" cannot be looked up: [PARSE_SYNTAX_ERROR] Syntax error
                    """)
    void aTableThatIsNotThere(String name, String sentence) {
        assertRefused(run("score", with(scoring("data.table = " + name), output())), 3, sentence);
        assertThat(folder.resolve("result/runs")).doesNotExist();
    }

    @Test
    void aScoredTableIsCreatedAndKept() {
        String[] job = scoring("data.table = latent.rows, output.table = latent.scores");
        for (String rule : List.of("threshold = -1e9", "alerts = %d".formatted(ROWS))) {
            String[] limited = with(job, "score { columns = [isAnomaly], maxAlertRate = 0.5, %s }".formatted(rule));
            assertRefused(run("score", limited), 3, "100.0% of the rows are alerts, expected at most 50.0%");
        }
        assertThat(spark.catalog().tableExists("latent.scores")).isFalse();
        Ended ended = done(run("score", job));
        assertThat(ended.out()).contains("latent.scores, table", "40 scored, 0 skipped");
        assertThat(scores().columns()).containsExactly("row", "x", "y", "day", "prediction");
        assertThat(scores().count()).isEqualTo(ROWS);

        assertRefused(run("score", job), 2, "output.table \"latent.scores\" exists; set");
        for (String mode : List.of("overwrite", "append")) {
            assertRefused(
                    run("score", with(job, "output.mode = " + mode)),
                    2,
                    "output.table \"latent.scores\" exists and is of format parquet, which has no transactions");
        }
        assertThat(scores().count()).isEqualTo(ROWS);
        assertThat(names()).as("no directory is written").containsExactly("job.conf");
    }

    @Test
    void onlyTheWrittenPartitionsOfATransactionAreReplaced() {
        spark.conf().set("spark.sql.catalog.memory", "org.apache.spark.sql.connector.catalog.InMemoryTableCatalog");
        String columns = "(row bigint, x double, y double, day bigint, prediction int)";
        spark.sql("CREATE TABLE memory.latent.days %s USING delta PARTITIONED BY (day)".formatted(columns));
        String[] job = scoring("output { table = memory.latent.days, mode = overwrite }");
        done(run("score", with(job, "data.table = latent.rows")));
        done(run("score", with(job, "data.table = latent.next")));
        assertThat(rowsByDay(spark.table("memory.latent.days"))).isEqualTo("0:20 1:1 2:3 3:3");
    }

    /** Returns the options of the appends that a command makes. */
    private static List<Map<String, String>> writeOptions(Runnable command) throws TimeoutException {
        List<Map<String, String>> options = new CopyOnWriteArrayList<>();
        QueryExecutionListener listener = new QueryExecutionListener() {
            @Override
            public void onSuccess(String function, QueryExecution query, long nanoseconds) {
                if (query.logical() instanceof AppendData append) {
                    options.add(new TreeMap<>(CollectionConverters.asJava(append.writeOptions())));
                }
            }

            @Override
            public void onFailure(String function, QueryExecution query, Exception error) {}
        };
        spark.sparkContext().listenerBus().waitUntilEmpty(60_000); // of the writes before
        spark.listenerManager().register(listener);
        try {
            command.run();
            spark.sparkContext().listenerBus().waitUntilEmpty(60_000);
        } finally {
            spark.listenerManager().unregister(listener);
        }
        return options;
    }

    /** The catalog has tables of any format in memory; the transactions of the formats are not tried here. */
    @Test
    void rowsAreAddedToATableWithTransactionsOnce() throws TimeoutException {
        spark.conf().set("spark.sql.catalog.memory", "org.apache.spark.sql.connector.catalog.InMemoryTableCatalog");
        String columns = "(prediction int, row bigint, x double, y double, day bigint)";
        for (String format : List.of("delta", "iceberg")) {
            spark.sql("CREATE TABLE memory.latent.%s %s USING %s".formatted(format, columns, format));
        }
        spark.sql("CREATE TABLE memory.latent.iceberg.snapshots (snapshot_id bigint, summary map<string, string>)");
        spark.sql("CREATE TABLE memory.latent.iceberg.history (snapshot_id bigint, is_current_ancestor boolean)");
        spark.sql("INSERT INTO memory.latent.iceberg.history VALUES (1, true), (2, false)");
        String[] job = scoring("data.table = latent.rows, output.mode = append");
        String[] delta = with(job, "output { table = memory.latent.delta, runId = tonight }");
        String[] iceberg = with(job, "output { table = memory.latent.iceberg, runId = tonight }");
        String name = " of " + trained.resolve("out");
        assertThat(writeOptions(() -> done(run("score", delta))))
                .containsExactly(Map.of(
                        "txnAppId",
                        "spark-latent/tonight" + name,
                        "txnVersion",
                        "1",
                        "userMetadata",
                        "{\"spark-latent.run-id\":\"tonight%s\",\"spark-latent.input\":\"latent.rows\"}"
                                .formatted(name)));
        assertThat(writeOptions(() -> done(run("score", iceberg))))
                .containsExactly(Map.of(
                        "snapshot-property.spark-latent.run-id",
                        "tonight" + name,
                        "snapshot-property.spark-latent.input",
                        "latent.rows"));
        assertThat(spark.table("memory.latent.delta").where("day = row % 2").count())
                .as("columns in another order keep their names")
                .isEqualTo(ROWS);
        for (String run : List.of("tonight", "tomorrow")) {
            spark.sql(
                    "INSERT INTO memory.latent.iceberg.snapshots VALUES (%d, map('spark-latent.run-id', '%s', 'spark-latent.input', 'latent.rows'))"
                            .formatted(run.equals("tonight") ? 1 : 2, run + name)); // the second was rolled back
        }
        Ended again = done(run("score", iceberg));
        assertThat(again.out()).contains("40 scored, 0 skipped");
        assertThat(spark.table("memory.latent.iceberg").count()).isEqualTo(ROWS);
        assertRefused(
                run("score", with(iceberg, "data.table = latent.next")),
                2,
                "output.table \"memory.latent.iceberg\" has rows of run \"tonight" + name
                        + "\" that are of other input: latent.rows, expected latent.next; set another output.runId");
        done(run("score", with(job, "output { table = memory.latent.iceberg, runId = tomorrow }")));
        assertThat(spark.table("memory.latent.iceberg").count()).isEqualTo(2 * ROWS);
        spark.sql(
                "INSERT INTO memory.latent.iceberg.snapshots VALUES (1, map('spark-latent.run-id', '%s', 'spark-latent.input', 'latent.rows'))"
                        .formatted(spark.sparkContext().applicationId() + name));
        done(run("score", with(job, "output.table = memory.latent.iceberg")));
        assertThat(spark.table("memory.latent.iceberg").count())
                .as("a second attempt of one application")
                .isEqualTo(2 * ROWS);
    }

    /** The rows are there, so the command must not end as if they were not. */
    @Test
    void aFaultAfterTheCommitIsAWarning() {
        String file = configuration(scoring("data.table = latent.rows, output.table = latent.scores"));
        JobConfiguration configuration = Sandbox.load(Path.of(file), List.of(), Job.SCORE, Families.types(), Map.of());
        TableWriter writer = TableWriter.of(
                () -> spark,
                new Configuration(),
                Optional.empty(),
                Job.SCORE,
                DataFormat.PARQUET,
                configuration,
                new TableVersions());
        Dataset<Row> rows = spark.table("latent.rows");
        writer.requireTable();
        writer.requireWritable(rows.schema());
        writer.write(rows, () -> ExceptionUtils.rethrow(new SparkException("the table is gone"))); // as Scala does
        assertThat(writer.warnings())
                .containsExactly("the rows are written, but neither counted nor compared: the table is gone");
        assertThat(scores().count()).isEqualTo(ROWS);
    }

    /** A database would keep the rows of a task that Spark repeats twice. */
    @Test
    void aTableOfADatabaseIsReadAndNotWritten() throws SQLException {
        String url = "jdbc:h2:mem:latent;DB_CLOSE_DELAY=-1";
        try (Connection database = DriverManager.getConnection(url);
                Statement statement = database.createStatement()) {
            statement.execute("create table readings(\"x\" double, \"y\" double, \"row\" int) as"
                    + " select mod(x, 2) * 10 + sin(x), mod(x, 2) * 5 + cos(x), x from system_range(1, 30)");
        }
        String catalog = "spark.sql.catalog.db";
        spark.conf().set(catalog + ".url", url);
        spark.conf().set(catalog + ".driver", "org.h2.Driver");
        spark.conf().set(catalog, "org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCTableCatalog");
        Ended ended = done(run("evaluate", with(scoring("data.table = db.PUBLIC.READINGS"), output())));
        assertThat(ended.out()).contains("30, 0 skipped");

        String sentence = " is a table of a database";
        String[] job = scoring("data.table = spark_catalog.latent.rows");
        assertRefused(
                run("score", with(job, "output.table = db.PUBLIC.scores")),
                2,
                "output.table \"db.PUBLIC.scores\"" + sentence);
        spark.catalog().setCurrentCatalog("db");
        try {
            assertRefused(
                    run("score", with(job, "output { table = PUBLIC.READINGS, mode = append }")),
                    2,
                    "output.table \"PUBLIC.READINGS\"" + sentence);
        } finally {
            spark.catalog().setCurrentCatalog("spark_catalog");
        }
        assertThat(spark.table("db.PUBLIC.READINGS").count()).isEqualTo(30);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    table = nowhere.scores                   ~ output.table "nowhere.scores" is a table in `nowhere`, which does not exist
                    table = latent.next, mode = overwrite    ~ output.table "latent.next" exists and is of format parquet, which has no transactions
                    table = LATENT.rows                      ~ output.table is "LATENT.rows", the same as data.table
                    """)
    void aTableThatCannotBeWritten(String setting, String sentence) {
        String line = "data.table = latent.rows, output { " + setting + " }";
        assertRefused(run("score", scoring(line)), 2, sentence);
        Ended dry = latent("score", "--config", configuration(scoring(line)), "--dry-run");
        assertThat(dry.code()).isEqualTo(2);
        assertThat(spark.catalog().tableExists("latent.scores")).isFalse();
    }

    @Test
    void sampleFillsATable() {
        done(run("sample", scoring("output.table = latent.scores", "sample.rows = 30")));
        assertThat(scores().count()).isEqualTo(30);
        assertThat(scores().columns()).startsWith("x", "y");
    }

    @Test
    void rowsAreNotAddedToADirectory() {
        assertRefused(
                run("score", scoring("data.table = latent.rows, output { path = \"DIR/scores\", mode = append }")),
                2,
                "output.mode is append, but the rows go to a directory, to which a run that is repeated would add them"
                        + " twice: name a Delta or Iceberg table with output.table");
        assertThat(folder.resolve("scores")).doesNotExist();
    }

    /** Rows of which the last one is not a number. */
    private static void saveInvalid() {
        table(0, ROWS)
                .withColumn("x", functions.expr("if(row = 39, double('nan'), x)"))
                .repartitionByRange(2, functions.col("row"))
                .write()
                .mode("overwrite")
                .saveAsTable("latent.bad");
    }

    @Test
    void anInvalidRowLeavesNoRow() {
        String[] table = scoring("output { table = latent.scores, mode = overwrite }");
        String[] path = scoring("output { path = \"DIR/scores\", mode = overwrite }");
        String sentence = "data.table \"latent.bad\": 1 of 80 numbers are NaN or null (in \"x\"), expected"
                + " finite numbers; data.invalid = skip leaves such rows out";
        assertRefused(run("score", with(table, "data.table = latent.bad")), 3, sentence);
        assertThat(spark.catalog().tableExists("latent.scores")).isFalse();
        assertRefused(run("score", with(path, "data.table = latent.bad")), 3, sentence);
        assertThat(snapshot(folder.resolve("scores"))).isEmpty();

        done(run("score", with(path, "data.table = latent.rows")));
        Map<String, String> files = snapshot(folder.resolve("scores"));
        assertRefused(run("score", with(path, "data.table = latent.bad")), 3, sentence);
        assertThat(snapshot(folder.resolve("scores"))).isEqualTo(files);
    }
}
