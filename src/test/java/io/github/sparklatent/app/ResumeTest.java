package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.app.console.Stop;
import io.github.sparklatent.ml.io.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that is stopped and taken up again ends where one that is left alone does. */
class ResumeTest extends CommandTest {
    private static final int STOPPED = 143;

    /** One fit. */
    private static final String ONE = "model.components = 2, train.restarts = 1";

    /** The result {@code whole} of a training that is left alone. */
    @TempDir
    static Path shared;

    @BeforeAll
    static void trainWithoutAStop() {
        write(shared, "waves.csv", waves());
        done(run(shared, "train", job("whole")));
    }

    @BeforeEach
    void table() {
        write("waves.csv", waves());
    }

    private static String[] waves() {
        return lines("x,y", 300, i -> Math.sin(i) + "," + Math.cos(1.7 * i) * Math.sin(0.3 * i));
    }

    private static String[] job(String output, String... further) {
        String[] lines = {
            "data { path = \"DIR/waves.csv\", format = csv }",
            "model { components = [2, 3], covariance = full }",
            "train { maxRounds = 6, tolerance = 0, restarts = 2 }",
            "output { path = \"DIR/" + output + "\", overwrite = true, report = false }"
        };
        return with(lines, further);
    }

    @Test
    void theSameBitsAsWithoutAStop() {
        for (String where : List.of("full K=2, round 1 of", "full K=2, restart 1, round 4", "full K=3, round 0")) {
            Ended ended = stopped(where, job("resumed"));
            assertThat(ended.code()).as(ended.err()).isEqualTo(STOPPED);
            assertThat(ended.err())
                    .contains("spark-latent: stopped by a signal; checkpoint \"", "continues from there");
            assertThat(checkpoints("resumed")).isNotEmpty();
            assertThat(folder.resolve("resumed/model")).doesNotExist();
        }
        done(run("train", job("resumed")));
        assertWhole("resumed");
        assertThat(objectives(folder.resolve("resumed"))).isEqualTo(objectives(shared.resolve("whole")));
    }

    private void assertWhole(String output) {
        assertThat(parameters(folder.resolve(output))).isEqualTo(parameters(shared.resolve("whole")));
    }

    private static List<Object> objectives(Path output) {
        try (Stream<String> lines = Files.lines(output.resolve("rounds.jsonl"))) {
            return lines.map(line -> Json.parse(line).get("objective")).toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void anotherTrainingStartsFromTheBeginning() {
        stopped("full K=2, round 3", job("other", ONE));
        done(run("train", job("other", ONE, "model.regularization = 1e-3")));
        done(run("train", job("whole", ONE, "model.regularization = 1e-3")));
        assertThat(parameters(folder.resolve("other"))).isEqualTo(parameters(folder.resolve("whole")));
        assertThat(checkpoints("other")).as("those of the first training").isNotEmpty();
        Ended first = stopped("no line", job("other", ONE));
        done(first);
        assertThat(first.err()).contains("round 4 of 6");
    }

    @Test
    void moreRoundsAreTheSameTraining() {
        assertThat(stopped("full K=2, round 3", job("more", ONE)).code()).isEqualTo(STOPPED);
        Ended ended = stopped("no line", job("more", ONE, "train.maxRounds = 8"));
        done(ended);
        assertThat(ended.err()).contains("round 4 of 8").doesNotContain("round 1 of 8");
    }

    @Test
    void otherRowsAreAnotherTraining() {
        String[] job = job("other", ONE, "data.features = [x, y]");
        stopped("full K=2, round 3", job);
        assertThat(checkpoints("other")).isNotEmpty();
        write("waves.csv", groups(40));
        Ended ended = done(stopped("no line", job));
        assertThat(ended.err()).contains("full K=2, round 1 of 6");
        done(run("train", job("fresh", ONE, "data.features = [x, y]")));
        assertThat(parameters(folder.resolve("other"))).isEqualTo(parameters(folder.resolve("fresh")));
    }

    @Test
    void withoutCheckpointsNothingIsLeft() {
        Ended ended = stopped("full K=2, round 3", job("none", "train.checkpoint.every = 0"));
        assertThat(ended.code()).isEqualTo(STOPPED);
        assertThat(ended.err()).contains("train.checkpoint.every is 0, so there is no checkpoint");
        assertThat(folder.resolve("none/state")).doesNotExist();
    }

    /** No checkpoint is due before the failure. */
    @Test
    void aTrainingThatFailsLeavesItsNewestState() {
        Ended failed = latent(
                Stop.none(),
                true,
                line -> {
                    if (line.contains("full K=2, round 4")) {
                        throw new IllegalStateException("the cluster is gone");
                    }
                },
                "train",
                "--config",
                configuration(job("failed", "train.checkpoint.every = 1000")));
        assertThat(failed.code()).as(failed.err()).isEqualTo(1);
        assertThat(checkpoints("failed")).isNotEmpty();
        Ended resumed = done(stopped("no line", job("failed", "train.checkpoint.every = 1000")));
        assertThat(resumed.err()).doesNotContain("full K=2, round 2");
        assertWhole("failed");
    }

    @Test
    void aStopBeforeTheFirstRound() {
        Stop stop = Stop.none();
        stop.request();
        Ended ended = latent(stop, false, line -> {}, "train", "--config", configuration(job("early")));
        assertThat(ended.code()).isEqualTo(STOPPED);
        assertThat(ended.err()).contains("spark-latent: stopped by a signal; nothing was written");
    }

    @Test
    void theCheckpointBeforeADamagedOneIsUsed() throws Exception {
        String often = "train.checkpoint.every = 1";
        stopped("full K=2, round 3", job("damaged", often));
        String newest = checkpoints("damaged").get(checkpoints("damaged").size() - 1);
        try (Stream<Path> files = Files.walk(folder.resolve("damaged/state"))) {
            Path file =
                    files.filter(found -> found.endsWith(newest)).findFirst().orElseThrow();
            byte[] content = Files.readAllBytes(file);
            content[content.length / 2] ^= 1;
            Files.write(file, content);
        }
        done(run("train", job("damaged", often)));
        assertWhole("damaged");
    }
}
