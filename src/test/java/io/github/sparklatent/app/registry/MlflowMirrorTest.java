package io.github.sparklatent.app.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.app.registry.mlflow.ModelFiles;
import io.github.sparklatent.config.RegistrySection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an MLflow server shows of a registry. */
class MlflowMirrorTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Registry registry;
    private MlflowTestServer server;

    @BeforeEach
    void open() throws IOException {
        registry = new Registry(new Configuration(), folder.toString(), CLOCK);
        server = new MlflowTestServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private MlflowMirror mirror(MlflowTestServer shown) {
        return mirror(registry, shown.uri(), Map.of());
    }

    private static MlflowMirror mirror(
            Registry registry, String uri, Map<String, String> environment, Duration... pauses) {
        return mirror(registry, uri, false, environment, pauses);
    }

    private static MlflowMirror mirror(
            Registry registry, String uri, boolean reported, Map<String, String> environment, Duration... pauses) {
        RegistrySection section = new RegistrySection(
                Optional.empty(), Optional.empty(), 10, 0, true, Optional.of(uri), "readings", reported);
        return new MlflowMirror(registry, section, environment, List.of(pauses));
    }

    private void accepted(String run) throws IOException {
        Path version = folder.resolve("versions").resolve(run);
        Files.createDirectories(version.resolve("model/metadata"));
        Files.writeString(version.resolve("model/metadata/part-00000"), "{}");
        Files.writeString(version.resolve("model/metadata/_SUCCESS"), "");
        Files.writeString(version.resolve("model/metadata/.part-00000.crc"), "crc");
        Files.writeString(version.resolve("metrics.json"), """
                {"model": {"type": "gmm"}, "seconds": {"read": 1.5, "train": 60, "write": 0.25},
                 "train": {"bic": 12.5, "text": "a"}, "holdout": {"meanLogLikelihood": -3.25},
                 "origin": {"version": "1.2", "commit": "abc", "dataFingerprint": "0123456789abcdef",
                  "dataVersions": {"data.path": {"table": "delta.`/warehouse/readings`", "version": "12", "timestamp": "2026-01-01T00:00:00Z"}},
                  "options": {"model": {"type": "gmm", "components": 3}, "data": {"path": ["/warehouse/readings"], "format": "delta"}}}}
                """);
        Files.writeString(version.resolve("report.html"), "rows");
        Files.writeString(version.resolve("rounds.jsonl"), """
                {"round": 1, "objective": -5.0, "seconds": {"compute": 0.5}}
                {"round": 2, "objective": -4.5, "error": null}
                """);
        Files.writeString(version.resolve("_SUCCESS"), "spark-latent");
        registry.trained(run, true, List.of(), Map.of());
        registry.compared(
                run,
                registry.history().champion(),
                true,
                List.of("the gain is 1"),
                Map.of("gain", Map.of("mean", 0.75)));
    }

    @Test
    void aVersionIsARunWithItsFiguresAndFiles() throws IOException {
        accepted("night-1");
        registry.publish("night-1", false, Optional.empty());
        mirror(server).update();
        assertThat(server.runs).hasSize(1);
        MlflowTestServer.Run run = server.runs.get("run0");
        assertThat(run.name).isEqualTo("night-1");
        assertThat(run.status).isEqualTo("FINISHED");
        assertThat(run.end).isEqualTo(CLOCK.millis());
        assertThat(run.start).isEqualTo(CLOCK.millis() - 61_750);
        assertThat(run.params).containsEntry("model.type", "gmm");
        assertThat(run.params).containsEntry("model.components", "3");
        assertThat(run.metrics)
                .containsEntry("train.bic", Map.of(0L, 12.5))
                .containsEntry("holdout.meanLogLikelihood", Map.of(0L, -3.25))
                .containsEntry("rounds.objective", Map.of(1L, -5.0, 2L, -4.5))
                .containsEntry("rounds.seconds.compute", Map.of(1L, 0.5))
                .containsEntry("gate.gain.mean", Map.of(0L, 0.75))
                .doesNotContainKey("rounds.error");
        assertThat(server.artifacts.keySet())
                .containsExactly(
                        "7/models/m-0/artifacts/MLmodel",
                        "7/models/m-0/artifacts/spark/metadata/_SUCCESS",
                        "7/models/m-0/artifacts/spark/metadata/part-00000",
                        "7/run0/artifacts/_SUCCESS",
                        "7/run0/artifacts/metrics.json",
                        "7/run0/artifacts/rounds.jsonl");
        assertThat(run.tags)
                .containsEntry("decision", "accepted")
                .containsEntry("reasons", "the gain is 1")
                .containsEntry("mlflow.source.git.commit", "abc")
                .containsKey("mlflow.user");
        assertThat(run.datasets)
                .containsExactly("readings 0123456789abcdef {\"path\":\"/warehouse/readings\",\"format\":\"delta\","
                        + "\"version\":\"12\",\"timestamp\":\"2026-01-01T00:00:00Z\"}");
        assertThat(server.experimentTags).containsEntry("mlflow.experimentKind", "custom_model_development");
        MlflowTestServer.Version version = server.versions.get(0);
        assertThat(version.source).isEqualTo("models:/m-0");
        assertThat(version.description).isEqualTo("Accepted as the first version: the gain is 1");
        assertThat(version.tags)
                .containsEntry("decision", "accepted")
                .containsEntry("compared_with", "none")
                .containsEntry("reasons", "the gain is 1")
                .containsEntry("published", "2026-01-02T03:04:05Z");
        assertThat(server.aliases).isEqualTo(Map.of("champion", "1"));
    }

    @Test
    void aVersionIsALoggedModelOfMlflow3() throws IOException {
        accepted("night.1");
        mirror(server).update();
        assertThat(server.logged).hasSize(1);
        MlflowTestServer.LoggedModel model = server.logged.get("m-0");
        assertThat(model.name).isEqualTo("night_1"); // MLflow refuses a dot
        assertThat(model.type).isEqualTo("gmm");
        assertThat(model.status).isEqualTo("LOGGED_MODEL_READY");
        assertThat(model.tags).containsEntry("spark_latent_run", "night.1").containsKey("mlflow.user");
        assertThat(model.params).containsEntry("model.components", "3");
        assertThat(model.metrics)
                .isEqualTo(Map.of(
                        "train.bic", "0123456789abcdef",
                        "holdout.meanLogLikelihood", "0123456789abcdef",
                        "gate.gain.mean", "no table"));
        assertThat(server.runs.get("run0").models).containsExactly("m-0");
    }

    @Test
    void aServerOfMlflow2HasTheModelBelowItsRun() throws IOException {
        accepted("night-1");
        served("night-1");
        try (MlflowTestServer other = new MlflowTestServer(true, 2)) {
            mirror(other).update();
            assertThat(other.logged).isEmpty();
            assertThat(other.versions.get(0).source).isEqualTo("mlflow-artifacts:/7/run0/artifacts/model");
            assertThat(other.artifacts)
                    .containsKeys(
                            "7/run0/artifacts/model/MLmodel",
                            "7/run0/artifacts/model/data/model.onnx",
                            "7/run0/artifacts/model/spark/metadata/part-00000");
            assertThat(Json.parse(text(other.artifacts.get("7/run0/artifacts/model/MLmodel"))))
                    .containsEntry("run_id", "run0")
                    .containsEntry("artifact_path", "mlflow-artifacts:/7/run0/artifacts/model")
                    .doesNotContainKey("model_id");
        }
    }

    /** The files of a version that was trained with a server. */
    private void served(String run) throws IOException {
        Map<String, byte[]> files = ModelFiles.ofOnnx(
                new byte[] {1},
                List.of(Json.object("name", "x", "type", "double"), Json.object("name", "c", "type", "string")),
                Json.object("version", "1.2", "model_type", "gmm"),
                CLOCK.instant());
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path =
                    folder.resolve("versions").resolve(run).resolve("mlflow").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }

    @Test
    void aModelWithAnOnnxFileIsLoadedByPython() throws IOException {
        accepted("night-1");
        served("night-1");
        mirror(server).update();
        String root = "7/models/m-0/artifacts/";
        assertThat(server.artifacts)
                .containsKeys(
                        root + "data/model.onnx",
                        root + "python_env.yaml",
                        root + "requirements.txt",
                        root + "spark/metadata/part-00000");
        assertThat(text(server.artifacts.get(root + "code/spark_latent_serve.py")))
                .contains("def _load_pyfunc(");
        Map<String, Object> description = Json.parse(text(server.artifacts.get(root + "MLmodel")));
        assertThat(description).containsEntry("model_id", "m-0").containsEntry("run_id", "run0");
        assertThat(Json.line(description.get("flavors")))
                .contains(
                        "\"python_function\":{\"loader_module\":\"spark_latent_serve\",\"data\":\"data\"",
                        "\"spark_latent\":{\"data\":\"data/model.onnx\",\"version\":\"1.2\",\"model_type\":\"gmm\",\"spark\":\"spark\"}");
        Map<?, ?> signature = (Map<?, ?>) description.get("signature");
        assertThat(signature.get("inputs"))
                .isEqualTo("[{\"type\":\"any\",\"name\":\"x\",\"required\":false},"
                        + "{\"type\":\"string\",\"name\":\"c\",\"required\":false}]");
    }

    @Test
    void aModelWithoutAnOnnxFileHasTheOwnFlavourOnly() throws IOException {
        accepted("night-1");
        mirror(server).update();
        Map<String, Object> description = Json.parse(text(server.artifacts.get("7/models/m-0/artifacts/MLmodel")));
        assertThat(description.get("flavors"))
                .isEqualTo(Map.of("spark_latent", Map.of("version", "1.2", "model_type", "gmm", "spark", "spark")));
        assertThat(description).doesNotContainKey("signature");
    }

    @Test
    void aReportIsOnlyStoredIfItIsAskedFor() throws IOException {
        accepted("night-1");
        mirror(registry, server.uri(), true, Map.of()).update();
        assertThat(server.artifacts).containsKey("7/run0/artifacts/report.html");
    }

    /** A refused table is a run without a version. If the run is trained later, it is the same run. */
    @Test
    void aRefusedTableIsARunWithoutAVersion() throws IOException {
        accepted("night-1");
        registry.trained("night-2", false, List.of("the table lost its rows"), Map.of());
        mirror(server).update();
        MlflowTestServer.Run run = server.runs.get("run1");
        assertThat(run.name).isEqualTo("night-2");
        assertThat(run.status).isEqualTo("FAILED");
        assertThat(run.tags).containsEntry("decision", "refused").containsEntry("reasons", "the table lost its rows");
        assertThat(server.versions).hasSize(1);
        server.failAt(0);
        mirror(server).update();
        assertThat(server.requests)
                .containsOnly(
                        "GET registered-models/get",
                        "GET model-versions/search",
                        "GET experiments/get-by-name",
                        "POST runs/search");
        accepted("night-2");
        mirror(server).update();
        assertThat(server.runs).hasSize(2);
        assertThat(run.status).isEqualTo("FINISHED");
        assertThat(run.tags).containsEntry("decision", "accepted").containsEntry("reasons", "the gain is 1");
        assertThat(server.versions).hasSize(2);
    }

    @Test
    void theAliasesFollowTheLog() throws IOException {
        for (String run : List.of("night-1", "night-2", "night-3")) {
            accepted(run);
            registry.publish(run, false, Optional.empty());
        }
        mirror(server).update();
        assertThat(server.aliases).isEqualTo(Map.of("champion", "3", "previous", "2"));
        registry.rollback(Optional.empty(), Optional.empty(), Optional.empty());
        mirror(server).update();
        assertThat(server.aliases).isEqualTo(Map.of("champion", "2", "previous", "1"));
        registry.rollback(Optional.empty(), Optional.empty(), Optional.empty());
        registry.prune(1, 0);
        mirror(server).update();
        assertThat(server.aliases).isEqualTo(Map.of("champion", "1"));
        assertThat(server.versions.get(1).tags).containsEntry("pruned", "true");
        assertThat(server.versions.get(0).tags).doesNotContainKey("pruned");
    }

    @Test
    void anUpdateWithoutNewsChangesNothing() throws IOException {
        accepted("night-1");
        mirror(server).update();
        server.failAt(0);
        mirror(server).update();
        assertThat(server.requests).containsOnly("GET registered-models/get", "GET model-versions/search");
    }

    /** Every request fails once; the next update adds what is missing, and nothing twice. */
    @Test
    void anInterruptedUpdateIsCompletedByTheNext() throws IOException {
        accepted("night-1");
        registry.publish("night-1", false, Optional.empty());
        int failed = 0;
        boolean complete = false;
        while (!complete) {
            try (MlflowTestServer other = new MlflowTestServer()) {
                other.failAt(failed + 1);
                mirror(other).update(); // warns
                complete = other.requests.size() <= failed;
                if (!complete) {
                    assertThat(other.requests).hasSize(++failed);
                    mirror(other).update();
                }
                assertThat(other.runs).hasSize(1);
                assertThat(other.runs.get("run0").metrics).hasSize(6);
                assertThat(other.versions).hasSize(1);
                assertThat(other.artifacts).hasSize(6);
                assertThat(other.logged).hasSize(1);
                assertThat(other.aliases).isEqualTo(Map.of("champion", "1"));
            }
        }
        assertThat(failed).isGreaterThan(20);
    }

    @Test
    void anUpdateIsTriedAgain() throws IOException {
        accepted("night-1");
        server.failAt(3);
        mirror(registry, server.uri(), Map.of(), Duration.ZERO).update();
        assertThat(server.shown()).isEqualTo("none of 1 versions");
    }

    /** Read before a training, and at its end. */
    @Test
    void aServerThatRefusesTheUserIsAMistakeOfTheConfiguration() throws IOException {
        accepted("night-1");
        MlflowMirror mirror = mirror(server);
        mirror.update();
        mirror.requireOwn();
        accepted("night-2");
        for (int status : List.of(401, 403)) {
            server.refuse(status, status == 403);
            for (ThrowingCallable use : List.<ThrowingCallable>of(mirror::requireOwn, mirror::update)) {
                assertThatThrownBy(use)
                        .isInstanceOf(UsageException.class)
                        .hasMessageContainingAll(
                                "HTTP " + status,
                                "MLFLOW_TRACKING_USERNAME",
                                "MLFLOW_TRACKING_PASSWORD",
                                "MLFLOW_TRACKING_TOKEN");
            }
        }
    }

    /** The server has no compare-and-set; the log has, and the last update reads it again. */
    @Test
    void publishersAtOnceLeaveTheChampionOfTheLog() throws Exception {
        for (String run : List.of("night-1", "night-2", "night-3", "night-4")) {
            accepted(run);
        }
        mirror(server).update();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 5; round++) {
                List<Callable<Void>> publishers = List.of("night-1", "night-2", "night-3", "night-4").stream()
                        .<Callable<Void>>map(run -> () -> {
                            Registry own = new Registry(new Configuration(), folder.toString(), CLOCK);
                            own.publish(run, true, Optional.empty());
                            mirror(own, server.uri(), Map.of()).update();
                            return null;
                        })
                        .toList();
                for (Future<Void> published : threads.invokeAll(publishers)) {
                    published.get();
                }
                assertThat(server.shown())
                        .isEqualTo(registry.history().champion().orElseThrow() + " of 4 versions");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aModelOfAnotherRegistryIsRefused() throws IOException {
        accepted("night-1");
        mirror(server).update();
        Registry other =
                new Registry(new Configuration(), folder.resolve("other").toString(), CLOCK);
        MlflowMirror second = mirror(other, server.uri(), Map.of());
        for (ThrowingCallable use : List.<ThrowingCallable>of(second::update, second::requireOwn)) {
            assertThatThrownBy(use)
                    .isInstanceOf(UsageException.class)
                    .hasMessage(
                            "registry.mlflow.name names a model that shows the registry \"%s\", expected \"%s\"; set another name"
                                    .formatted(folder, folder.resolve("other")));
        }
        mirror(server).requireOwn();
        mirror(other, "http://127.0.0.1:1", Map.of()).requireOwn(); // warns
    }

    @Test
    void credentialsAreThoseOfTheEnvironment() throws IOException {
        accepted("night-1");
        server.requireAuthorization("Basic dXNlcjpzZWNyZXQ=");
        assertThatThrownBy(mirror(server)::update)
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("HTTP 401, credentials are missing or wrong");
        Map<String, String> basic = Map.of("MLFLOW_TRACKING_USERNAME", "user", "MLFLOW_TRACKING_PASSWORD", "secret");
        mirror(registry, server.uri(), basic).update();
        server.requireAuthorization("Bearer token");
        Map<String, String> bearer = Map.of("MLFLOW_TRACKING_TOKEN", "token");
        mirror(registry, server.uri(), bearer).update();
        assertThat(server.versions).hasSize(1);
    }

    /** The test server refuses a local source outside of the run's artifacts, as MLflow does. */
    @Test
    void aServerWithoutAProxyRefusesLocalFiles() throws IOException {
        accepted("night-1");
        try (MlflowTestServer other = new MlflowTestServer(false, 3)) {
            assertThatThrownBy(mirror(other)::update)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Invalid model version source: '" + folder + "/versions/night-1/model'");
            served("night-1");
            assertThatThrownBy(mirror(other)::update).hasMessageContaining(folder + "/versions/night-1/mlflow'");
        }
    }
}
