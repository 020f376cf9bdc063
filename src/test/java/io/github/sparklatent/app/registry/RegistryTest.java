package io.github.sparklatent.app.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.app.registry.Entry.Kind;
import io.github.sparklatent.cluster.storage.CommitLog;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log of a registry, and the champion that follows from it. */
class RegistryTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Registry registry;

    @BeforeEach
    void open() {
        registry = open(folder);
    }

    private static Registry open(Path folder) {
        return open(folder, CLOCK);
    }

    private static Registry open(Path folder, Clock clock) {
        return new Registry(new Configuration(), folder.toString(), clock);
    }

    private void version(String run) {
        try {
            Path version = folder.resolve("versions").resolve(run);
            Files.createDirectories(version);
            Files.writeString(version.resolve("_SUCCESS"), "spark-latent");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        registry.trained(run, true, List.of(), Map.of());
    }

    private void accepted(String run) {
        version(run);
        registry.compared(run, registry.history().champion(), true, List.of(), Map.of());
    }

    private void rejected(String run) {
        version(run);
        registry.compared(run, registry.history().champion(), false, List.of("worse"), Map.of("gain", -1.0));
    }

    @Test
    void anEntryComesBackAsItWasWritten() {
        Entry entry = new Entry(
                7,
                Kind.COMPARE,
                "a",
                Optional.of("b"),
                false,
                List.of("worse \"by far\""),
                Map.of("gain", -1.5),
                Map.of("model", "1f", "metrics", "2e"),
                Optional.of("ada"),
                Instant.parse("2026-01-02T03:04:05.678Z"));
        assertThat(Entry.parse(7, entry.json())).isEqualTo(entry);
        for (String damaged : List.of("", "{}", "[]", "{\"kind\": \"dance\"}", "{\"kind\": 3}")) {
            assertThatThrownBy(() -> Entry.parse(7, damaged)).isInstanceOf(DataException.class);
        }
    }

    @Test
    void publicationsAndRollbacksMakeTheChampion() {
        assertThat(registry.history().champion()).isEmpty();
        for (String run : List.of("a", "b", "c")) {
            accepted(run);
            assertThat(registry.publish(run, false, Optional.empty())).isTrue();
            assertThat(registry.publish(run, false, Optional.empty())).isFalse();
        }
        assertThat(registry.history().champions()).containsExactly("c", "b", "a");
        assertThat(registry.rollback(Optional.empty(), Optional.empty(), Optional.empty()))
                .isEqualTo("b");
        assertThat(registry.history().previous()).contains("a");
        assertThat(registry.rollback(Optional.of("a"), Optional.empty(), Optional.empty()))
                .isEqualTo("a");
        assertThat(registry.rollback(Optional.of("a"), Optional.empty(), Optional.empty()))
                .isEqualTo("a");
        assertThatThrownBy(() -> registry.rollback(Optional.empty(), Optional.empty(), Optional.empty()))
                .isInstanceOf(UsageException.class);
        assertThat(open(folder).history()).isEqualTo(registry.history());
    }

    @Test
    void aDecisionHoldsForOneChampionOnly() {
        accepted("a");
        accepted("b"); // both were compared with no champion
        registry.publish("a", false, Optional.empty());
        assertThatThrownBy(() -> registry.publish("b", false, Optional.empty()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("compare it again");
        assertThatThrownBy(() -> registry.compared("b", Optional.empty(), true, List.of(), Map.of()))
                .isInstanceOf(ConflictException.class);
        rejected("c");
        assertThatThrownBy(() -> registry.publish("c", false, Optional.empty()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("worse");
        assertThat(registry.publish("c", true, Optional.empty())).isTrue();
        assertThat(registry.history().newest(Kind.PUBLISH, "c").orElseThrow().reasons())
                .containsExactly("forced");
    }

    @Test
    void aVersionThatWasRolledBackComesBackByForceOnly() {
        for (String run : List.of("a", "b")) {
            accepted(run);
            registry.publish(run, false, Optional.empty());
        }
        registry.rollback(Optional.empty(), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> registry.publish("b", false, Optional.empty()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("was published before");
        assertThatThrownBy(() -> registry.rollback(Optional.of("b"), Optional.empty(), Optional.empty()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--force");
        assertThat(registry.publish("b", true, Optional.empty())).isTrue();
    }

    /** The entry comes from a file, which could name any place. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"prune\",\"runId\":\"\",\"metrics\":{\"runs\":[\"../../warehouse\"]}",
                "{\"kind\":\"train\",\"runId\":\"../../warehouse\",\"metrics\":{}",
                "{\"kind\":\"publish\",\"runId\":\"\",\"metrics\":{}",
                "{\"kind\":\"release\",\"runId\":\"..\",\"metrics\":{}",
                "{\"kind\":\"train\",\"runId\":\"a\",\"champion\":\"../../warehouse\",\"metrics\":{}"
            })
    void aRunIdOfTheLogIsAPlainName(String start) throws IOException {
        Path warehouse = Files.createDirectories(folder.resolve("warehouse/rows"));
        Path own = folder.resolve("models/registry");
        String entry = start + ",\"accepted\":true,\"reasons\":[],\"time\":\"2026-01-02T03:04:05Z\"}";
        new CommitLog(
                        new Configuration(),
                        new org.apache.hadoop.fs.Path(own.resolve("log").toString()))
                .append(1, entry);
        Registry opened = open(own);
        assertThatThrownBy(() -> opened.prune(1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("entry 1 of the registry's log is damaged")
                .hasMessageContaining("registry.runId is");
        assertThat(warehouse).exists();
    }

    @Test
    void aRunIdThatIsNoPlainNameHasNoPath() {
        for (String run : List.of("../../warehouse", "..", "a/b", "")) {
            assertThatThrownBy(() -> registry.versions().path(run))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("registry.runId");
        }
    }

    @Test
    void aHeldChampionIsPublishedOverByForceOnly() {
        accepted("a");
        registry.publish("a", false, Optional.empty());
        accepted("b");
        registry.publish("b", false, Optional.empty());
        registry.rollback(Optional.empty(), Optional.empty(), Optional.of("audit"));
        accepted("c");
        assertThatThrownBy(() -> registry.publish("c", false, Optional.empty()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is held since the rollback of 2026-01-02T03:04:05Z by ")
                .hasMessageContaining("(audit)")
                .hasMessageContaining("release");
        assertThat(registry.release(Optional.empty())).isTrue();
        assertThat(registry.release(Optional.empty())).isFalse();
        assertThat(registry.publish("c", false, Optional.of("best of two"))).isTrue();
        assertThat(registry.history().newest(Kind.PUBLISH, "c").orElseThrow().reasons())
                .containsExactly("best of two");
        registry.rollback(Optional.empty(), Optional.empty(), Optional.empty());
        accepted("d");
        assertThat(registry.publish("d", true, Optional.empty())).isTrue();
        assertThat(registry.history().hold()).isPresent();
    }

    @Test
    void aRollbackHoldsAndMarksTheModelThatItLeft() throws IOException {
        for (String run : List.of("a", "b")) {
            model(run, run);
            accepted(run);
            registry.publish(run, false, Optional.empty());
        }
        registry.rollback(Optional.empty(), Optional.of("b"), Optional.of("wrong units"));
        Entry entry = registry.history().newest(Kind.ROLLBACK, "a").orElseThrow();
        assertThat(entry.reasons()).containsExactly("wrong units");
        assertThat(entry.user()).isPresent();
        assertThat(entry.digests()).containsOnlyKeys("model", "params", "metrics");
        accepted("c");
        assertThatThrownBy(() -> registry.publish("c", false, Optional.empty()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is held since the rollback");
        registry.release(Optional.empty());
        model("d", "b"); // another night has trained the same model again
        accepted("d");
        assertThatThrownBy(() -> registry.publish("d", false, Optional.empty()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("same model as version \"b\", which was rolled back");
        assertThat(registry.publish("c", false, Optional.empty())).isTrue();
    }

    /** The alert rate is a Param of a stage: it is not among the files of the parameters. */
    @Test
    void aVersionWithOtherParamsIsNoTwin() throws IOException {
        for (String run : List.of("a", "b")) {
            model(run, run);
            accepted(run);
            registry.publish(run, false, Optional.empty());
        }
        registry.rollback(Optional.empty(), Optional.empty(), Optional.empty());
        registry.release(Optional.empty());
        model("c", "b");
        accepted("c");
        assertThat(registry.rolledBackTwin(registry.history(), "c")).isPresent();
        model("d", "b", 0.02);
        accepted("d");
        assertThat(registry.rolledBackTwin(registry.history(), "d")).isEmpty();
        assertThat(registry.publish("d", false, Optional.empty())).isTrue();
    }

    private void model(String run, String content) throws IOException {
        model(run, content, 0.01);
    }

    /** Files of a version; names and times differ between two trainings, the content does not. */
    private void model(String run, String content, double alertRate) throws IOException {
        Path model = folder.resolve("versions").resolve(run).resolve("model");
        Files.createDirectories(model.resolve("data"));
        Files.createDirectories(model.resolve("metadata"));
        Files.writeString(model.resolve("data/part-" + run), "parameters of " + content);
        Files.writeString(
                model.resolve("metadata/part-0"),
                "{\"uid\":\"%s\",\"timestamp\":%d,\"paramMap\":{\"alertRate\":%s,\"initialModel\":\"%s\"}}"
                        .formatted(run, run.hashCode(), alertRate, run));
        Files.writeString(model.resolveSibling("metrics.json"), "{}");
    }

    @Test
    void aRollbackFromARunIsDoneOnce() {
        for (String run : List.of("a", "b", "c")) {
            accepted(run);
            registry.publish(run, false, Optional.empty());
        }
        Optional<String> from = Optional.of("c");
        assertThat(registry.rollback(Optional.empty(), from, Optional.empty())).isEqualTo("b");
        long entries = registry.history().next();
        assertThat(registry.rollback(Optional.empty(), from, Optional.empty())).isEqualTo("b");
        assertThat(registry.history().next()).isEqualTo(entries);
        assertThatThrownBy(() -> registry.rollback(Optional.empty(), Optional.of("a"), Optional.empty()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("the champion is \"b\", expected \"a\"");
    }

    @Test
    void aRollbackFromARunSucceedsAgainOnlyIfItsChampionIsTheChampion() {
        for (String run : List.of("a", "b", "c")) {
            accepted(run);
            registry.publish(run, false, Optional.empty());
        }
        Optional<String> from = Optional.of("c");
        registry.rollback(Optional.empty(), from, Optional.empty());
        registry.release(Optional.empty());
        assertThat(registry.rollback(Optional.of("b"), from, Optional.empty())).isEqualTo("b");
        assertThat(registry.history().hold()).isEmpty();
        assertThatThrownBy(() -> registry.rollback(Optional.of("a"), from, Optional.empty()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("the champion is \"b\", expected \"c\"");
        accepted("d");
        registry.publish("d", false, Optional.empty());
        assertThatThrownBy(() -> registry.rollback(Optional.empty(), from, Optional.empty()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("the champion is \"d\", expected \"c\"");
    }

    @Test
    void ofPublishersAtOnceOneWins() throws Exception {
        int writers = 8;
        IntStream.range(0, writers).forEach(i -> accepted("run-" + i));
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<Boolean>> publishers = IntStream.range(0, writers)
                    .<Callable<Boolean>>mapToObj(i -> () -> open(folder).publish("run-" + i, false, Optional.empty()))
                    .toList();
            int won = 0;
            for (Future<Boolean> publisher : pool.invokeAll(publishers)) {
                try {
                    won += publisher.get() ? 1 : 0;
                } catch (java.util.concurrent.ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(ConflictException.class);
                }
            }
            assertThat(won).isOne();
        } finally {
            pool.shutdownNow();
        }
        assertThat(registry.history().champions()).hasSize(1);
    }

    @Test
    void rejectedRunsAreCountedOnceEach() {
        accepted("a");
        registry.publish("a", false, Optional.empty());
        rejected("b");
        rejected("b");
        rejected("c");
        assertThat(registry.history().rejectedInARow()).isEqualTo(2);
        accepted("d");
        assertThat(registry.history().rejectedInARow()).isZero();
    }

    @Test
    void pruningKeepsTheNewestAndTheChampions() {
        for (String run : List.of("a", "b", "c", "d", "e")) {
            accepted(run);
            if (!run.equals("e")) {
                registry.publish(run, false, Optional.empty());
            }
        }
        registry.rollback(Optional.of("b"), Optional.empty(), Optional.empty());
        assertThat(registry.prune(1)).containsExactly("c", "d");
        assertThat(folder.resolve("versions/c")).doesNotExist();
        assertThat(registry.versions().holds("a")
                        && registry.versions().holds("b")
                        && registry.versions().holds("e"))
                .isTrue();
        assertThat(registry.prune(1)).isEmpty();
        assertThatThrownBy(() -> registry.resolve(Optional.of("c")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("pruned");
        assertThat(registry.resolve(Optional.empty())).isEqualTo("b");
    }

    @Test
    void aPruningThatWasKilledIsFinishedByTheNext() throws IOException {
        accepted("a");
        accepted("b");
        registry.prune(1);
        Path left = folder.resolve("versions/a");
        Files.createDirectories(left);
        registry.prune(1);
        assertThat(left).doesNotExist();
    }
}
