package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.ml.columns.TableForm;
import io.github.sparklatent.ml.core.SavedModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on tables with columns of several types. */
class ColumnsCommandsTest extends CommandTest {
    private static final int ROWS = 300;
    private static final String TYPED =
            "cast(shop as int) shop, trim(town) town, cast(replace(price, ',', '.') as double)"
                    + " price, cast(nullif(visits, 'NA') as int) visits, cast(day as date) day,"
                    + " cast(open as boolean) open";

    /** The table as texts and with types, and the results of trainings on them. */
    @TempDir
    static Path shared;

    private static Ended trained;

    @BeforeAll
    static void trainOnce() {
        table();
        trained = done(run(shared, "train", csv("output.report = true")));
        done(run(shared, "train", typed()));
    }

    @BeforeEach
    void copyShared() {
        for (String name : List.of("table.csv", "table.parquet", "out", "typed")) {
            copy(shared.resolve(name), folder.resolve(name));
        }
    }

    /** A csv table with a semicolon, decimal commas, white space, markers and leading zeros. */
    private static void table() {
        Random random = new Random(11);
        List<String> lines = new ArrayList<>();
        lines.add("shop;town;price;visits;day;open");
        for (int i = 0; i < ROWS; i++) {
            boolean inTown = random.nextBoolean();
            lines.add("%04d; %s ;%d,%02d;%s;2024-%02d-%02d;%s"
                    .formatted(
                            i,
                            inTown ? "London" : "Brno",
                            (inTown ? 20 : 5) + random.nextInt(5),
                            random.nextInt(100),
                            random.nextInt(20) == 0 ? "NA" : random.nextInt(40),
                            1 + random.nextInt(12),
                            1 + random.nextInt(28),
                            random.nextInt(3) > 0));
        }
        write(shared, "table.csv", lines.toArray(String[]::new));
        LocalSpark.session()
                .read()
                .option("header", true)
                .option("sep", ";")
                .csv(shared.resolve("table.csv").toString())
                .selectExpr(TYPED.split(", (?=cast|trim)"))
                .write()
                .parquet(shared.resolve("table.parquet").toString());
    }

    private static String[] csv(String... further) {
        String[] lines = {
            "data { path = \"DIR/table.csv\", format = csv, separator = \";\", decimal"
                    + " = \",\", id = shop, invalid = keep, scale = standard }",
            "model { components = 2, regularization = 1e-3 }",
            "output { path = \"DIR/out\", overwrite = true, report = false }"
        };
        return with(lines, further);
    }

    private static String[] typed() {
        return csv("data { path = \"DIR/table.parquet\", format = parquet }", "output.path = \"DIR/typed\"");
    }

    @Test
    void textsAndTypesGiveTheSameModel() {
        assertThat(parameters(folder.resolve("typed"))).isEqualTo(parameters(folder.resolve("out")));
    }

    @Test
    void theDecisionsArePrintedAndSaved() throws IOException {
        assertThat(trained.err())
                .contains("town    category  yes      0.0%  2 categories")
                .contains("price   number    yes      0.0%  numbers from 5.")
                .contains("day     date      yes      0.0%  from 2024-01-01 to 2024-12-28")
                .contains("open    boolean   yes      0.0%  2 categories")
                .contains("\"NA\"");
        assertThat(Files.readString(folder.resolve("out/metrics.json")))
                .contains("\"columns\" : [", "\"column\" : \"town\"", "\"type\" : \"category\"");
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("5 of 5 columns are modelled.", "from 2024-01-01 to 2024-12-28");
    }

    @Test
    void numbersAreRanksIfTheScaleIsQuantile() throws IOException {
        Ended ended = done(run("train", csv("data.scale = quantile", "data.holdout.fraction = 0")));
        assertThat(ended.err()).contains("price   quantile  yes", "visits  quantile  yes");
        assertOnlyDatesAreScaled(
                SavedModels.any(spark, folder.resolve("out").toString()).model().form());
        JsonNode scaling = new ObjectMapper()
                .readTree(folder.resolve("out/metrics.json").toFile())
                .path("scaling");
        assertThat(scaling.path("kind").asText()).isEqualTo("quantile");
        assertThat(scaling.path("logJacobian").isNull()).isTrue();
    }

    private void assertOnlyDatesAreScaled(TableForm form) {
        List<String> names = form.encoders().stream()
                .flatMap(encoder -> encoder.features().stream())
                .map(Feature::name)
                .toList();
        double[] shift = form.scaling().shift();
        double[] factor = form.scaling().factor();
        for (int j = 0; j < factor.length; j++) {
            boolean isDate = names.get(j).startsWith("day");
            assertThat(factor[j] != 1).as(names.get(j)).isEqualTo(isDate);
            assertThat(shift[j] != 0).as(names.get(j)).isEqualTo(isDate);
        }
        Row days = LocalSpark.session()
                .read()
                .options(Map.of("header", "true", "sep", ";"))
                .csv(folder.resolve("table.csv").toString())
                .selectExpr("datediff(day, '2024-01-01') d")
                .selectExpr("avg(d)", "stddev_pop(d)")
                .head();
        int day = names.indexOf("day");
        assertThat(shift[day]).isCloseTo(days.getDouble(0), within(1e-9));
        assertThat(1 / factor[day]).isCloseTo(days.getDouble(1), within(1e-9));
    }

    @Test
    void aDryRunReadsAPartOfALargeTable() {
        String path = folder.resolve("large").toString();
        SparkSession spark = LocalSpark.session();
        spark.range(0, 1000, 1, 100)
                .selectExpr("id % 7 as x", "concat('kind ', id div 100) as kind")
                .write()
                .parquet(path);
        spark.conf().set("spark.sql.files.maxPartitionBytes", "1k"); // a partition for each file
        try {
            String output = "output.path=" + folder.resolve("none");
            Ended ended = done(latent("train", "--dry-run", "--set", "data.path=" + path, "--set", output));
            assertThat(ended.err())
                    .contains("These decisions are from 8 of ", " categories")
                    .endsWith("Paths and columns match the configuration.\n");
        } finally {
            spark.conf().unset("spark.sql.files.maxPartitionBytes");
        }
    }

    @Test
    void scoreLeavesTheValuesAsTheyWere() throws IOException {
        done(run("score", csv("score.columns = [prediction]", "output.format = csv")));
        List<String> scored = lines(folder.resolve("out-scores"));
        assertThat(scored).hasSize(ROWS);
        assertThat(scored).anyMatch(line -> line.matches("0007;(London|Brno);\\d+,\\d\\d;.*"));
        assertThat(scored.stream().filter(line -> line.contains(";NA;")).count())
                .isPositive();
    }

    @Test
    void aTableWithUnknownValuesIsReportedOrRefused() throws IOException {
        List<String> rows = Files.readAllLines(folder.resolve("table.csv"));
        write(
                "table.csv",
                rows.stream()
                        .map(row -> row.replaceFirst("^(\\d\\d[0-4]\\d;) \\w+ ", "$1Leeds"))
                        .toArray(String[]::new));
        Ended told = done(run("score", csv("score.columns = [prediction]")));
        assertThat(told.out()).containsPattern("drift +town: PSI .*, unknown to the model 50.0%");
        write(
                "table.csv",
                rows.stream()
                        .map(row -> row.replaceFirst("; (\\w+) ;([^;]+);", ";$2;$1;"))
                        .toArray(String[]::new));
        Ended refused = run("score", csv("score.columns = [prediction]"));
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("column \"town\" has hardly a value that the model knows; expected");

        // Sorted by the column, of which one value is known, then a few.
        rows.replaceAll(row -> row.replaceFirst("^(\\d{4};) \\w+ ", "$1Leeds"));
        for (int i = 0; i < 5; i++) {
            rows.addAll(rows.subList(1, ROWS + 1));
        }
        String known = rows.get(1).replace("Leeds", "Brno");
        rows.add(known);
        write("table.csv", rows.toArray(String[]::new));
        assertThat(run("score", csv("score.columns = [prediction]")).code()).isEqualTo(3);
        rows.addAll(Collections.nCopies(ROWS / 10, known));
        write("table.csv", rows.toArray(String[]::new));
        assertThat(done(run("score", csv("score.columns = [prediction]"))).out())
                .containsPattern("drift +town: .*, unknown to the model 98");
    }

    @Test
    void anAmountWithoutALogarithmIsScoredAsFarOut() throws IOException {
        String amounts = "a\n" + IntStream.range(1, 400).mapToObj(i -> i + "\n").collect(Collectors.joining());
        write("amounts.csv", amounts);
        String[] settings = {
            "data.path = \"DIR/amounts.csv\", data.format = csv, data.columns { a = log }, model.type = gmm, model.components = 1",
            "output.path = \"DIR/amounts\""
        };
        done(run("train", settings));
        write("amounts.csv", "a\n-5\n0\n7\n");
        done(run("score", settings[0], settings[1], "score.columns = [severity, isAnomaly]"));
        assertThat(lines(folder.resolve("amounts-scores")))
                .allMatch(line -> line.startsWith("7") == line.endsWith("false"));
    }

    private static List<String> lines(Path directory) throws IOException {
        List<String> all = new ArrayList<>();
        try (var files = Files.list(directory)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".csv")).sorted().toList()) {
                List<String> lines = Files.readAllLines(file);
                all.addAll(lines.subList(1, lines.size()));
            }
        }
        return all;
    }

    /** Also texts that a spreadsheet would run as formulas: the table is the user's. */
    @Test
    void csvCellsAreWrittenAsTheyWere() throws IOException {
        List<String> texts = List.of("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd|x", "-5.25", "007", "-5 °C");
        String lines = IntStream.range(0, 21)
                .mapToObj(i -> "%d;%s;%d\n".formatted(i, texts.get(i % 7), i % 5))
                .collect(Collectors.joining("", "row;note;x\n", ""));
        Files.writeString(folder.resolve("notes.csv"), lines);
        String[] job = {
            "data { path = \"DIR/notes.csv\", format = csv, separator = \";\", id = row," + " features = [x] }",
            "model.components = 1, output { path = \"DIR/notes\", overwrite = true, report = false" + " }"
        };
        done(run("train", job));
        done(run("score", job));
        assertThat(notes()).isEqualTo(texts);
    }

    private List<String> notes() {
        return spark.read()
                .option("header", true)
                .option("sep", ";")
                .csv(folder.resolve("notes-scores").toString())
                .where("int(row) < 7")
                .orderBy(functions.expr("int(row)"))
                .select("note")
                .as(Encoders.STRING())
                .collectAsList();
    }

    @Test
    void samplesHaveTheTypesAndRangesOfTheTable() {
        done(run(
                "sample",
                "model.path = \"DIR/typed\"",
                "sample.rows = 500",
                "output { path = \"DIR/drawn\", overwrite = true }"));
        Dataset<Row> drawn =
                LocalSpark.session().read().parquet(folder.resolve("drawn").toString());
        Dataset<Row> table = LocalSpark.session()
                .read()
                .parquet(folder.resolve("table.parquet").toString());
        assertLikeTheTable(drawn, table);
        String[] given = {
            "model.path = \"DIR/typed\"", "sample.rows = 200", "output { path = \"DIR/given\", overwrite = true }"
        };
        done(run("sample", with(given, "sample.given { town = London, open = true }")));
        assertThat(LocalSpark.session()
                        .read()
                        .parquet(folder.resolve("given").toString())
                        .filter("town = 'London' and open and price > 12")
                        .count())
                .isEqualTo(200);
        Ended refused = run("sample", with(given, "sample.given.town = Paris"));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("sample.given has town = \"Paris\", expected one of Brno, London");
        Ended noDate = run("sample", with(given, "sample.given.day = Monday"));
        assertThat(noDate.code()).isEqualTo(2);
        assertThat(noDate.err()).contains("sample.given has day = \"Monday\", expected a date like 2024-01-31");
    }

    private static void assertLikeTheTable(Dataset<Row> drawn, Dataset<Row> table) {
        for (String column : List.of("town", "price", "visits", "day", "open")) {
            assertThat(drawn.schema().apply(column).dataType())
                    .as(column)
                    .isEqualTo(table.schema().apply(column).dataType());
        }
        String ranges = "min(price) >= 5 and max(price) < 25 and min(visits) >= 0 and max(visits) < 40"
                + " and min(day) >= '2024-01-01' and max(day) <= '2024-12-28'"
                + " and count(distinct town) = 2 and count(distinct open) = 2";
        assertThat(drawn.selectExpr(ranges).head().getBoolean(0)).isTrue();
    }

    /**
     * A network chooses the likelihood of each column, also of numbers with missing cells. If town and price were
     * independent, 250 of 500 rows would fit together, with a deviation of 11.2: 306 is five deviations more.
     */
    @Test
    void aNetworkDrawsRowsOfTheTable() {
        String[] job = {
            "data { path = \"DIR/table.parquet\", id = shop, invalid = keep, scale = quantile,"
                    + " holdout.fraction = 0 }",
            "model { type = vae, latent = 4, encoder = [32] }",
            "train { partitions = 1, maxEpochs = 100, roundsPerEpoch = 1, batchSize = 20,"
                    + " optimizer.learningRate = 1e-2 }",
            "output { path = \"DIR/vae\", overwrite = true, report = false }"
        };
        Ended ended = done(run("train", job));
        assertThat(ended.err())
                .contains("price   quantile  yes")
                .contains("visits  quantile  yes")
                .contains("town    category  yes");
        done(run(
                "sample",
                "model { type = vae, path = \"DIR/vae\" }",
                "sample.rows = 500",
                "output { path = \"DIR/drawn\", overwrite = true }"));
        var spark = LocalSpark.session();
        Dataset<Row> drawn = spark.read().parquet(folder.resolve("drawn").toString());
        assertLikeTheTable(
                drawn, spark.read().parquet(folder.resolve("table.parquet").toString()));
        assertThat(drawn.filter("(town = 'London') = (price > 15)").count()).isGreaterThan(306);
    }

    @Test
    void imputedValuesHaveTheTypesOfTheTable() {
        done(run("score", csv("score.columns = [imputed]", "output.format = parquet")));
        Dataset<Row> scored =
                LocalSpark.session().read().parquet(folder.resolve("out-scores").toString());
        assertThat(scored.schema().apply("visits_imputed").dataType()).isEqualTo(DataTypes.LongType);
        assertThat(scored.filter("visits_imputed is null or town_imputed <> town")
                        .count())
                .isZero();
        assertThat(scored.filter("visits <> 'NA' and visits <> visits_imputed").count())
                .isZero();
        assertThat(scored.filter("visits = 'NA'").count()).isPositive();
    }

    @Test
    void optionsOfSparksReader() {
        write("table.csv", "size,kind", "1,'a,b'", "2,'b'", "3,'a,b'", "5,'b'");
        String data =
                "data { path = \"DIR/table.csv\", format = csv, holdout.fraction = 0, options { quote = \"'\" } }";
        String out = "output { path = \"DIR/out\", overwrite = true, report = false }";
        Ended ended = done(run("train", data, out, "model.components = 1"));
        assertThat(ended.err()).contains("kind");
        assertRefused(run("train", data, out, "data.options.quotes = x"), 2, "data.options", "quotes", "quote?");
        assertRefused(run("train", data, out, "data.options.Sep = x"), 2, "data.options", "Sep", "data.separator");
        assertRefused(run("train", data, out, "data.options = 3"), 2, "data.options", "section");
    }

    @Test
    void aStructAndANestedField() {
        var spark = LocalSpark.session();
        spark.range(200)
                .selectExpr("named_struct('x', rand(1), 'kind', if(id % 3 = 0, 'a', 'b')) place", "map('k', id) other")
                .write()
                .mode("overwrite")
                .parquet(folder.resolve("nested").toString());
        Ended ended = done(run(
                "train",
                "data.path = \"DIR/nested\"",
                "model { components = 1 }",
                "output { path = \"DIR/out\", overwrite = true, report = false" + " }"));
        assertThat(ended.err()).contains("place.x", "place.kind", "no model reads this type");
    }

    /** Spark reads a dot in a name as a part of a struct, and needs backticks around it. */
    @Test
    void namesWithBackticksAndDots() throws Exception {
        String[] rows = groups(60);
        rows[0] = "row,a`b,x.y,group";
        write("names.csv", rows);
        String[] job = {
            "data { path = \"DIR/names.csv\", format = csv, id = row, label = group }",
            "model { type = mixture, components = 2 }, output.path = \"DIR/named\"",
            "score.columns = [prediction, severity, contributions]"
        };
        done(run("train", job));
        done(run("score", job));
        assertThat(section(metrics("named"), "model")).containsEntry("features", 2);
    }
}
