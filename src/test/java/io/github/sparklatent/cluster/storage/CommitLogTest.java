package io.github.sparklatent.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.cluster.storage.CommitLog.Entry;
import io.github.sparklatent.learn.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitLogTest {
    private static final int ENTRIES = 100;

    @TempDir
    Path folder;

    private CommitLog log() {
        return new CommitLog(new Configuration(), new org.apache.hadoop.fs.Path(folder + "/log"));
    }

    private CommitLog log(String scheme) {
        return new CommitLog(
                ObjectStore.configuration(), new org.apache.hadoop.fs.Path(scheme + "://" + folder + "/log"));
    }

    private Path file(int number) {
        return folder.resolve("log/%08d.json".formatted(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", ObjectStore.SCHEME})
    void anEntryIsWrittenOnceAndReadAsItWas(String scheme) {
        CommitLog log = log(scheme);
        assertThat(log.entries()).isEmpty();
        assertThat(log.newest()).isEmpty();
        String text = "{\"alias\": \"größte\",\n \"of\": 1}\n";
        assertThat(log.append(1, text)).isTrue();
        assertThat(log.append(1, "another")).isFalse();
        assertThat(log.append(2, "")).isTrue();
        assertThat(log.entries()).containsExactly(new Entry(1, text), new Entry(2, ""));
        assertThat(log.newest()).contains(new Entry(2, ""));
        assertThat(folder.resolve("log").toFile().list()).containsExactlyInAnyOrder("00000001.json", "00000002.json");
    }

    /** The main method of the second process and of each thread. */
    public static void main(String[] arguments) {
        CommitLog log = new CommitLog(ObjectStore.configuration(), new org.apache.hadoop.fs.Path(arguments[0]));
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            String text = arguments[1] + " " + i;
            long number = log.newest().map(Entry::number).orElse(0L) + 1;
            while (!log.append(number, text)) {
                number++;
            }
        }
    }

    private static List<String> texts(String writer, int entries) {
        return IntStream.range(0, entries).mapToObj(i -> writer + " " + i).toList();
    }

    @Test
    void twoProcessesLoseNoEntry() throws IOException, InterruptedException {
        String directory = folder.resolve("log").toUri().toString();
        List<Process> processes = new ArrayList<>();
        for (String writer : List.of("first", "second")) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            CommitLogTest.class.getName(),
                            directory,
                            writer,
                            Integer.toString(ENTRIES))
                    .inheritIO()
                    .start());
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        List<String> texts = log().entries().stream().map(Entry::text).toList();
        List<String> expected = new ArrayList<>(texts("first", ENTRIES));
        expected.addAll(texts("second", ENTRIES));
        assertThat(texts).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(folder.resolve("log").toFile().list()).hasSize(2 * ENTRIES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", ObjectStore.SCHEME})
    void eightThreadsLoseNoEntry(String scheme) throws InterruptedException, ExecutionException {
        String directory = scheme + "://" + folder + "/log";
        List<String> expected = new ArrayList<>();
        List<Future<?>> all = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int i = 0; i < 8; i++) {
                String writer = "writer " + i;
                expected.addAll(texts(writer, 25));
                all.add(threads.submit(() -> main(new String[] {directory, writer, "25"})));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(log(scheme).entries().stream().map(Entry::text)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void theLoserComputesItsEntryAgain() {
        CommitLog log = log();
        Optional<Entry> entry = log.append(before -> {
            if (before.isEmpty()) {
                log.append(1, "quick");
            }
            return Optional.of("after " + before.size());
        });
        assertThat(entry).contains(new Entry(2, "after 1"));
        assertThat(log.append(before -> Optional.empty())).isEmpty();
    }

    @Test
    void damagedEntriesAreNamed() throws IOException {
        for (int number = 1; number <= 3; number++) {
            log().append(number, "entry " + number);
        }
        String whole = Files.readString(file(2));
        for (String bad : List.of(
                "",
                "\n",
                "entry 2",
                whole.substring(0, whole.length() - 1),
                whole.replace("entry 2", "entry X"),
                whole.replace("\"entry\": 2", "\"entry\": 3"),
                whole + whole,
                "x".repeat(CommitLogFormat.MAX_BYTES + 1))) {
            Files.writeString(file(2), bad);
            assertThatThrownBy(log()::entries)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("00000002.json\" of a commit log is damaged: ");
            assertThat(log().newest()).contains(new Entry(3, "entry 3"));
        }
        Files.delete(file(2));
        assertThatThrownBy(log()::newest)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has entry 3 but no entry 2");
    }

    @Test
    void anEntryWithoutItsPredecessorOrTooLongIsRefused() {
        assertThatThrownBy(() -> log().append(2, "early"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the entry before it is missing");
        assertThatThrownBy(() -> log().append(1, "x".repeat(CommitLogFormat.MAX_BYTES)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 1048576 are allowed");
    }

    @Test
    void temporaryFilesOfKilledWritersAreRemoved() throws IOException {
        Files.createDirectories(folder.resolve("log"));
        Path old = Files.writeString(folder.resolve("log/.00000001.json.a.writing"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path recent = Files.writeString(folder.resolve("log/.00000001.json.b.writing"), "half");
        log().append(1, "text");
        assertThat(old).doesNotExist();
        assertThat(recent).exists();
        assertThat(log().entries()).hasSize(1);
    }

    private static List<String> texts(CommitLog log) {
        return log.entries().stream().map(Entry::text).toList();
    }

    private void fill(CommitLog log, int from, int to) {
        for (int number = from; number <= to; number++) {
            assertThat(log.append(number, "entry " + number)).isTrue();
        }
    }

    private static List<String> expected(int entries) {
        return IntStream.rangeClosed(1, entries).mapToObj(i -> "entry " + i).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", ObjectStore.SCHEME})
    void oldEntriesAreCompacted(String scheme) {
        CommitLog early = log(scheme);
        CommitLog log = log(scheme);
        fill(log, 1, 150);
        assertThat(early.entries()).hasSize(150);
        fill(log, 151, 305);
        List<String> names = new ArrayList<>(List.of("00000001-00000100.json", "00000101-00000200.json"));
        IntStream.rangeClosed(201, 305).mapToObj("%08d.json"::formatted).forEach(names::add);
        assertThat(folder.resolve("log").toFile().list()).containsExactlyInAnyOrderElementsOf(names);
        for (CommitLog reader : List.of(early, log, log(scheme))) {
            assertThat(texts(reader)).isEqualTo(expected(305));
            assertThat(reader.newest()).contains(new Entry(305, "entry 305"));
        }
    }

    @Test
    void aWriterThatSleepsForHundredsOfEntriesHasLost() throws IOException {
        CommitLog log = log();
        fill(log, 1, 201);
        assertThat(log.append(57, "late")).isFalse();
        assertThat(file(57)).doesNotExist();
        Files.writeString(file(58), "of a writer that was killed when it woke");
        assertThat(texts(log())).isEqualTo(expected(201));
        fill(log, 202, 202);
        assertThat(file(58)).doesNotExist();
    }

    @Test
    void compactedEntriesAreChecked() throws IOException {
        fill(log(), 1, 201);
        Path compacted = folder.resolve("log/00000001-00000100.json");
        String whole = Files.readString(compacted);
        for (String bad : List.of(
                "",
                "[]",
                "null",
                "[null]",
                whole.substring(0, whole.length() / 2),
                "{}",
                whole.replace("entry 7\\n", "entry 8\\n"))) {
            Files.writeString(compacted, bad);
            assertThatThrownBy(log()::entries)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("of a commit log is damaged: ");
            assertThat(log().newest()).contains(new Entry(201, "entry 201"));
        }
        Files.delete(compacted);
        assertThatThrownBy(log()::entries).hasMessageContaining("has entry 201 but no entry 1;");
    }

    @Test
    void singleFilesStayUntilTheCompactedOneIsWhole() throws IOException {
        fill(log(), 1, 200);
        Path compacted = folder.resolve("log/00000001-00000100.json");
        Files.writeString(compacted, "[");
        fill(log(), 201, 201);
        assertThat(texts(log())).isEqualTo(expected(201));
        assertThat(file(100)).exists();
        Files.delete(compacted);
        fill(log(), 202, 202);
        assertThat(file(100)).doesNotExist();
        assertThat(texts(log())).isEqualTo(expected(202));
    }

    @Test
    void whatOnlyLooksLikeAnEntryEndsNoReaderInALoop() throws IOException {
        fill(log(), 1, 2);
        Files.createFile(folder.resolve("log/00000001-00000050.json"));
        assertThat(texts(log())).isEqualTo(expected(2));
        Files.createDirectory(file(3));
        Files.writeString(file(4), "later");
        assertThatThrownBy(log()::entries).hasMessageContaining("has entry 4 but no entry 3");
    }

    @Test
    void aFaultWhileEntriesAreCompactedLosesNone() {
        int call = 0;
        boolean failed = true;
        while (failed) {
            call += 29; // there are more than two hundred calls
            var directory = new org.apache.hadoop.fs.Path(FaultyFiles.SCHEME + "://" + folder + "/log-" + call);
            CommitLog log = new CommitLog(ObjectStore.configuration(), directory);
            fill(log, 1, 200);
            FaultyFiles.failAt(call, true);
            try {
                log.append(201, "entry 201");
            } catch (UncheckedIOException e) {
                assertThat(e).hasMessageContaining("cannot be written");
            }
            failed = FaultyFiles.failNever();
            assertThat(texts(log)).isIn(expected(200), expected(201));
            log.append(201, "entry 201");
            fill(log, 202, 202);
            assertThat(texts(log)).isEqualTo(expected(202));
            assertThat(folder.resolve("log-" + call).toFile().list()).hasSize(1 + 102);
        }
        assertThat(call).isGreaterThan(100);
    }
}
