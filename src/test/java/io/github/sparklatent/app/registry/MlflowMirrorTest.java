package io.github.sparklatent.app.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.config.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
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
        server = new MlflowTestServer(true);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private MlflowMirror mirror(MlflowTestServer shown) {
        return new MlflowMirror(registry, shown.uri(), "readings", Map.of(), List.of());
    }

    private void accepted(String run) throws IOException {
        Path version = folder.resolve("versions").resolve(run);
        Files.createDirectories(version.resolve("model/metadata"));
        Files.writeString(version.resolve("model/metadata/part-00000"), "{}");
        Files.writeString(version.resolve("model/metadata/_SUCCESS"), "");
        Files.writeString(version.resolve("model/metadata/.part-00000.crc"), "crc");
        Files.writeString(version.resolve("metrics.json"), """
                {"seconds": {"read": 1.5, "train": 60, "write": 0.25}, "train": {"bic": 12.5, "text": "a"}, "holdout": {"meanLogLikelihood": -3.25},
                 "origin": {"options": {"model": {"type": "gmm", "components": 3}}}}
                """);
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
                        "7/run0/artifacts/_SUCCESS",
                        "7/run0/artifacts/metrics.json",
                        "7/run0/artifacts/model/metadata/_SUCCESS",
                        "7/run0/artifacts/model/metadata/part-00000",
                        "7/run0/artifacts/rounds.jsonl");
        MlflowTestServer.Version version = server.versions.get(0);
        assertThat(version.source).isEqualTo("mlflow-artifacts:/7/run0/artifacts/model");
        assertThat(version.tags)
                .containsEntry("decision", "accepted")
                .containsEntry("compared_with", "none")
                .containsEntry("reasons", "the gain is 1")
                .containsEntry("published", "2026-01-02T03:04:05Z");
        assertThat(server.aliases).isEqualTo(Map.of("champion", "1"));
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
        registry.prune(1);
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
            try (MlflowTestServer other = new MlflowTestServer(true)) {
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
                assertThat(other.artifacts).hasSize(5);
                assertThat(other.aliases).isEqualTo(Map.of("champion", "1"));
            }
        }
        assertThat(failed).isGreaterThan(15);
    }

    @Test
    void anUpdateIsTriedAgain() throws IOException {
        accepted("night-1");
        server.failAt(3);
        new MlflowMirror(registry, server.uri(), "readings", Map.of(), List.of(Duration.ZERO)).update();
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
                            new MlflowMirror(own, server.uri(), "readings", Map.of(), List.of()).update();
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
        MlflowMirror second = new MlflowMirror(other, server.uri(), "readings", Map.of(), List.of());
        for (ThrowingCallable use : List.<ThrowingCallable>of(second::update, second::requireOwn)) {
            assertThatThrownBy(use)
                    .isInstanceOf(UsageException.class)
                    .hasMessage(
                            "registry.mlflow.name names a model that shows the registry \"%s\", expected \"%s\"; set another name"
                                    .formatted(folder, folder.resolve("other")));
        }
        mirror(server).requireOwn();
        new MlflowMirror(other, "http://127.0.0.1:1", "readings", Map.of(), List.of()).requireOwn(); // warns
    }

    @Test
    void credentialsAreThoseOfTheEnvironment() throws IOException {
        accepted("night-1");
        server.requireAuthorization("Basic dXNlcjpzZWNyZXQ=");
        assertThatThrownBy(mirror(server)::update)
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("HTTP 401, credentials are missing or wrong");
        Map<String, String> basic = Map.of("MLFLOW_TRACKING_USERNAME", "user", "MLFLOW_TRACKING_PASSWORD", "secret");
        new MlflowMirror(registry, server.uri(), "readings", basic, List.of()).update();
        server.requireAuthorization("Bearer token");
        Map<String, String> bearer = Map.of("MLFLOW_TRACKING_TOKEN", "token");
        new MlflowMirror(registry, server.uri(), "readings", bearer, List.of()).update();
        assertThat(server.versions).hasSize(1);
    }

    /** The test server refuses a local source outside of the run's artifacts, as MLflow does. */
    @Test
    void aServerWithoutAProxyRefusesLocalFiles() throws IOException {
        accepted("night-1");
        try (MlflowTestServer other = new MlflowTestServer(false)) {
            assertThatThrownBy(mirror(other)::update)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Invalid model version source: '" + folder);
        }
    }
}
