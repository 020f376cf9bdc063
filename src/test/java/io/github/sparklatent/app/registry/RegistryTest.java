package io.github.sparklatent.app.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.app.registry.Entry.Kind;
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

/** The log of a registry, and the champion that follows from it. */
class RegistryTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

    @TempDir Path folder;
    private Registry registry;

    @BeforeEach
    void open() {
        registry = open(folder);
    }

    private static Registry open(Path folder) {
        return new Registry(new Configuration(), folder.toString(), CLOCK);
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
        registry.compared(
                run, registry.history().champion(), false, List.of("worse"), Map.of("gain", -1.0));
    }

    @Test
    void anEntryComesBackAsItWasWritten() {
        Entry entry =
                new Entry(
                        7,
                        Kind.COMPARE,
                        "a",
                        Optional.of("b"),
                        false,
                        List.of("worse \"by far\""),
                        Map.of("gain", -1.5),
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
            assertThat(registry.publish(run, false)).isTrue();
            assertThat(registry.publish(run, false)).isFalse();
        }
        assertThat(registry.history().champions()).containsExactly("c", "b", "a");
        assertThat(registry.rollback(Optional.empty())).isEqualTo("b");
        assertThat(registry.history().previous()).contains("a");
        assertThat(registry.rollback(Optional.of("a"))).isEqualTo("a");
        assertThat(registry.rollback(Optional.of("a"))).isEqualTo("a");
        assertThatThrownBy(() -> registry.rollback(Optional.empty()))
                .isInstanceOf(UsageException.class);
        assertThat(open(folder).history()).isEqualTo(registry.history());
    }

    @Test
    void aDecisionHoldsForOneChampionOnly() {
        accepted("a");
        accepted("b"); // both were compared with no champion
        registry.publish("a", false);
        assertThatThrownBy(() -> registry.publish("b", false))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("compare it again");
        assertThatThrownBy(
                        () -> registry.compared("b", Optional.empty(), true, List.of(), Map.of()))
                .isInstanceOf(ConflictException.class);
        rejected("c");
        assertThatThrownBy(() -> registry.publish("c", false))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("worse");
        assertThat(registry.publish("c", true)).isTrue();
        assertThat(registry.history().newest(Kind.PUBLISH, "c").orElseThrow().reasons())
                .containsExactly("forced");
    }

    @Test
    void aVersionThatWasRolledBackComesBackByForceOnly() {
        for (String run : List.of("a", "b")) {
            accepted(run);
            registry.publish(run, false);
        }
        registry.rollback(Optional.empty());
        assertThatThrownBy(() -> registry.publish("b", false))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("was published before");
        assertThatThrownBy(() -> registry.rollback(Optional.of("b")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--force");
        assertThat(registry.publish("b", true)).isTrue();
    }

    @Test
    void ofPublishersAtOnceOneWins() throws Exception {
        int writers = 8;
        IntStream.range(0, writers).forEach(i -> accepted("run-" + i));
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<Boolean>> publishers =
                    IntStream.range(0, writers)
                            .<Callable<Boolean>>mapToObj(
                                    i -> () -> open(folder).publish("run-" + i, false))
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
        registry.publish("a", false);
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
                registry.publish(run, false);
            }
        }
        registry.rollback(Optional.of("b"));
        assertThat(registry.prune(1)).containsExactly("c", "d");
        assertThat(folder.resolve("versions/c")).doesNotExist();
        assertThat(registry.holds("a") && registry.holds("b") && registry.holds("e")).isTrue();
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
