package io.github.sparklatent.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.cluster.storage.State.Verdict;
import io.github.sparklatent.cluster.storage.State.Version;
import io.github.sparklatent.learn.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a place, and the states that follow from each other. */
class LogTest {
    @TempDir
    Path folder;

    private Log log;

    @BeforeEach
    void open() throws IOException {
        org.apache.hadoop.fs.Path place = new org.apache.hadoop.fs.Path(folder.toUri());
        log = new Log(new HadoopStore(new Configuration(), place), place);
    }

    private static State after(State state, Event.Kind kind, String run) {
        Event event = new Event(
                kind,
                run,
                state.champion().orElse(null),
                true,
                List.of("because \"so\""),
                Map.of("gain", -1.5),
                "ada",
                "2026-01-02T03:04:05Z");
        return state.after(event, true, kind + run + state.number());
    }

    private static Version version(String run) {
        return new Version(run + ".0.1", Map.of("all", "1f", "model", "2e of " + run), "7-8-9", null, false);
    }

    private static State trained(State state, String run) {
        return after(state, Event.Kind.TRAIN, run).trained(run, version(run));
    }

    private static State published(State state, String run) {
        return after(trained(state, run), Event.Kind.PUBLISH, run).published(run);
    }

    @Test
    void aStateComesBackAsItWasWritten() {
        assertThat(log.newest()).isEqualTo(State.NONE);
        Verdict verdict = new Verdict("a", false, List.of("worse"), Map.of("low", -7.0), "1f");
        for (UnaryOperator<State> step : List.<UnaryOperator<State>>of(
                state -> trained(state, "a"),
                state -> after(state, Event.Kind.PUBLISH, "a").published("a"),
                state -> trained(state, "b"),
                state -> after(state, Event.Kind.COMPARE, "b").compared("b", verdict),
                state -> after(state, Event.Kind.ROLLBACK, "a").rolledBackTo("a"))) {
            State appended = log.append(newest -> Optional.of(step.apply(newest)));
            assertThat(log.newest()).isEqualTo(appended);
        }
        assertThat(log.all()).hasSize(5);
    }

    @Test
    void aRollbackHoldsTheChampionAndRemembersWhatItLeft() {
        State three = published(published(published(State.NONE, "a"), "b"), "c");
        assertThat(three.champions()).containsExactly("c", "b", "a");
        State back = after(three, Event.Kind.ROLLBACK, "a").rolledBackTo("a");
        assertThat(back.champion()).contains("a");
        assertThat(back.hold().runId()).isEqualTo("a");
        assertThat(back.rolledBack()).containsOnlyKeys("b", "c").containsEntry("c", "2e of c");
        assertThat(after(back, Event.Kind.RELEASE, "a").released().hold()).isNull();
        State again = after(back, Event.Kind.PUBLISH, "b").published("b");
        assertThat(again.champions()).containsExactly("b", "a");
        assertThat(again.rolledBack()).containsOnlyKeys("c");
        assertThat(again.hold()).as("a person has published").isNull();
        State first = after(three, Event.Kind.PUBLISH, "a").published("a");
        assertThat(first.champions()).as("no rollback leads to a again").containsExactly("a", "c", "b");
    }

    @Test
    void rejectedRunsAreCountedOnceEach() {
        State state = published(State.NONE, "a");
        Verdict worse = new Verdict("a", false, List.of("worse"), Map.of(), "1f");
        for (String run : List.of("b", "c")) {
            state = after(trained(state, run), Event.Kind.COMPARE, run).compared(run, worse);
            state = after(state, Event.Kind.COMPARE, run).compared(run, worse);
        }
        assertThat(state.rejected()).isEqualTo(2);
        state = after(trained(state, "d"), Event.Kind.COMPARE, "d")
                .compared("d", new Verdict("a", true, List.of(), Map.of(), "1f"));
        assertThat(state.rejected()).isZero();
    }

    @Test
    void anOutputKeepsItsResultAndTheOneBefore() {
        State state = State.NONE;
        for (String run : List.of("a", "b", "c")) {
            state = after(state, Event.Kind.RESULT, run).replaced(run, version(run));
        }
        assertThat(state.champions()).containsExactly("c", "b");
        assertThat(state.versions()).containsOnlyKeys("b", "c");
    }

    @Test
    void ofWritersAtOnceEachAppendsItsState() throws Exception {
        int writers = 8;
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<State>> all = IntStream.range(0, writers)
                    .<Callable<State>>mapToObj(i -> () -> log.append(state -> Optional.of(trained(state, "run-" + i))))
                    .toList();
            List<Long> numbers = new ArrayList<>();
            for (Future<State> state : pool.invokeAll(all)) {
                numbers.add(state.get().number());
            }
            assertThat(numbers).doesNotHaveDuplicates().hasSize(writers);
            assertThat(log.newest().versions()).hasSize(writers);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aDamagedEntryIsNamed() throws IOException {
        log.append(state -> Optional.of(trained(state, "a")));
        Path file = folder.resolve("log/00000001.json");
        String whole = Files.readString(file);
        for (String damaged : List.of(
                "",
                whole.replace("ada", "eve"),
                whole.substring(0, whole.length() - 1),
                whole + "\n",
                whole.substring(whole.indexOf('\n')))) {
            Files.writeString(file, damaged);
            assertThatThrownBy(() -> log.newest())
                    .as(damaged)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("00000001.json is damaged");
        }
        for (String changed :
                List.of("../../x,is damaged", "a.0.1,another version of spark-latent (its form is 2, expected 1)")) {
            String[] parts = changed.split(",", 2);
            String line = whole.lines().findFirst().orElseThrow().replace("a.0.1", parts[0]);
            line = parts[0].equals("a.0.1") ? line.replace("\"form\":1", "\"form\":2") : line;
            CRC32C checksum = new CRC32C();
            checksum.update(line.getBytes(StandardCharsets.UTF_8));
            Files.writeString(file, line + "\n%08x\n".formatted(checksum.getValue()));
            assertThatThrownBy(() -> log.newest())
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(parts[1]);
        }
        Files.writeString(folder.resolve("log/00000002.json"), whole);
        assertThatThrownBy(() -> log.newest()).isInstanceOf(DataException.class).hasMessageContaining("it is entry 1");
    }
}
