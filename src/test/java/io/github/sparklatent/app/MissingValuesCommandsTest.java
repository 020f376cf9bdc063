package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables with empty cells, from training to scoring. */
class MissingValuesCommandsTest extends CommandTest {
    private static final int ROWS = 90;

    /** Two groups; each third row misses x, each fifth y, so each fifteenth has no value. */
    @BeforeEach
    void table() {
        write("groups.csv", lines("row,x,y,group", ROWS, MissingValuesCommandsTest::line));
    }

    private static String line(int i) {
        String x = i % 3 == 0 ? "" : String.valueOf(i % 2 * 10 + Math.sin(i));
        String y = i % 5 == 0 ? "" : String.valueOf(i % 2 * 5 + Math.cos(3 * i));
        return i + "," + x + "," + y + "," + (i % 2 == 0 ? "even" : "odd");
    }

    private String[] keeping(String... further) {
        return with(training("data.invalid = keep, data.holdout.fraction = 0"), further);
    }

    @Test
    void trainEvaluateAndScore() throws IOException {
        String[] job = keeping("data.scale = standard, output.report = true");
        done(run("train", job));
        Map<String, Object> metrics = metrics("out");
        assertThat(section(metrics, "rows").toString()).isEqualTo("{train=84, holdout=0, skipped=6}");
        assertThat(section(metrics, "missing")).containsEntry("x", 24 / 84.0).containsEntry("y", 12 / 84.0);
        assertThat(section(metrics, "train")).containsEntry("accuracy", 1.0);
        assertThat(metrics.get("warnings").toString()).contains("6 of 90 rows were left out: no feature had a value");
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("Missing values of each feature", "28.6%", "14.3%");

        done(run("evaluate", job));
        Map<String, Object> evaluated = metrics("out-evaluation");
        assertThat((double) section(evaluated, "evaluation").get("meanLogLikelihood"))
                .isCloseTo((double) section(metrics, "train").get("meanLogLikelihood"), within(1e-12));
        assertThat(evaluated.get("missing")).isEqualTo(metrics.get("missing"));

        done(run("score", keeping("score.columns = [prediction, imputed, logDensity]")));
        List<Row> scores = readCsv("out-scores").orderBy("row").collectAsList();
        assertThat(scores).hasSize(84);
        for (Row row : scores) {
            int i = row.getAs("row");
            assertImputed(row.getAs("x"), row.getAs("x_imputed"), i % 2 * 10);
            assertImputed(row.getAs("y"), row.getAs("y_imputed"), i % 2 * 5);
        }
        double scaled = scores.stream()
                .mapToDouble(row -> row.getAs("logDensity"))
                .average()
                .orElseThrow();
        assertThat((double) section(metrics, "train").get("meanLogLikelihood")).isCloseTo(scaled, within(1e-12));
        assertThat(pipelined("groups.csv")).hasSize(84);
    }

    @Test
    void severalImputationsAreCopiesOfTheTable() {
        String[] job = keeping("score { columns = imputed, imputations = 3 }");
        done(run("train", job));
        assertThat(done(run("score", job)).out()).contains("84 scored, 6 skipped");
        List<Row> scores = readCsv("out-scores").orderBy("row", "imputation").collectAsList();
        assertThat(scores).hasSize(3 * 84);
        for (Row row : scores) {
            Double x = row.getAs("x");
            double imputed = row.getAs("x_imputed");
            assertThat(imputed)
                    .isCloseTo(x == null ? row.<Integer>getAs("row") % 2 * 10 : x, within(x == null ? 5 : 0.0));
        }
        assertThat(scores.stream()
                        .map(row -> row.<Object>getAs("y_imputed"))
                        .distinct()
                        .count())
                .isGreaterThan(84);
        assertThat(readCsv("out-scores").columns()).contains("imputation").doesNotContain("latent_key");
        write("groups.csv", lines("row,x,y,group,latent_key", ROWS, i -> line(i) + "," + i));
        done(run("score", keeping("score.columns = [imputed, prediction], output.overwrite = true")));
        assertThat(readCsv("out-scores").count())
                .as("not those of the saved model")
                .isEqualTo(84);
        assertThat(readCsv("out-scores").columns())
                .doesNotContain("imputation")
                .as("a column of the table")
                .contains("latent_key");
        assertRefused(
                run("score", keeping("score { columns = [imputed, isAnomaly], imputations = 3 }")),
                2,
                "score.imputations copies each row, but score.columns is [imputed, isAnomaly]: must be imputed alone");
    }

    /** An observed value stays as it is; another is in the middle of its group. */
    private static void assertImputed(Double given, double imputed, double centre) {
        if (given != null) {
            assertThat(imputed).isEqualTo(given);
        } else {
            assertThat(imputed).isCloseTo(centre, within(1.0));
        }
    }

    private List<Row> pipelined(String name) {
        return PipelineModel.load(folder.resolve("out/model").toString())
                .transform(readCsv(name))
                .collectAsList();
    }

    @Test
    void aNetworkOfCompleteRowsRefusesIncompleteOnes() {
        String[] complete = {
            "model { type = vae, latent = 1, encoder = [] }, train.maxEpochs = 1",
            "data { path = \"DIR/groups.csv\", format = csv, id = row, features = [x, y] }",
            "output.path = \"DIR/out\""
        };
        done(run("train", with(complete, "data.invalid = skip")));
        for (String command : List.of("score", "evaluate")) {
            assertRefused(
                    run(command, with(complete, "data.invalid = keep")),
                    2,
                    "data.invalid is keep, but the model at ",
                    " was trained on complete rows and cannot read missing values; set data.invalid"
                            + " to error or skip, or train the model with data.invalid = keep");
        }
    }

    /**
     * A category of one level has no indicator, so an empty cell beside it must be one; without any it is no column.
     */
    @Test
    void aFlagThatIsSetOrEmptyStaysAColumnOfANetwork() throws IOException {
        write("flags.csv", lines("row,x,flag,town", ROWS, i -> {
            String[] parts = line(i).split(",", -1);
            return "%d,%s,%s,Rome".formatted(i, parts[1], i % 2 == 0 ? "Y" : "");
        }));
        String[] job = {
            "model { type = vae, latent = 1, encoder = [] }, train.maxEpochs = 1, data.invalid = keep",
            "data { path = \"DIR/flags.csv\", format = csv, id = row, columns { flag = category, town = category } }",
            "output.path = \"DIR/out\", score.columns = [reconstruction]"
        };
        done(run("train", job));
        assertThat(section(metrics("out"), "model")).containsEntry("features", 2);
        done(run("score", job));
    }

    /** The factor of a missing column does not change the density of a row. */
    @Test
    void theJacobianIsThatOfTheObservedValues() throws IOException {
        String exact = "model.regularization = 1e-12, output.report = false";
        done(run("train", keeping(exact)));
        double plain = (double) section(metrics("out"), "train").get("meanLogLikelihood");
        done(run("train", keeping(exact, "data.scale = standard, output.overwrite = true")));
        double scaled = (double) section(metrics("out"), "train").get("meanLogLikelihood");
        double jacobian = (double) section(metrics("out"), "scaling").get("logJacobian");
        assertThat(scaled + jacobian).isCloseTo(plain, within(1e-3));
    }
}
