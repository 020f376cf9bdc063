package io.github.sparklatent.app.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.app.files.Place;
import io.github.sparklatent.app.files.RunDirectory;
import io.github.sparklatent.cluster.storage.ConflictException;
import io.github.sparklatent.cluster.storage.Event;
import io.github.sparklatent.cluster.storage.HadoopStore;
import io.github.sparklatent.cluster.storage.State;
import io.github.sparklatent.cluster.storage.State.Verdict;
import io.github.sparklatent.cluster.storage.UniqueName;
import io.github.sparklatent.config.OutputSection.OutputMode;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateType;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of a model, and decisions about them. */
class RegistryTest {
    private static final Optional<String> NONE = Optional.empty();

    @TempDir
    Path folder;

    record Round(int number) {}

    private Registry registry;
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @BeforeEach
    void open() throws IOException {
        registry = new Registry(place());
    }

    private Place place() throws IOException {
        String path = folder.resolve("registry").toString();
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
        return new Place(
                new HadoopStore(new Configuration(), new org.apache.hadoop.fs.Path(path)),
                path,
                "registry.path",
                clock,
                UniqueName::next);
    }

    private void version(String run) {
        version(run, "model of " + run);
    }

    private void version(String run, String model) {
        try {
            RunDirectory output = new RunDirectory(place(), Optional.of(run), OutputMode.ERROR);
            output.begin();
            output.write(true, directory -> output.text(new org.apache.hadoop.fs.Path(directory, "model/a"), model));
            output.commit(Map.of(RunDirectory.MODEL, model), null, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compared(String run, boolean isAccepted) {
        State state = registry.state();
        String digest = state.version(run).orElseThrow().digests().get(RunDirectory.ALL);
        registry.compared(
                run,
                new Verdict(
                        state.champion().orElse(null),
                        isAccepted,
                        isAccepted ? List.of() : List.of("worse"),
                        Map.of(),
                        digest));
    }

    private void accepted(String run) {
        version(run);
        compared(run, true);
    }

    private void published(String... runs) {
        for (String run : runs) {
            accepted(run);
            assertThat(registry.publish(run, false, NONE)).isTrue();
        }
    }

    private Event newest() {
        return registry.state().event();
    }

    @Test
    void publicationsAndRollbacksMakeTheChampion() throws IOException {
        assertThat(registry.state().champion()).isEmpty();
        published("a", "b", "c");
        assertThat(registry.publish("c", false, NONE)).isFalse();
        assertThat(registry.state().champions()).containsExactly("c", "b", "a");
        assertThat(registry.rollback(NONE, NONE, NONE).champion()).contains("b");
        assertThat(registry.state().previous()).contains("a");
        assertThat(registry.rollback(Optional.of("a"), NONE, Optional.of("wrong units"))
                        .champion())
                .contains("a");
        assertThat(newest().reasons()).containsExactly("wrong units");
        assertThat(registry.rollback(Optional.of("a"), NONE, NONE).champion()).contains("a");
        assertThatThrownBy(() -> registry.rollback(NONE, NONE, NONE)).isInstanceOf(UsageException.class);
        assertThat(new Registry(place()).state()).isEqualTo(registry.state());
        Path current = folder.resolve("registry/current");
        assertThat(Files.readString(current.resolve("model/a"))).isEqualTo("model of a");
    }

    @Test
    void aDecisionHoldsForOneChampionAndForTheFilesThatWereCompared() {
        accepted("a");
        accepted("b"); // both were compared with no champion
        registry.publish("a", false, NONE);
        assertThatThrownBy(() -> registry.publish("b", false, NONE))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("compare it again");
        version("c");
        assertThatThrownBy(() -> registry.compared("c", new Verdict(null, true, List.of(), Map.of(), "1f")))
                .isInstanceOf(ConflictException.class);
        registry.compared("c", new Verdict("a", true, List.of(), Map.of(), "digest of other files"));
        assertThatThrownBy(() -> registry.publish("c", false, NONE))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("was not compared");
        compared("c", false);
        assertThatThrownBy(() -> registry.publish("c", false, NONE))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("worse");
        assertThat(registry.publish("c", true, NONE)).isTrue();
        assertThat(newest().reasons()).containsExactly("forced");
    }

    @Test
    void aVersionThatWasRolledBackComesBackByForceOnly() {
        published("a", "b");
        registry.rollback(NONE, NONE, Optional.of("audit"));
        assertThatThrownBy(() -> registry.publish("b", false, NONE))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("was published before");
        assertThatThrownBy(() -> registry.rollback(Optional.of("b"), NONE, NONE))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--force");
        accepted("c");
        assertThatThrownBy(() -> registry.publish("c", false, NONE))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is held since the rollback of 2026-01-02T03:04:05Z by ")
                .hasMessageContaining("(audit)");
        assertThat(registry.publish("b", true, NONE)).isTrue();
        assertThat(registry.state().hold()).isNull();
    }

    @Test
    void aModelThatWasRolledBackIsKnownAgain() {
        published("a", "b");
        registry.rollback(NONE, NONE, NONE);
        assertThat(registry.release(NONE)).isTrue();
        assertThat(registry.release(NONE)).isFalse();
        version("c", "model of b"); // another night has trained the same model again
        compared("c", true);
        assertThatThrownBy(() -> registry.publish("c", false, NONE))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("same model as version \"b\", which was rolled back");
        accepted("d");
        assertThat(registry.publish("d", false, Optional.of("best of two"))).isTrue();
        assertThat(newest().reasons()).containsExactly("best of two");
    }

    @Test
    void aDecisionIsRecordedOnce() {
        accepted("a");
        long number = registry.state().number();
        compared("a", true);
        assertThat(registry.state().number()).isEqualTo(number);
        compared("a", false);
        assertThat(newest().accepted()).isFalse();
    }

    @Test
    void aRollbackFromARunIsDoneOnce() {
        published("a", "b", "c");
        Optional<String> from = Optional.of("c");
        assertThat(registry.rollback(NONE, from, NONE).champion()).contains("b");
        long number = registry.state().number();
        assertThat(registry.rollback(NONE, from, NONE).champion()).contains("b");
        assertThat(registry.state().number()).isEqualTo(number);
        assertThatThrownBy(() -> registry.rollback(NONE, Optional.of("a"), NONE))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("the champion is \"b\", expected \"a\"");
    }

    @Test
    void ofPublishersAtOnceOneWins() throws Exception {
        int writers = 8;
        IntStream.range(0, writers).forEach(i -> accepted("run-" + i));
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<Boolean>> publishers = IntStream.range(0, writers)
                    .<Callable<Boolean>>mapToObj(i -> () -> new Registry(place()).publish("run-" + i, false, NONE))
                    .toList();
            int won = 0;
            for (Future<Boolean> publisher : pool.invokeAll(publishers)) {
                try {
                    won += publisher.get() ? 1 : 0;
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(ConflictException.class);
                }
            }
            assertThat(won).isOne();
        } finally {
            pool.shutdownNow();
        }
        assertThat(registry.state().champions()).hasSize(1);
    }

    /** The run of a version of the last days may be about to publish it. */
    @Test
    void pruningKeepsTheNewestTheChampionsAndTheLastWeek() {
        published("a", "b", "c", "d");
        accepted("e");
        assertThat(registry.prune(1)).isEmpty();
        now = now.plus(Duration.ofDays(8));
        assertThat(registry.prune(1)).containsExactlyInAnyOrder("a", "b");
        assertThat(registry.state().versions()).containsOnlyKeys("c", "d", "e");
        assertThat(folder.resolve("registry/runs").toFile().list()).hasSize(3);
        assertThat(registry.prune(1)).isEmpty();
        assertThatThrownBy(() -> registry.resolve(registry.state(), Optional.of("a")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("has no version \"a\"; its runs: [c, d, e]");
        assertThat(registry.resolve(registry.state(), NONE)).isEqualTo("d");
    }

    /** Whatever a killed run has left goes after a week, and a run that began before commits nothing. */
    @Test
    void whatARunHasLeftIsCollected() throws IOException {
        published("a");
        RunDirectory slept = new RunDirectory(place(), Optional.of("b"), OutputMode.ERROR);
        slept.begin();
        slept.write(true, directory -> slept.text(new org.apache.hadoop.fs.Path(directory, "model/a"), "b"));
        Path killed = Files.createFile(folder.resolve("registry/log/.00000003.of-a-killed-append"));
        Path link = Files.createSymbolicLink(folder.resolve("registry/.current.2.x"), Path.of("runs/of-no-run"));
        now = now.plus(Duration.ofDays(1));
        published("c");
        now = now.plus(Duration.ofDays(6));
        registry.prune(1);
        assertThat(folder.resolve("registry/runs/" + slept.name())).exists();
        now = now.plus(Duration.ofDays(2));
        registry.prune(1);
        assertThat(folder.resolve("registry/runs/" + slept.name())).doesNotExist();
        assertThat(killed).doesNotExist();
        assertThat(Files.isSymbolicLink(link)).as("of a killed process").isFalse();
        assertThatThrownBy(() -> slept.commit(Map.of(), null, Map.of()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("so it is over");
        assertThatThrownBy(() -> slept.checkpoints("training", 1, StateType.of(Round.class), Round::toString)
                        .afterRound(new Round(1)))
                .as("a training of more than a week")
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("so it is over");
        assertThat(registry.state().versions()).containsOnlyKeys("a", "c");
    }

    @Test
    void aSecondAttemptOfARunLeavesTheFirst() throws IOException {
        RunDirectory first = new RunDirectory(place(), Optional.of("a"), OutputMode.ERROR);
        RunDirectory second = new RunDirectory(place(), Optional.of("a"), OutputMode.ERROR);
        for (RunDirectory attempt : List.of(first, second)) {
            attempt.begin();
            attempt.write(true, directory -> attempt.text(new org.apache.hadoop.fs.Path(directory, "model/a"), "a"));
        }
        second.commit(Map.of(), null, Map.of());
        first.commit(Map.of(), null, Map.of());
        assertThat(registry.state().version("a").orElseThrow().directory()).isEqualTo(second.name());
        assertThat(folder.resolve("registry/runs/" + first.name())).doesNotExist();
        assertThat(registry.state().number()).isOne();
    }

    @Test
    void verifyFindsEachChangedFile() throws IOException {
        published("a", "b");
        State.Version version = registry.state().version("b").orElseThrow();
        assertThat(registry.verify(version)).isEqualTo(1);
        Path file = folder.resolve("registry/runs/" + version.directory() + "/model/a");
        Files.writeString(file, "other");
        assertThatThrownBy(() -> registry.verify(version))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("its file \"model/a\" does not have the checksum in _SUCCESS");
        published("c");
        assertThatThrownBy(() -> registry.rollback(NONE, NONE, NONE))
                .as("it would be the champion")
                .isInstanceOf(DataException.class);
        assertThat(registry.state().champion()).contains("c");
        Files.delete(file);
        assertThatThrownBy(() -> registry.verify(version))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("its file \"model/a\" is missing");
        Files.writeString(file, "model of b");
        Files.writeString(file.resolveSibling("b"), "new");
        assertThatThrownBy(() -> registry.verify(version))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("its file \"model/b\" is not listed in _SUCCESS");
    }

    @Test
    void aRunIdThatIsNoPlainNameHasNoDirectory() throws IOException {
        Place place = place();
        for (String run : List.of("../../warehouse", "..", "a/b", "")) {
            assertThatThrownBy(() -> new RunDirectory(place, Optional.of(run), OutputMode.ERROR))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("registry.runId");
        }
    }
}
