package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparklatent.app.console.Stop;
import io.github.sparklatent.ml.io.Json;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A training from a table to its result directory. */
class TrainCommandTest extends CommandTest {
    @BeforeEach
    void table() {
        write("groups.csv", groups(60));
    }

    @Test
    void aResultHasAllItsParts() throws Exception {
        Ended ended = done(run("train", training("data.holdout.fraction = 0.2, output.report = true")));
        assertThat(names()).containsExactly("groups.csv", "job.conf", "out");
        assertThat(folder.resolve("out/current").toFile().list())
                .containsExactlyInAnyOrder("_SUCCESS", "metrics.json", "model", "report.html", "rounds.jsonl");
        Map<String, Object> metrics = metrics("out");
        assertThat(metrics.keySet())
                .containsExactly(
                        "model",
                        "rows",
                        "partitions",
                        "partitionsReason",
                        "missing",
                        "scaling",
                        "train",
                        "holdout",
                        "candidates",
                        "seconds",
                        "warnings",
                        "origin",
                        "columns",
                        "alerts");
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
        assertThat(section(metrics, "seconds")).containsOnlyKeys("read", "train", "evaluate", "write");
        assertThat(section(metrics, "origin"))
                .containsKeys("version", "commit", "seed", "spark", "java", "os", "cores", "blas")
                .containsKeys("dataFingerprint", "options");
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains(
                        "2 components with full covariance, fitted to",
                        "; converged: the mean log posterior changed by less than",
                        "Mean log-likelihood, nats per row",
                        "Accuracy of the components under the best matching",
                        "Free parameters")
                .endsWith("</html>\n");
    }

    @Test
    void roundsAreALineEach() throws Exception {
        run("train", training("model.priorRows = 0"));
        List<String> lines = Files.readAllLines(folder.resolve("out/rounds.jsonl"));
        int rounds = (int) section(metrics("out"), "train").get("rounds");
        assertThat(lines).hasSize(rounds + 1);
        Map<String, Object> last = Json.parse(lines.get(rounds));
        assertThat(last).containsEntry("round", rounds);
        assertThat(last.get("objective"))
                .isEqualTo(section(metrics("out"), "train").get("meanLogLikelihood"));
        assertThat(section(last, "seconds")).containsOnlyKeys("broadcast", "compute", "reduce", "update");
    }

    @Test
    void variationalBayesReportsTheComponentsInUse() throws Exception {
        Ended ended =
                done(run("train", training("model { fit = variational-bayes, components = 6 }, output.report = true")));
        Map<String, Object> train = section(metrics("out"), "train");
        assertThat(train).containsEntry("componentsInUse", 2).containsEntry("accuracy", 1.0);
        assertThat(ended.out()).contains("in use    2 of 6 components");
        assertThat(Files.readString(folder.resolve("out/rounds.jsonl"))).contains("\"elbo\"");
        assertThat(Files.readString(folder.resolve("out/report.html"))).contains("evidence lower bound", "2 in use");
    }

    /** The seed is the same, so the models are equal in every bit. */
    @Test
    void aLabelIsNeverTrainedOn() {
        Ended ended = latent("train", "--config", configuration(training()), "--json");
        assertThat(ended.out().lines()).as("one object and nothing else").hasSize(1);
        assertThat(Json.parse(ended.out())).containsKeys("model", "train", "holdout", "origin");
        JsonNode with = parameters(folder.resolve("out"));
        done(run(
                "train",
                "data { path = \"DIR/groups.csv\", format = csv, id = row, features = [x," + " y] }",
                "model.components = 2",
                "output { path = \"DIR/out\", overwrite = true, report = false }"));
        assertThat(parameters(folder.resolve("out"))).isEqualTo(with);
    }

    @Test
    void aDryRunPrintsTheConfigurationAndStartsNothing() {
        Ended ended = latent("train", "--config", configuration(training()), "--dry-run");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("components = 2  #", "maxRounds = 100  # default");
        assertThat(names()).containsExactly("groups.csv", "job.conf");
        Ended wrong = latent("train", "--config", configuration(training("data.weight = w")), "--dry-run");
        assertThat(wrong.code()).isEqualTo(3);
        assertThat(wrong.err()).contains("data.weight column \"w\" does not exist");
    }

    /** By the fraction of the reference, and by a table of their own. */
    @Test
    void heldOutRowsMayChooseTheNumberOfComponents() throws Exception {
        write("more.csv", groups(20));
        String criterion = "model { components = [1, 2], criterion = holdout }";
        done(run("train", training(criterion)));
        assertThat((int) section(metrics("out"), "rows").get("holdout")).isPositive();
        assertThat(section(metrics("out"), "model")).containsEntry("components", 2);
        String path = "data.holdout.path = \"DIR/more.csv\", output.overwrite = true";
        done(run("train", training(criterion, path)));
        assertThat(section(metrics("out"), "rows")).containsEntry("holdout", 20);
        assertThat(section(metrics("out"), "model")).containsEntry("components", 2);
    }

    @Test
    void columnsMayHaveTheNamesThatTheModelWouldAdd() {
        write("odd.csv", "features,prediction,probability,label", "1,2,3,a", "2,1,3,a", "8,9,7,b", "9,8,6,b");
        done(run(
                "train",
                "data { path = \"DIR/odd.csv\", format = csv, label = label," + " holdout.fraction = 0 }",
                "model.components = 2, output.path = \"DIR/out\""));
        done(run(
                "score",
                "data { path = \"DIR/odd.csv\", format = csv }",
                "score.columns = [logDensity]",
                "output.path = \"DIR/out\""));
    }

    @Test
    void aPersonOnATerminalSeesOneLine() {
        Ended ended = latent(Stop.none(), true, text -> {}, "train", "--config", configuration(training()));
        assertThat(ended.err())
                .contains("\rGMM full K=2, round 0 of 100: objective ", "rows/s")
                .endsWith("\n");
        assertThat(ended.err().lines().filter(line -> line.contains("full K=2, round 0")))
                .hasSize(1);
    }
}
