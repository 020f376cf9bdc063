package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The comparison of two tables. */
class DriftCommandsTest extends CommandTest {
    private static final int ROWS = 1000;

    /** People of two towns; the amount depends on the town. */
    private String table(String name, long seed, double shift, String... towns) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("person,town,age,amount"));
        for (int i = 0; i < ROWS; i++) {
            int town = random.nextInt(towns.length);
            lines.add("%d,%s,%d,%.4f"
                    .formatted(i, towns[town], 20 + random.nextInt(50), shift + 3 * town + random.nextGaussian()));
        }
        return write(name, lines.toArray(String[]::new));
    }

    private Ended drift(String reference, String current, String... more) {
        String[] arguments = {
            "drift", "--reference", reference, "--current", current, "--set", "output.path=" + folder + "/result"
        };
        return latent(Stream.concat(
                        Stream.concat(Arrays.stream(arguments), Stream.of("--set", "output.overwrite=true")),
                        Arrays.stream(more))
                .toArray(String[]::new));
    }

    private Map<String, Object> figures() throws IOException {
        return metrics("result-drift");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> column(String name) throws IOException {
        return ((List<Map<String, Object>>) figures().get("columns"))
                .stream()
                        .filter(column -> column.get("column").equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private static double figure(Map<String, Object> figures, String section, String name) {
        return ((Number) section(figures, section).get(name)).doubleValue();
    }

    @Test
    void tablesOfOneSourceAreAlike() throws IOException {
        String reference = table("reference.csv", 1, 0, "Rome", "Oslo");

        Ended ended = done(drift(reference, table("current.csv", 2, 0, "Rome", "Oslo"), "--fail-if-drifted"));

        assertThat(ended.out()).contains("drift     0 of 3 columns", "decision  alike");
        double error = figure(figures(), "classifier", "standardError");
        // about 500 rows of each table: √(1001 / (12 · 500²))
        assertThat(error).isCloseTo(0.0183, within(0.001));
        assertThat(figure(figures(), "classifier", "auc")).isCloseTo(0.5, within(3 * error));

        done(drift(reference, reference));

        assertThat(figure(figures(), "classifier", "auc")).as("the same table").isEqualTo(0.5);
        assertThat(figures()).containsEntry("decision", "alike");
    }

    /** Each file is read in the format that it is recognised in, also by the model. */
    @Test
    void anotherDecimalCharacterIsNoDrift() throws IOException {
        String reference = table("reference.csv", 1, 0, "Rome", "Oslo");
        String current = write(
                "current.csv",
                Files.readAllLines(folder.resolve("reference.csv")).stream()
                        .map(line -> line.replace(',', ';').replace('.', ','))
                        .toArray(String[]::new));
        done(latent("train", reference, "--set", "output.path=" + folder + "/model", "--set", "data.id=person"));

        Ended ended = done(drift(current, reference, "--model", folder + "/model"));

        assertThat(ended.out()).contains("drift     0 of 3 columns", "area      0.5000", "decision  alike");
        for (String table : List.of(reference, current)) {
            Ended scored = latent(
                    "score",
                    table,
                    "--model",
                    folder + "/model",
                    "--set",
                    "output.path=" + table.replace(".csv", ".scores"),
                    "--set",
                    "output.format=parquet");
            done(scored);
        }
        assertThat(spark.read()
                        .parquet(folder + "/reference.scores")
                        .select("anomalyScore")
                        .except(spark.read().parquet(folder + "/current.scores").select("anomalyScore"))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void whatHasChangedIsNamed() throws IOException {
        String reference = table("reference.csv", 1, 0, "Rome", "Oslo");
        String current = table("current.csv", 2, 100, "Rome", "Bern");

        Ended ended = drift(reference, current, "--fail-if-drifted", "--set", "output.format=csv");

        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.out())
                .contains(
                        "drift     2 of 3 columns, 66.7%",
                        "town: population stability index",
                        "1 new level: \"Bern\"; 1 vanished level: \"Oslo\"",
                        "area      1.0000 ± 0.0000",
                        "decision  drifted: 66.7% of the columns have drifted, limit 50.0%; a classifier");
        assertThat(column("amount")).containsEntry("distance", 1.0).containsEntry("drifted", true);
        assertThat(((Number) column("amount").get("meanShift")).doubleValue()).isGreaterThan(50);
        assertThat(column("age")).containsEntry("drifted", false);
        Dataset<Row> written = spark.read().option("header", true).csv(folder + "/result-drift/columns");
        assertThat(written.filter("drifted = 'true'").count()).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("result-drift/report.html")))
                .contains("The table has drifted", "Distributions", "Bern")
                .doesNotContain(
                        Files.readAllLines(folder.resolve("current.csv")).get(1).split(",")[3]);
        assertThat(folder.resolve("result-drift/_SUCCESS")).exists();
    }

    @Test
    void columnsAndTypesAreCompared() throws IOException {
        write("a.csv", rows("kept,gone,number,empty,same", i -> i % 7 + ",1." + i + "," + i % 9 + ",,5"));
        write("b.csv", rows("kept,number,empty,new,same", i -> i % 7 + ",k" + i % 3 + "," + i % 5 + "," + i + "x,6"));

        Ended ended = done(drift(folder + "/a.csv", folder + "/b.csv"));

        assertThat(ended.out())
                .contains(
                        "gone: only in the reference",
                        "new: only in the current table",
                        "number: its type has changed",
                        "empty: population stability index")
                .doesNotContain("kept:");
        assertThat(column("number"))
                .containsEntry("type", "number, then category")
                .containsEntry("stability", null);
        assertThat(column("empty")).containsEntry("referenceMissing", 1.0).containsEntry("currentMissing", 0.0);
        assertThat(column("same")).as("another constant").containsEntry("drifted", true);
    }

    private static String[] rows(String header, IntFunction<String> row) {
        return Stream.concat(Stream.of(header), IntStream.range(0, 200).mapToObj(row))
                .toArray(String[]::new);
    }

    /** The sample is a tenth of the rows, and a third of the rows are equal. */
    @Test
    void partitionsDoNotMatter() throws IOException {
        table("reference.csv", 1, 0, "Rome", "Oslo");
        table("current.csv", 2, 1, "Rome", "Oslo", "Bern");
        String equal = "if(person % 3 = 0, '1.0', amount) as amount";
        List<Object> found = new ArrayList<>();
        for (int partitions : new int[] {1, 5}) {
            for (String name : List.of("reference", "current")) {
                spark.read()
                        .option("header", true)
                        .csv(folder + "/" + name + ".csv")
                        .selectExpr(
                                "if(person % 3 = 0, 'Rome', town) as town",
                                "cast(1 + person % 2 as double) as weight", equal)
                        .repartition(partitions)
                        .write()
                        .mode("overwrite")
                        .parquet(folder + "/" + name + ".parquet");
            }
            done(drift(
                    folder + "/reference.parquet",
                    folder + "/current.parquet",
                    "--set",
                    "data.weight=weight",
                    "--set",
                    "drift.rows=150"));
            Map<String, Object> figures = figures();
            figures.keySet().removeAll(List.of("seconds", "origin"));
            found.add(figures);
        }
        assertThat(found.get(1)).isEqualTo(found.get(0));
        assertThat(section(figures(), "rows").get("sampled").toString()).matches("\\[1\\d\\d, 1\\d\\d\\]");
    }

    @Test
    void aModelComparesScores() throws IOException {
        String reference = table("reference.csv", 1, 0, "Rome", "Oslo");
        String model = folder + "/model";
        done(latent("train", reference, "--set", "output.path=" + model, "--set", "model.components=2"));

        Ended alike = done(drift(reference, table("alike.csv", 2, 0, "Rome", "Oslo"), "--model", model));
        double error = figure(metrics("result"), "scores", "standardError");
        assertThat(alike.out()).contains("scores    area 0.5");
        assertThat(figure(metrics("result"), "scores", "auc")).isCloseTo(0.5, within(4 * error));

        done(drift(reference, table("far.csv", 2, 30, "Rome", "Oslo"), "--model", model));
        assertThat(figure(metrics("result"), "scores", "auc")).isEqualTo(1);
        assertThat(figure(metrics("result"), "scores", "difference")).isGreaterThan(1);

        write("less.csv", rows("town,age", i -> (i % 2 == 0 ? "Rome" : "Oslo") + "," + i % 50));
        assertThat(done(drift(reference, folder + "/less.csv", "--model", model))
                        .out())
                .contains("the anomaly scores are not compared", "amount");
    }

    @Test
    void formatsMayDifferAndTheChampionComparesScores() throws IOException {
        String reference = table("reference.csv", 1, 0, "Rome", "Oslo");
        spark.sql("create database if not exists drifting");
        spark.read()
                .option("header", true)
                .csv(reference)
                .write()
                .mode("overwrite")
                .saveAsTable("drifting.people");
        String[] job = {
            "model { type = mixture, components = 2 }",
            "data { path = \"DIR/reference.csv\", format = csv }",
            "registry { path = \"DIR/registry\" }",
            "output { path = \"DIR/result\", report = false }"
        };
        String configuration = configuration(job);
        done(latent("train", "--config", configuration, "--run-id", "one"));
        done(latent("publish", "--config", configuration, "--run-id", "one", "--force"));

        done(latent("drift", "--config", configuration, "--current", "drifting.people"));

        assertThat(figures()).containsEntry("decision", "alike");
        assertThat(figure(figures(), "classifier", "auc")).isEqualTo(0.5);
        assertThat(figure(figures(), "scores", "difference")).isZero();
        assertThat(folder.resolve("result-drift/report.html")).doesNotExist();
        spark.sql("drop database drifting cascade");
    }

    @Test
    void badInputIsRefused() {
        String reference = table("reference.csv", 1, 0, "Rome", "Oslo");
        write("empty.csv", "person,town,age,amount");

        assertRefused(drift(reference, folder + "/none.csv"), 3, "none.csv");
        assertRefused(drift(reference, folder + "/empty.csv"), 3, "empty.csv", "has no rows");
        assertRefused(latent("drift", "--reference", reference), 2, "drift.current", "--current");
        assertRefused(latent("drift", "--current", reference), 2, "data.path is missing");
        assertRefused(drift(reference, reference, "--set", "drift.area=0.4"), 2, "drift.area is 0.4, must be");
        assertRefused(
                latent("drift", reference, "--reference", reference, "--current", reference), 2, "second reference");
    }
}
