package io.github.sparklatent.bench.jobs;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.randn;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.report.MarkdownTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains on a table of mixed columns that the memory of the executors cannot hold, and scores it. */
@Command(name = "large", description = "Seconds of train and score over a large table of mixed columns.")
public final class LargeCommand extends BenchCommand {
    private static final int COLUMNS = 10;
    private static final int COMPONENTS = 5;
    private static final int PARTITIONS = 64;
    private static final double GIGA = 1e9;
    private static final Path MODEL = DATA.resolve("large-model");
    private static final Path SCORES = DATA.resolve("large-model-scores");

    @Option(names = "--rows", description = "Rows of the table (${DEFAULT-VALUE}).")
    private long rows = 100_000_000;

    @Option(names = "--rounds", description = "EM rounds (${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(names = "--executor-memory", description = "Heap of an executor (${DEFAULT-VALUE}).")
    private String memory = "4g";

    @Override
    protected Map<String, String> measure() throws IOException {
        require(rows >= 1000, "--rows is %d, expected at least 1000", rows);
        require(rounds >= 1, "--rounds is %d, expected at least 1", rounds);
        Path parquet = DATA.resolve("large-" + rows);
        try (SparkSession spark = session()) {
            draw(spark, parquet);
        }
        Path config = DATA.resolve("large.conf");
        Files.writeString(config, """
                model { type = mixture, components = %d, initialization = random-rows }
                data { path = "%s", holdout.fraction = 0.01 }
                train { maxRounds = %d, tolerance = 0 }
                score.columns = [prediction, logDensity, severity, isAnomaly]
                output { path = "%s", overwrite = true }
                """.formatted(COMPONENTS, parquet, rounds, MODEL));
        MarkdownTable table = new MarkdownTable(1, "command", "seconds", "rows a second of the command");
        for (String command : List.of("train", "score")) {
            long began = System.nanoTime();
            WholeCommand.run(command(command, config));
            double seconds = (System.nanoTime() - began) / GIGA;
            System.err.printf("%s: %.0f s%n", command, seconds);
            table.row(
                    "`jobs/latent %s`".formatted(command),
                    "%.0f".formatted(seconds),
                    "%,.0f".formatted(rows / seconds));
        }
        return page(table
                + """

                        %,d rows x %d columns, %.1f GB of Parquet: a date, two columns of strings, one 0/1
                        column, two of counts and four of numbers, one of them with a tenth of the values
                        missing. `mixture` with %d components; %d rounds, of which each took %.1f s in the
                        median (%,.0f rows a second). A driver of 2 GB and two executors of one core and
                        %s each; as numbers the rows are %.1f GB. `score` writes all columns and four of
                        its own, %.1f GB.

                        `train` reads for %.0f s: it counts values, levels and cells, chooses the partitions and
                        packs the rows into blocks, in two traversals of the files. The rounds take %.0f s, the
                        evaluation with the scores of the known rows %.0f s, and the files and the report %.0f s.
                        """.formatted(
                                rows,
                                COLUMNS,
                                gigabytes(parquet),
                                COMPONENTS,
                                rounds,
                                round(),
                                rows / round(),
                                memory,
                                rows * COLUMNS * Double.BYTES / GIGA,
                                gigabytes(SCORES),
                                seconds("read"),
                                seconds("train"),
                                seconds("evaluate"),
                                seconds("write")));
    }

    /** Returns the seconds of a phase of the training. */
    private static double seconds(String phase) throws IOException {
        return new ObjectMapper()
                .readTree(MODEL.resolve("metrics.json").toFile())
                .get("seconds")
                .get(phase)
                .asDouble();
    }

    private List<String> command(String name, Path config) {
        return List.of(
                WholeCommand.absolute("jobs", "latent"),
                name,
                "--config",
                config.toString(),
                "--",
                "--master",
                "spark://127.0.0.1:" + System.getenv("CLUSTER_PORT"),
                "--driver-memory",
                "2g",
                "--executor-memory",
                memory);
    }

    /** The median of the seconds of a round. */
    private static double round() throws IOException {
        List<Double> seconds = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        try (Stream<String> lines = Files.lines(MODEL.resolve("rounds.jsonl"))) {
            for (String line : lines.toList()) {
                double sum = 0;
                for (JsonNode part : json.readTree(line).get("seconds")) {
                    sum += part.asDouble();
                }
                seconds.add(sum);
            }
        }
        return seconds.stream().sorted().skip(seconds.size() / 2).findFirst().orElseThrow();
    }

    private static double gigabytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file ->
                                    file.toFile().isFile() ? file.toFile().length() : 0)
                            .sum()
                    / GIGA;
        }
    }

    /** Writes days of invented shops of five kinds, in which the columns depend on the kind. */
    private void draw(SparkSession spark, Path path) {
        if (Files.exists(path.resolve("_SUCCESS"))) {
            return;
        }
        Column kind = col("kind");
        Column town = pmod(xxhash64(col("id"), lit("town")), lit(40));
        Column weather = element_at(
                array(lit("sun"), lit("clouds"), lit("rain"), lit("snow")),
                floor(rand(1).multiply(kind.divide(5).plus(3))).plus(1).cast("int"));
        spark.range(0, rows, 1, PARTITIONS)
                .withColumn("kind", pmod(xxhash64(col("id")), lit(COMPONENTS)))
                .select(
                        date_add(
                                        to_date(lit("2020-01-01")),
                                        pmod(xxhash64(col("id"), lit("day")), lit(2000))
                                                .cast("int"))
                                .as("day"),
                        concat(lit("town "), town).as("town"),
                        weather.as("weather"),
                        rand(2).lt(kind.plus(1).divide(8)).as("holiday"),
                        floor(exp(randn(3).multiply(0.4).plus(kind.divide(2).plus(2))))
                                .as("visitors"),
                        floor(rand(4).multiply(rand(5)).multiply(kind.plus(2))).as("complaints"),
                        randn(6).multiply(5).plus(kind.multiply(4)).as("temperature"),
                        randn(7).plus(kind).multiply(2.5).as("wind"),
                        exp(randn(8).multiply(0.5).plus(kind.divide(3)).plus(3))
                                .cast("decimal(12,2)")
                                .as("turnover"),
                        when(rand(9).geq(0.1), randn(10).plus(kind.multiply(3))).as("discount"))
                .write()
                .mode("overwrite")
                .parquet(path.toUri().toString());
    }
}
