package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.app.registry.Registry;
import io.github.sparklatent.cluster.storage.HadoopStore;
import io.github.sparklatent.cluster.storage.ObjectStore;
import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;

/** Nights of retraining into a registry. */
class RegistryCommandsTest extends CommandTest {
    private static final String MIXTURE = "model.components = 2";
    private static final String VAE = "model { type = vae, latent = 1, encoder = [2] },"
            + " train { maxEpochs = 1, roundsPerEpoch = 1, partitions = 1 }";

    /** Rows of two groups; a shift moves the second group away. */
    private static String[] rows(int count, double shift, double unit) {
        return lines(
                "row,x,y",
                count,
                i -> i + "," + unit * (i % 2 * (4 + shift) + Math.sin(i)) + "," + (i % 2 * 2 + Math.cos(3 * i)));
    }

    private static String[] job(String... further) {
        String[] lines = {
            "data { path = \"DIR/rows.csv\", format = csv, id = row }",
            "data.features = [x, y], gate.fraction = 0.3",
            "registry.path = \"DIR/registry\", output.report = false"
        };
        return with(lines, further);
    }

    private Ended retrain(String runId, String... further) {
        String[] lines = further.length == 0 ? new String[] {MIXTURE} : further;
        return latent("registry", "retrain", "--run-id", runId, "--config", configuration(job(lines)));
    }

    private Ended train(String runId, String... lines) {
        return latent("train", "--run-id", runId, "--config", configuration(job(lines)));
    }

    private Ended registry(String command, String... arguments) {
        return latent(
                with(new String[] {"registry", command, "--registry", folder.resolve("registry") + ""}, arguments));
    }

    private Map<String, Object> history() {
        return Json.parse(done(registry("history", "--json")).out());
    }

    @SuppressWarnings("unchecked")
    private List<String> kinds() {
        return ((List<Map<String, Object>>) history().get("entries"))
                .stream()
                        .map(entry -> entry.get("kind") + " " + entry.get("accepted"))
                        .toList();
    }

    private java.nio.file.Path version(String runId) {
        return Arrays.stream(Objects.requireNonNullElse(
                        folder.resolve("registry/runs").toFile().list(), new String[0]))
                .filter(name -> name.startsWith(runId + "."))
                .map(name -> folder.resolve("registry/runs").resolve(name))
                .findFirst()
                .orElse(folder.resolve("registry/runs/" + runId));
    }

    @Test
    void aRegistryOnAnObjectStore() throws Exception {
        spark.sparkContext()
                .hadoopConfiguration()
                .set("fs." + ObjectStore.SCHEME + ".impl", ObjectStore.class.getName());
        spark.sparkContext().hadoopConfiguration().set(HadoopStore.TRUSTED, ObjectStore.SCHEME);
        write("rows.csv", rows(200, 0, 1));
        String there = "registry.path = \"objects://DIR/registry\"";
        assertThat(done(retrain("night-1", MIXTURE, there)).out()).contains("champion  night-1");
        assertThat(done(retrain("night-1", MIXTURE, there)).out()).containsPattern("night-1\\.\\S+ was trained before");
        write("rows.csv", rows(200, 2, 1));
        assertThat(done(retrain("night-2", MIXTURE, there)).out())
                .contains("champion  night-2")
                .containsPattern(
                        "alerts +[1-9]\\d[\\d.]*% of the rows by the champion \\(expected 1.00%, ratio [1-9]\\d");
        String registry = "objects://" + folder.resolve("registry");
        done(latent("registry", "rollback", "--registry", registry));
        assertThat(done(latent("inspect", "--config", configuration(job(MIXTURE, there))))
                        .out())
                .contains("/runs/night-1.0.");
    }

    /** The rows of the training, of the gate and of its comparison are those of the condition. */
    @Test
    void aConditionChoosesTheRowsOfANight() {
        write("rows.csv", rows(200, 0, 1));
        done(retrain("night-1"));
        write("rows.csv", rows(400, 0, 1));
        Ended second = done(retrain("night-2", MIXTURE, "train.where = \"int(row) < 200\""));
        assertThat(second.out()).doesNotContain("are not the rows that the table had");
        Registry registry = new Registry(new Configuration(), folder.resolve("registry") + "");
        assertThat(registry.state().version("night-2").orElseThrow().rows())
                .isEqualTo(registry.state().version("night-1").orElseThrow().rows());
    }

    @Test
    void nightsOfRetraining() throws Exception {
        write("rows.csv", rows(200, 0, 1));
        Ended first = done(retrain("night-1"));
        assertThat(first.out()).contains("night-1 accepted", "champion  night-1");
        assertThat(status("registry")).containsEntry("exitCode", 0).containsEntry("decision", "accepted");
        assertThat(kinds()).containsExactly("train true", "compare true", "publish true");
        assertThat(version("night-1").resolve("model")).isDirectory();
        assertWhatCannotBeComparedIsRefusedBeforeTheTraining();

        // The same table again: no gain, the champion stays, and the night is a success.
        Ended second = done(retrain("night-2"));
        assertThat(second.out()).contains("night-2 rejected", "champion  night-1");

        // A second call of a run trains nothing and decides the same.
        Map<String, String> version = snapshot(version("night-2"));
        Ended repeated = latent(
                "registry",
                "retrain",
                "--run-id",
                "night-2",
                "--fail-if-rejected",
                "--config",
                configuration(job(MIXTURE)));
        assertThat(repeated.code()).as(repeated.err()).isEqualTo(4);
        assertThat(repeated.out()).containsPattern("night-2\\.\\S+ was trained before");
        assertThat(snapshot(version("night-2"))).isEqualTo(version);

        // The source sends another unit: refused before the training.
        write("rows.csv", rows(200, 0, 100));
        assertRefused(
                retrain("night-3"), 3, "column \"x\"", "is its unit the same", "set gate.checks = false for this run");
        assertThat(version("night-3")).doesNotExist();
        assertThat(status("registry"))
                .containsEntry("exitCode", 3)
                .containsEntry("retryable", false)
                .containsEntry("command", "retrain");
        assertThat((String) status("registry").get("message")).contains("unit");

        // The groups move: the challenger is better on today's rows.
        write("rows.csv", rows(200, 2, 1));
        assertThat(done(retrain("night-4")).out()).contains("night-4 accepted");
        assertThat(history()).containsEntry("champion", "night-4").containsEntry("previous", "night-1");

        // The commands that read a model take the champion, or the run that is named.
        String scoring = configuration(job(MIXTURE, "output.path = \"DIR/scored\""));
        assertThat(done(latent("inspect", "--config", scoring)).out()).contains("night-4");
        assertThat(done(latent("inspect", "--config", scoring, "--run-id", "night-1"))
                        .out())
                .contains("night-1");
        done(latent("score", "--config", scoring));
        assertThat(Files.readAllLines(firstTextFile("scored")))
                .first()
                .asString()
                .startsWith("row,x,y,")
                .endsWith(",runId");

        done(registry("rollback"));
        assertThat(history()).containsEntry("champion", "night-1").containsEntry("previous", null);
        done(registry("rollback", "--to-run", "night-1"));
        assertRefused(registry("rollback"), 2, "nothing to roll back to");
        done(registry("publish", "--to-run", "night-2", "--force"));

        assertThat(done(registry("prune", "--set", "registry.keep=1")).out()).contains("nothing");
        done(registry("publish", "--to-run", "night-4", "--force"));
        assertThat(done(registry("prune", "--set", "registry.keep=1")).out())
                .as("a version of the last week stays")
                .contains("nothing");
        assertThat(done(registry("verify")).out()).contains("entries, 3 versions");

        // The change of the unit is meant.
        write("rows.csv", rows(200, 0, 100));
        done(retrain("night-5", MIXTURE, "gate.checks = false"));
        Files.delete(version("night-5").resolve("metrics.json"));
        assertRefused(registry("verify"), 3, "run \"night-5\": the result at", "its file \"metrics.json\" is missing");
    }

    private void assertWhatCannotBeComparedIsRefusedBeforeTheTraining() {
        assertRefused(
                retrain("b", MIXTURE, "data.features = [x]"),
                2,
                "the features are x, but the champion was trained on x, y",
                "--force");
        assertRefused(retrain("c", "model.type = gan"), 2, "a version of type gan cannot be compared");
        assertRefused(retrain("d", MIXTURE, "gate.fraction = 0.01"), 3, "different keys (data.id = row)");
        assertThat(folder.resolve("registry/runs").toFile().list()).hasSize(1);
    }

    /** After a rollback no night publishes until a person releases the champion. */
    @Test
    void aRollbackHolds() throws Exception {
        String[] cold = {MIXTURE, "registry.warmStart = false", "gate.margin = -100"};
        write("rows.csv", rows(200, 0, 1));
        done(retrain("night-1", cold));
        write("rows.csv", rows(200, 1, 1));
        done(retrain("night-2", cold));
        Ended back = done(registry("rollback", "--from-run", "night-2", "--reason", "sensor 7 is broken"));
        assertThat(back.out()).contains("champion  night-1, held until release");
        done(registry("rollback", "--from-run", "night-2"));
        assertThat(history()).containsEntry("champion", "night-1").containsEntry("held", true);
        assertThat(done(registry("history")).out()).contains("(sensor 7 is broken)");

        write("rows.csv", rows(200, 2, 1));
        Ended held = done(retrain("night-3", cold));
        assertThat(held.out())
                .contains("night-3 accepted", "held      the champion is held since the rollback")
                .contains("champion  night-1");
        assertThat(status("registry")).containsEntry("decision", "held");

        // Released, but the rows of night-2 give the model that was rolled back.
        assertThat(done(registry("release")).out()).contains("night-1, released");
        assertThat(done(registry("release")).out()).contains("night-1, not held");
        assertThat(done(registry("rollback", "--from-run", "night-2")).out()).contains("champion  night-1, not held");
        write("rows.csv", rows(200, 1, 1));
        assertThat(done(retrain("night-4", cold)).out())
                .contains("night-4 rejected", "same model as version \"night-2\"");
        assertThat(done(retrain("night-3", cold)).out()).contains("champion  night-3");
        assertRefused(registry("rollback", "--from-run", "night-1"), 2, "expected \"night-1\"");
    }

    /** A night that was killed after its training compares on the rows that are there when it goes on. */
    @Test
    void aNightGoesOnThoughItsTableHasChanged() throws IOException {
        String other = "these are not the rows that the table had at the training";
        write("rows.csv", rows(200, 0, 1));
        done(retrain("night-1"));
        done(train("night-2", MIXTURE));
        assertRefused(
                retrain("night-2", MIXTURE, "gate.fraction = 0.5"),
                2,
                "another configuration (different: gate.fraction)");
        assertRefused(
                latent("registry", "compare", "--run-id", "night-2", "--config", configuration(job("data.id = null"))),
                2,
                "another configuration (different: data.id)");
        assertThat(done(retrain("night-2")).out()).contains("night-2 rejected").doesNotContain(other);
        assertThat(status("registry")).containsEntry("command", "retrain").containsEntry("decision", "rejected");

        Map<String, Object> same = metricsOf("compare", "night-2");
        assertThat(same.get("fingerprint")).isEqualTo(same.get("trainedFingerprint"));

        // The same keys with other values.
        write("rows.csv", rows(200, 0.1, 1));
        assertThat(done(retrain("night-2")).out()).contains("night-2 rejected", other);
    }

    /** A store that limits its requests. */
    static final class Throttled extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("throttled:///");
        }

        @Override
        public FileStatus getFileStatus(org.apache.hadoop.fs.Path path) throws IOException {
            throw new IOException("HEAD " + path + ": Status Code: 503, Slow Down");
        }
    }

    @Test
    void aThrottledStoreIsNoRefusedTable() throws Exception {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        hadoop.set("fs.throttled.impl", Throttled.class.getName());
        try {
            assertRefused(
                    retrain("a", MIXTURE, "data.path = \"throttled:///rows.csv\""),
                    1,
                    "cannot be reached",
                    "Status Code: 503",
                    "start the command again");
            assertThat(status("registry")).containsEntry("exitCode", 1).containsEntry("retryable", true);
            assertRefused(registry("history"), 2, "holds no registry");
        } finally {
            hadoop.unset("fs.throttled.impl");
        }
    }

    private java.nio.file.Path firstTextFile(String directory) throws Exception {
        try (Stream<java.nio.file.Path> files = Files.list(current(directory))) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aRunIdIsOneConfigurationAndFloorsAreChecked() {
        write("rows.csv", rows(150, 0, 1));
        done(train("a", MIXTURE));
        assertRefused(
                train("a", "model.components = 3"),
                2,
                "run \"a\" exists with another configuration (different: model.components)");
        assertRefused(registry("publish", "--to-run", "a"), 2, "run registry compare first");
        assertRefused(registry("publish", "--to-run", "b", "--force"), 2, "no version \"b\"", "a");

        Ended low = retrain("low", MIXTURE, "gate.minimum = { meanLogLikelihood = 100 }");
        assertThat(done(low).out()).contains("low rejected", "below gate.minimum = 100", "champion  none");
        assertRefused(
                latent(
                        "registry",
                        "compare",
                        "--run-id",
                        "a",
                        "--config",
                        configuration(job("gate.minimum = { wonders = 1 }"))),
                2,
                "gate.minimum names \"wonders\"",
                "meanLogLikelihood");
    }

    @Test
    void mistakesAreSentences() {
        write("rows.csv", rows(150, 0, 1));
        assertRefused(latent("registry", "retrain", "--config", configuration(job(MIXTURE))), 2, "--run-id");
        assertRefused(
                latent("registry", "retrain", "--run-id", "../x", "--config", configuration(job(MIXTURE))),
                2,
                "registry.runId is \"../x\"");
        assertRefused(latent("inspect", "--config", configuration(job(MIXTURE))), 3, "has no champion");
        assertRefused(latent("registry", "history"), 2, "'--config FILE' or '--registry DIR'");
        assertRefused(
                latent("registry", "history", "--registry", folder.resolve("rows.csv") + ""), 2, "holds no registry");
        assertRefused(registry("history"), 2, "holds no registry", "check the path");
        assertRefused(registry("prune"), 2, "holds no registry");
        assertThat(folder.resolve("registry")).doesNotExist();
        assertRefused(run("train", training("registry.runId = x")), 2, "registry.path is missing");
    }

    /** The same model on scaled and on plain rows, and one of another type, have the same scores. */
    @Test
    void scoresAreInTheUnitsOfTheTable() {
        write("rows.csv", rows(200, 0, 7));
        String plain = "model { components = 1, priorRows = 0, regularization = 1e-9 }";
        done(retrain("plain", plain));
        done(retrain("scaled", plain, "data.scale = standard"));
        done(retrain("factors", "model { type = factor-analysis, latent = 1 }", "data.scale = standard"));
        List<Double> gains = Stream.of("scaled", "factors")
                .map(run -> (Double) metricsOf("compare", run).get("gain"))
                .toList();
        assertThat(gains.get(0)).isCloseTo(0, within(1e-6));
        assertThat(metricsOf("compare", "factors")).containsEntry("measure", "logDensity");
        assertThat(gains.get(1)).isCloseTo(0, within(0.05));
    }

    /** The width of a vector column is known only when its rows are read. */
    @Test
    void aChampionOfAnotherArchitectureGivesAColdStart() {
        spark.sql("SELECT id row, array(sin(id), cos(id), id % 3D) v FROM range(200)")
                .write()
                .parquet(folder.resolve("vectors").toString());
        String data = "data { path = \"DIR/vectors\", format = parquet, features = [v] }";
        done(retrain("small", data, VAE, "model.encoder = [2]"));
        assertThat(done(retrain("large", data, VAE, "model.encoder = [3]")).out())
                .contains("the mean gain in evidence lower bound is");
        assertThat(metricsOf("train", "small")).isEmpty();
        assertThat(metricsOf("train", "large")).isEmpty();
    }

    private void writeTowns() {
        write("rows.csv", lines("row,x,town", 200, i -> i + "," + Math.sin(i) + "," + (i % 3 == 0 ? "Rome" : "Oslo")));
    }

    /** A Gaussian gives the indicator of a level a density, which is no bound on a probability. */
    @Test
    void theDensityOfACategoryIsNotComparedWithItsProbability() {
        writeTowns();
        String columns = "model.components = 2, data.features = [x, town]";
        done(retrain("a", columns, "model.type = mixture"));
        assertRefused(
                retrain("b", columns, "model.type = gmm"),
                2,
                "gives \"town\" a density and the champion a probability",
                "--force");
    }

    /** A gaussian gives an indicator a density, the likelihood by type a probability. */
    @Test
    void aNetworkKeepsTheLikelihoodOfTheChampion() {
        writeTowns();
        String vae = VAE + ", data.features = [x, town]";
        done(retrain("a", vae, "model.likelihood = gaussian"));
        assertThat(done(retrain("b", vae)).out()).contains("the mean gain in evidence lower bound is");
        assertThat(metricsOf("train", "b")).containsEntry("initialModel", "a");
        assertRefused(
                retrain("c", vae, "registry.warmStart = false"),
                2,
                "gives \"town\" a probability and the champion a density",
                "--force");
        assertRefused(retrain("d", vae, "data.scale = quantile"), 2, "data.scale = quantile leaves no density");
        assertThat(version("d")).doesNotExist();
    }

    /** Returns the metrics of the first entry of a kind and a run. */
    @SuppressWarnings("unchecked")
    private Map<String, Object> metricsOf(String kind, String runId) {
        return ((List<Map<String, Object>>) history().get("entries"))
                .stream()
                        .filter(entry -> entry.get("kind").equals(kind))
                        .filter(entry -> entry.get("runId").equals(runId))
                        .map(entry -> section(entry, "metrics"))
                        .findFirst()
                        .orElseThrow();
    }
}
