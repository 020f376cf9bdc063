package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.ml.GaussianMixtureModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A training from a table to its result directory. */
class TrainCommandTest extends CommandTest {
    @BeforeEach
    void table() {
        write("groups.csv", groups(60));
    }

    private Map<String, Object> metrics() throws Exception {
        return Json.parse(Files.readString(folder.resolve("out/metrics.json")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> section(Map<String, Object> metrics, String name) {
        return (Map<String, Object>) metrics.get(name);
    }

    @Test
    void aResultHasAllItsParts() throws Exception {
        Ended ended = run("train", training("data.holdout.fraction = 0.2"));
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(names()).containsExactly("groups.csv", "job.conf", "out");
        assertThat(folder.resolve("out").toFile().list())
                .containsExactlyInAnyOrder(
                        "_SUCCESS", "metrics.json", "model", "report.html", "rounds.jsonl");
        Map<String, Object> metrics = metrics();
        assertThat(metrics.keySet())
                .contains("model", "rows", "train", "holdout", "seconds", "origin");
        assertThat(section(metrics, "model"))
                .containsEntry("type", "gmm")
                .containsEntry("components", 2)
                .containsEntry("parameters", 1 + 2 * 2 + 2 * 3);
        Map<String, Object> rows = section(metrics, "rows");
        assertThat((int) rows.get("train") + (int) rows.get("holdout")).isEqualTo(60);
        assertThat(rows).containsEntry("skipped", 0);
        assertThat(section(metrics, "train"))
                .containsKeys("meanLogLikelihood", "rounds")
                .containsEntry("converged", true)
                .containsEntry("accuracy", 1.0);
        assertThat(section(metrics, "holdout"))
                .containsKey("meanLogLikelihood")
                .containsEntry("accuracy", 1.0)
                .containsEntry("nmi", 1.0)
                .containsEntry("ari", 1.0);
        assertThat(section(metrics, "seconds"))
                .containsOnlyKeys("read", "train", "evaluate", "write");
        assertThat(section(metrics, "origin"))
                .containsKeys("version", "commit", "seed", "spark", "java", "os", "cores", "blas")
                .containsKeys("dataFingerprint", "options");
        assertThat(Files.readString(folder.resolve("out/report.html"))).contains("</html>");
    }

    @Test
    void roundsAreALineEach() throws Exception {
        run("train", training());
        List<String> lines = Files.readAllLines(folder.resolve("out/rounds.jsonl"));
        int rounds = (int) section(metrics(), "train").get("rounds");
        assertThat(lines).hasSize(rounds + 1);
        Map<String, Object> last = Json.parse(lines.get(rounds));
        assertThat(last).containsEntry("round", rounds);
        assertThat(last.get("objective"))
                .isEqualTo(section(metrics(), "train").get("meanLogLikelihood"));
        assertThat(section(last, "seconds"))
                .containsOnlyKeys("broadcast", "compute", "reduce", "update");
    }

    @Test
    void theModelLoadsAsAPipelineAndAsAMixture() {
        run("train", training());
        String model = folder.resolve("out/model").toString();
        assertThat(GaussianMixtureModel.load(model).numFeatures()).isEqualTo(2);
        var table =
                spark.read()
                        .option("header", true)
                        .option("inferSchema", true)
                        .csv(folder.resolve("groups.csv").toString());
        assertThat(PipelineModel.load(model).transform(table).columns())
                .contains("prediction", "probability", "logDensity");
    }

    @Test
    void figuresOfScaledRowsSayHowToComeToTheTablesUnits() throws Exception {
        run("train", training("data.holdout.fraction = 0, model.regularization = 1e-12"));
        double plain = (double) section(metrics(), "train").get("meanLogLikelihood");
        assertThat(section(metrics(), "scaling"))
                .containsEntry("kind", "none")
                .containsEntry("logJacobian", 0.0);
        run(
                "train",
                training(
                        "data.holdout.fraction = 0, model.regularization = 1e-12",
                        "data.scale = standard, output.overwrite = true"));
        double scaled = (double) section(metrics(), "train").get("meanLogLikelihood");
        Map<String, Object> scaling = section(metrics(), "scaling");
        assertThat(scaling).containsEntry("kind", "standard");
        assertThat(scaled + (double) scaling.get("logJacobian")).isCloseTo(plain, within(1e-3));
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("log-likelihoods are of the scaled rows");
    }

    @Test
    void rowsWithoutALabelAreCounted() throws Exception {
        write("labels.csv", "x,y,kind", "1,2,u", "2,1,", "3,5,v", "4,4,", "6,5,u");
        String table = "data { path = \"DIR/labels.csv\", format = csv, label = kind }";
        String warning =
                "label column \"kind\" of data.path has no value in 2 rows, expected one in each";
        Ended trained =
                run(
                        "train",
                        table + ", data.features = [x, y], data.holdout.fraction = 0",
                        "model.components = 1, output.path = \"DIR/out\"");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("warning", warning);
        assertThat(String.valueOf(metrics().get("warnings"))).contains(warning);
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("has no value in")
                .contains("under the best matching")
                .contains("Accuracy of the components under the best matching");
        Ended measured = run("evaluate", table, "output.path = \"DIR/out\"");
        assertThat(measured.code()).as(measured.err()).isZero();
        Path figures = folder.resolve("out-evaluation/metrics.json");
        assertThat(String.valueOf(Json.parse(Files.readString(figures)).get("warnings")))
                .contains(warning);
    }

    @Test
    void fewerRowsThanColumnsAreTold() throws Exception {
        write("few.csv", "a,b,c,d", "1,2,0,1", "2,1,3,2", "3,5,1,4", "4,4,2,0");
        Ended trained =
                run(
                        "train",
                        "data { path = \"DIR/few.csv\", format = csv, holdout.fraction = 0 }",
                        "model.components = 1, output.path = \"DIR/out\"");
        assertThat(trained.code()).as(trained.err()).isZero();
        String warning = "1 of 1 components have no more rows than columns";
        assertThat(trained.out()).contains("warning", warning, "4.0 rows, 4 columns");
        assertThat(String.valueOf(metrics().get("warnings"))).contains(warning);
        assertThat(Files.readString(folder.resolve("out/report.html"))).contains(warning);
    }

    /** Of the table that is trained on alone: nobody chooses partitions for the others. */
    @Test
    void morePartitionsThanRowsAreTold() throws Exception {
        write("held.csv", groups(4));
        Ended trained =
                run(
                        "train",
                        training(
                                "train.partitions = 61",
                                "data.holdout { path = \"DIR/held.csv\", fraction = 0 }"));
        assertThat(trained.code()).as(trained.err()).isZero();
        String warning =
                "train.partitions is 61, but the training table has 60 rows to train on: some"
                        + " partitions hold none, and each is a task in every round";
        assertThat(trained.out()).contains("warning", warning);
        assertThat(metrics().get("warnings"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly(warning);
        Ended measured = run("evaluate", training("train.partitions = 61"));
        assertThat(measured.code()).as(measured.err()).isZero();
        Path figures = folder.resolve("out-evaluation/metrics.json");
        assertThat(Json.parse(Files.readString(figures)).get("warnings"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .isEmpty();
    }

    /** Some of more labels than are counted may be missing: how many is not known. */
    @Test
    void aLabelThatIsNoClassIsToldAloneAndOfItsTable() throws Exception {
        write(
                "labels.csv",
                Stream.concat(
                                Stream.of("x,y,kind", "1,2,", "3,4,"),
                                IntStream.range(0, 1001).mapToObj(i -> i + "," + i % 7 + ",k" + i))
                        .toArray(String[]::new));
        write("held.csv", "x,y,kind", "1,2,u", "2,1,", "3,5,v");
        Ended trained =
                run(
                        "train",
                        "data { path = \"DIR/labels.csv\", format = csv, label = kind }",
                        "data { features = [x, y], holdout.path = \"DIR/held.csv\" }",
                        "model.components = 1, output.path = \"DIR/out\"");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(metrics().get("warnings"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly(
                        "label column \"kind\" of data.path has more than 1000 values, expected"
                                + " classes: components are not measured against it",
                        "label column \"kind\" of data.holdout.path has no value in 1 row,"
                                + " expected one in each: these rows are not measured against it");
    }

    @Test
    void columnsThatAreNotUsedAreNamed() throws Exception {
        write("mixed.csv", "x,y,z,kind", "1,2,a,u", "2,1,3,v", "3,5,4,u", "4,4,5,v", "6,5,5,u");
        Ended ended =
                run(
                        "train",
                        "data { path = \"DIR/mixed.csv\", format = csv, label = kind }",
                        "model.components = 1, output.path = \"DIR/out\"",
                        "data.holdout.fraction = 0");
        String warning = "columns that are no numbers are not used, for data.features is absent: z";
        assertThat(ended.out()).contains("warning", warning);
        assertThat(String.valueOf(metrics().get("warnings"))).contains(warning);
    }

    @Test
    void jsonIsOneObjectAndNothingElse() {
        Ended ended = latent("train", "--config", configuration(training()), "--json");
        assertThat(ended.out().lines()).hasSize(1);
        assertThat(Json.parse(ended.out())).containsKeys("model", "train", "holdout", "origin");
    }

    @Test
    void aDryRunPrintsTheConfigurationAndStartsNothing() {
        Ended ended = latent("train", "--config", configuration(training()), "--dry-run");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("components = 2  #", "maxRounds = 100  # default");
        assertThat(names()).containsExactly("groups.csv", "job.conf");
        Ended wrong =
                latent(
                        "train",
                        "--config",
                        configuration(training("data.weight = w")),
                        "--dry-run");
        assertThat(wrong.code()).isEqualTo(3);
        assertThat(wrong.err()).contains("data.weight column \"w\" does not exist");
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        run("train", training());
        List<String> first = parameters(folder.resolve("out"));
        run("train", training("output.overwrite = true"));
        assertThat(parameters(folder.resolve("out"))).isEqualTo(first);
    }

    @Test
    void aLabelIsNeverTrainedOn() {
        run("train", training());
        List<String> with = parameters(folder.resolve("out"));
        run(
                "train",
                "data { path = \"DIR/groups.csv\", format = csv, id = row, features = [x, y] }",
                "model.components = 2, output { path = \"DIR/out\", overwrite = true }");
        assertThat(parameters(folder.resolve("out"))).isEqualTo(with);
    }

    @Test
    void aHoldoutTableOfItsOwn() throws Exception {
        write("more.csv", groups(20));
        Ended ended = run("train", training("data.holdout = { path = \"DIR/more.csv\" }"));
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(section(metrics(), "rows"))
                .containsEntry("train", 60)
                .containsEntry("holdout", 20);
        assertThat(section(metrics(), "holdout")).containsEntry("accuracy", 1.0);
    }

    @Test
    void nothingHeldOut() throws Exception {
        run("train", training("data.holdout.fraction = 0"));
        assertThat(section(metrics(), "rows")).containsEntry("holdout", 0);
        assertThat(metrics()).containsEntry("holdout", null);
    }

    @Test
    void theBestOfSeveralNumbersOfComponents() throws Exception {
        run("train", training("model.components = [1, 2]"));
        assertThat(section(metrics(), "model")).containsEntry("components", 2);
        assertThat((List<?>) metrics().get("candidates")).hasSize(2);
    }

    @Test
    void startingFromASavedModel() throws Exception {
        run("train", training("data.scale = standard, output.path = \"DIR/first\""));
        Ended ended =
                run(
                        "train",
                        "data { path = \"DIR/groups.csv\", format = csv, id = row, scale = standard"
                                + " }",
                        "data.features = [x, y], train.initialModel = \"DIR/first\"",
                        "output.path = \"DIR/out\"");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(section(metrics(), "model")).containsEntry("components", 2);
        assertThat((int) section(metrics(), "train").get("rounds")).isLessThanOrEqualTo(1);
        assertThat((double) section(metrics(), "train").get("meanLogLikelihood"))
                .isCloseTo(
                        (double)
                                section(
                                                Json.parse(
                                                        Files.readString(
                                                                folder.resolve(
                                                                        "first/metrics.json"))),
                                                "train")
                                        .get("meanLogLikelihood"),
                        within(1e-4)); // the tolerance: what one more round may still change
    }

    @Test
    void aModelOfAnotherScaleIsNoStart() {
        run("train", training("data.scale = standard, output.path = \"DIR/first\""));
        assertRefused(
                run("train", training("train.initialModel = \"DIR/first\"")),
                2,
                "data.scale is none, expected standard as train.initialModel was trained with");
    }

    @Test
    void columnsMayHaveTheNamesThatTheModelWouldAdd() {
        write(
                "odd.csv",
                "features,prediction,probability,label",
                "1,2,3,a",
                "2,1,3,a",
                "8,9,7,b",
                "9,8,6,b");
        Ended ended =
                run(
                        "train",
                        "data { path = \"DIR/odd.csv\", format = csv, label = label,"
                                + " holdout.fraction = 0 }",
                        "model.components = 2, output.path = \"DIR/out\"");
        assertThat(ended.code()).as(ended.err()).isZero();
        Ended scored =
                run(
                        "score",
                        "data { path = \"DIR/odd.csv\", format = csv }",
                        "output.path = \"DIR/out\"");
        assertThat(scored.code()).as(scored.err()).isZero();
    }

    @Test
    void aPersonOnATerminalSeesOneLine() {
        Ended ended =
                latent(
                        Stop.none(),
                        true,
                        text -> {},
                        "train",
                        "--config",
                        configuration(training()));
        assertThat(ended.err())
                .contains("\rGMM full K=2, round 0 of 100: objective ", "rows/s", "s left")
                .endsWith("\n");
        assertThat(ended.err().lines().filter(line -> line.contains("full K=2, round 0")))
                .hasSize(1);
    }
}
