package io.github.sparklatent.app;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.mixture.GaussianMixtureModel;
import io.github.sparklatent.onnx.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Evaluating, scoring, sampling and inspecting what a training has left. */
class SavedModelCommandsTest extends CommandTest {
    private static final int ROWS = 60;

    /** The result of one training, copied for each test. */
    @TempDir
    static Path trained;

    @BeforeEach
    void aSavedModel() {
        write("groups.csv", groups(ROWS));
        if (!Files.exists(trained.resolve("out"))) {
            String[] job = training("data.scale = standard, data.holdout.fraction = 0");
            done(latent("train", "--config", configuration(job)));
            copy(folder.resolve("out"), trained.resolve("out"));
        } else {
            copy(trained.resolve("out"), folder.resolve("out"));
        }
    }

    /** Of plain numbers, which have no types to be decoded to. */
    @Test
    void aProgramImputesPlainNumbersInTheirUnits() {
        spark.conf().unset("spark.sql.legacy.javaCharsets");
        Dataset<Row> table = spark.range(60).selectExpr("7.5D + id AS x", "3D AS y");
        table.write().parquet(folder.resolve("plain").toString());
        done(run(
                "train",
                "data { path = \"DIR/plain\", format = parquet, features = [x, y], scale = minmax }",
                "model.components = 1, output { path = \"DIR/plain-model\", report = false }"));
        GaussianMixtureModel model = ((GaussianMixtureModel)
                        SavedModels.any(spark, folder.resolve("plain-model").toString())
                                .model())
                .setImputedCol("imputed");
        Dataset<Row> complete = model.transform(table);
        assertThat(complete.schema()).isEqualTo(model.transformSchema(table.schema()));
        Vector imputed = complete.first().getAs("imputed");
        assertThat(imputed.toArray()).containsExactly(new double[] {7.5, 3}, within(1e-9));
        assertThat(spark.conf().contains("spark.sql.legacy.javaCharsets"))
                .as("of a table in UTF-8")
                .isFalse();
    }

    @Test
    void evaluateMeasuresAllRowsBesideTheModel() throws IOException {
        done(run("evaluate", training()));
        Path result = folder.resolve("out-evaluation/current");
        assertThat(result.toFile().list()).containsExactlyInAnyOrder("_SUCCESS", "metrics.json");
        Map<String, Object> metrics = Json.parse(Files.readString(result.resolve("metrics.json")));
        assertThat(metrics.get("rows").toString()).isEqualTo("{evaluation=60, skipped=0}");
        assertThat(metrics.get("evaluation").toString())
                .contains("meanLogLikelihood=", "accuracy=1.0", "nmi=1.0", "ari=1.0", "bic=");
    }

    @Test
    void theFiguresOfEvaluateAreThoseOfScoreWhoseResultIsReplacedWhole() {
        Ended ended =
                latent("evaluate", "--config", configuration(training()), "--json", "--set", "model.components=7");
        assertThat(ended.err()).contains("--set: model.components has no effect on evaluate");
        done(run("score", training()));
        assertColumnsBehindTheTables();
        double mean = -scores().agg(avg("anomalyScore")).first().getDouble(0);
        assertThat(ended.out()).contains("\"meanLogLikelihood\":");
        Map<?, ?> evaluation = (Map<?, ?>) Json.parse(ended.out()).get("evaluation");
        assertThat((double) evaluation.get("meanLogLikelihood")).isCloseTo(mean, within(1e-12));

        // The result of a scoring is replaced as a whole, if at all.
        Map<String, String> before = snapshot(folder.resolve("out-scores"));
        assertThat(done(run("score", training())).out()).contains("which has the same rows already");
        assertThat(snapshot(folder.resolve("out-scores"))).isEqualTo(before);
        done(run("score", training("output.overwrite = true, score.columns = [anomalyScore]")));
        assertThat(scores().columns()).containsExactly("row", "x", "y", "group", "anomalyScore");
    }

    /** As a scheduler does that has lost the exit code. */
    @Test
    void nightsFillFoldersThatSparkFindsAndARepeatedOneWritesNothing() throws IOException {
        String[] job = with(training(), "model.path = \"DIR/out\"");
        for (String night : List.of("2026-01-30", "2026-01-31", "2026-01-31")) {
            String scored = done(run("score", with(job, "output.path = \"DIR/nights/date=" + night + "\"")))
                    .out();
            assertThat(scored).contains("result    " + folder + "/nights/date=" + night);
        }
        Dataset<Row> nights =
                spark.read().option("header", true).csv(folder.resolve("nights").toString());
        assertThat(nights.groupBy("date")
                        .count()
                        .select("count")
                        .as(Encoders.LONG())
                        .collectAsList())
                .containsExactly((long) ROWS, (long) ROWS);
        String[] last = with(job, "output.path = \"DIR/nights/date=2026-01-31\"");
        assertThat(done(run("score", last)).out()).contains("which has the same rows already");
        assertRefused(run("score", with(last, "output.format = parquet")), 2, "date=2026-01-31\" exists");
        String[] own = with(last, "data.path = \"DIR/nights/date=2026-01-31/part-*\", output.overwrite = true");
        assertRefused(run("score", own), 2, "contains data.path");
        assertRefused(run("score", with(last, "score.alertRate = 0.02")), 2, "date=2026-01-31\" exists");
        Path table = folder.resolve("groups.csv");
        Files.setLastModifiedTime(
                table,
                FileTime.from(Files.getLastModifiedTime(table).toInstant().plusSeconds(9)));
        assertRefused(run("score", last), 2, "date=2026-01-31\" exists");
    }

    @Test
    void theShareOfAlertsIsPrintedBesideTheExpectedOne() throws IOException {
        write("mixed.csv", mixed(ROWS));
        String[] job = {
            "data { path = \"DIR/mixed.csv\", format = csv, id = row, invalid = keep }",
            "model { type = mixture, components = 2 }, output.path = \"DIR/mixed\"",
            "score.columns = [prediction, logDensity, anomalyScore, severity, isAnomaly], score.alertRate = 0.05"
        };
        done(run("train", job));
        assertThat(done(run("score", job)).out())
                .containsPattern(
                        "anomalies \\d+ of " + ROWS + " rows, [\\d.]+% \\(expected 5.00%, ratio [\\d.]+\\)\\R");
        List<Row> rows = readCsv("mixed-scores").collectAsList();
        assertThat(rows).hasSize(ROWS);
        assertThat(rows).anyMatch(row -> row.getAs("isAnomaly").equals(true));
    }

    private static String[] mixed(int rows) {
        return lines(
                "row,size,colour",
                rows,
                i -> i + "," + (i % 7 == 3 && i % 5 > 0 ? "" : Math.sin(i) + i % 2 * 9) + ","
                        + (i % 5 == 0 ? "?" : i % 2 == 0 ? "red" : "green"));
    }

    private Dataset<Row> scores() {
        return readCsv("out-scores");
    }

    /** RFC 4180: a quote in a quoted text is doubled, and the separator in it is text. */
    @Test
    void quotesInTextsAreReadAndWrittenDoubled() throws IOException {
        write("quoted.csv", "note,row,x,y,group", "\"5\"\" pipe, 7\",1,0.5,7.5,a", "plain,2,0.7,7.1,b");
        done(run("score", training("data.path = \"DIR/quoted.csv\"")));
        Path part;
        try (Stream<Path> files = Files.list(folder.resolve("out-scores"))) {
            part = files.filter(file -> file.toString().endsWith(".csv"))
                    .findFirst()
                    .orElseThrow();
        }
        assertThat(Files.readAllLines(part).get(1)).startsWith("\"5\"\" pipe, 7\",1,0.5,7.5,a,");
    }

    private void assertColumnsBehindTheTables() {
        Dataset<Row> scores = scores();
        assertThat(scores.columns())
                .containsExactly(
                        "row",
                        "x",
                        "y",
                        "group",
                        "prediction",
                        "probability_0",
                        "probability_1",
                        "anomalyScore",
                        "severity",
                        "isAnomaly");
        assertThat(scores.count()).isEqualTo(ROWS);
        assertThat(scores.where("abs(probability_0 + probability_1 - 1) > 1e-12")
                        .count())
                .isZero();
        assertThat(scores.groupBy("group", "prediction").count().count())
                .as("a component for each group")
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc", "json"})
    void responsibilitiesAreAnArrayWhereThereAreArrays(String format) {
        done(run("score", training("output.format = " + format, "score.columns = [probability, prediction]")));
        Dataset<Row> scores =
                spark.read().format(format).load(folder.resolve("out-scores").toString());
        assertThat(scores.columns()).containsExactlyInAnyOrder("row", "x", "y", "group", "probability", "prediction");
        Row first = scores.select(col("probability"), col("prediction")).first();
        List<Double> responsibilities = first.getList(0);
        assertThat(responsibilities.get(((Number) first.get(1)).intValue())).isGreaterThan(0.5);
    }

    @Test
    void aFormatThatCannotHoldAColumn() {
        write("some.json", "{\"x\":1,\"y\":2,\"tags\":[\"a\"]}");
        assertRefused(
                run(
                        "score",
                        "data { path = \"DIR/some.json\", format = json }",
                        "output { path = \"DIR/out\", format = csv }"),
                2,
                "output.format is csv, which cannot hold column \"tags\" (array)");
    }

    @Test
    void exportWritesANetworkAndReplacesNothing() throws IOException {
        String mixture = folder.resolve("out").toString();
        String network = "model { type = ae, latent = 1, encoder = [4] }, train.maxEpochs = 1, data.scale = standard";
        String[] job = training("output.path = \"DIR/network\"");
        job[2] = network; // instead of a mixture
        done(latent("train", "--config", configuration(job)));
        String model = folder.resolve("network").toString();
        Path to = folder.resolve("model.onnx");
        Ended ended = latent("export", model, "--output", to.toString());
        done(ended);
        assertThat(ended.out()).containsPattern("outputs +latent");
        OnnxFile file = new OnnxFile(Files.readAllBytes(to));
        assertThat(file.inputs()).containsExactly("features");
        assertThat(file.metadata().get("spark_latent.table")).contains("\"x\"", "\"reference\"", "\"alertRate\"");

        Map<String, String> before = snapshot(folder);
        assertRefused(latent("export", model, "--output", to.toString()), 2, "model.onnx\", which exists");
        String other = folder.resolve("other.onnx").toString();
        assertRefused(latent("export", mixture, "--output", other), 2, "is not a network");
        assertRefused(
                latent("export", model, "--output", other, "--part", "half"),
                2,
                "--part is \"half\", expected whole, encoder or decoder");
        assertRefused(latent("export", folder.resolve("none").toString(), "--output", other), 3, "none");
        done(latent("export", model, "--output", other, "--dry-run"));
        assertThat(snapshot(folder)).isEqualTo(before);
    }

    @Test
    void sampleGivesTheTableItsColumnsAndUnits() {
        done(run("sample", "output.path = \"DIR/out\", sample { rows = 4000, seed = 3 }"));
        Dataset<Row> sample = spark.read().parquet(folder.resolve("out-sample").toString());
        assertThat(sample.columns()).containsExactly("x", "y", "component");
        assertThat(sample.count()).isEqualTo(4000);
        List<Row> drawn = means(sample, "component");
        List<Row> learnt = means(readCsv("groups.csv"), "group");
        // A group's deviation is 0.7 in x: 0.08 are 5 standard errors of the mean of 2000 rows.
        for (int i = 0; i < 2; i++) {
            assertThat(drawn.get(i).getDouble(1)).isCloseTo(learnt.get(i).getDouble(1), within(0.08));
        }
    }

    private static List<Row> means(Dataset<Row> table, String by) {
        return table.groupBy(by).agg(avg("x")).sort("avg(x)").collectAsList();
    }

    @Test
    void inspectSaysWhatAModelIsAndWhereItCameFrom() {
        for (String path : List.of("out", "out/model")) {
            Ended ended = latent("inspect", folder.resolve(path).toString());
            done(ended);
            assertThat(ended.out())
                    .contains("2 components, full covariance, 2 features, 11 parameters")
                    .contains(
                            "columns   x, y",
                            "scale     standard; parameters and densities are those of the scaled" + " columns",
                            "converged")
                    .contains("origin    spark = " + spark.version(), "origin    seed = 1")
                    .doesNotContain("content");
        }
        Ended json = latent("inspect", "--config", configuration(training()), "--json");
        done(json);
        assertThat(Json.parse(json.out())).containsKeys("model", "columns", "scale", "weights", "train", "origin");
        MixtureParameters saved = GaussianMixtureModel.load(
                        folder.resolve("out/model/stages/0_gmm").toString())
                .mixture();
        Map<?, ?> content = (Map<?, ?>) Json.parse(json.out()).get("content");
        for (String part : List.of("table", "mixture", "gaussian")) {
            content = (Map<?, ?>) content.get(part);
        }
        assertThat(content.get("type")).isEqualTo("FULL");
        assertThat(content.get("weights"))
                .isEqualTo(Arrays.stream(saved.weights()).boxed().toList());
        assertThat(content.get("means")).isEqualTo(rows(saved.means()));
        assertThat(content.get("covariances"))
                .isEqualTo(saved.covariances().stream()
                        .map(SavedModelCommandsTest::rows)
                        .toList());
        assertThat(names()).as("inspect writes nothing").containsExactly("groups.csv", "job.conf", "out");
    }

    private static List<List<Double>> rows(DMatrixRMaj matrix) {
        return IntStream.range(0, matrix.numRows)
                .mapToObj(i -> IntStream.range(0, matrix.numCols)
                        .mapToObj(j -> matrix.get(i, j))
                        .toList())
                .toList();
    }

    @Test
    void vectorsGoInAndOut() {
        write("v.json", "{\"v\":[1,2]}", "{\"v\":[2,5]}", "{\"v\":[8,9]}", "{\"v\":[9,9]}");
        String data = "data { path = \"DIR/v.json\", format = json, holdout.fraction = 0 }";
        done(run("train", data, "model.components = 1, output { path = \"DIR/v\", report = false }"));
        done(run("sample", data, "output.path = \"DIR/v\", sample.rows = 5"));
        Dataset<Row> sample = spark.read().parquet(folder.resolve("v-sample").toString());
        assertThat(sample.columns()).containsExactly("v", "component");
        assertThat(sample.first().<Double>getList(0)).hasSize(2);
        done(run("sample", data, "sample.rows = 5, output { path = \"DIR/v\", format = csv, overwrite = true" + " }"));
        assertThat(spark.read()
                        .option("header", true)
                        .csv(folder.resolve("v-sample").toString())
                        .columns())
                .containsExactly("v[0]", "v[1]", "component");
    }

    @Test
    void libsvmRowsMayEndEarly() {
        write("train.svm", "0 1:1 2:2 3:1", "1 1:8 2:9 3:1", "0 1:2 2:1 3:2", "1 1:9 2:9 3:3");
        String saved = "model.components = 1, output { path = \"DIR/svm\", report = false }";
        String format = "data { format = libsvm, holdout.fraction = 0 }";
        done(run("train", format, "data.path = \"DIR/train.svm\"", saved));
        write("short.svm", "0 1:1", "1 1:8");
        done(run("score", format, "data.path = \"DIR/short.svm\"", saved));
        Dataset<Row> scores = spark.read().parquet(folder.resolve("svm-scores").toString());
        assertThat(scores.columns()).contains("label", "features", "prediction", "probability");
        assertThat(scores.count()).isEqualTo(2);
    }
}
