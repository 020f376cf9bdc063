package io.github.sparklatent.app.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.cluster.storage.FaultyFiles;
import io.github.sparklatent.cluster.storage.ObjectStore;
import io.github.sparklatent.config.OutputMode;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.core.ResultLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A result that is replaced by each way of a commit, with a fault at each of its calls. */
class PublicationTest {
    private final Configuration hadoop = ObjectStore.configuration();

    @TempDir
    Path folder;

    @AfterEach
    void noMoreFaults() {
        FaultyFiles.failNever();
    }

    private OutputDirectory output(String scheme, Path parent, boolean versioned) {
        String path = scheme + "://" + parent + "/out";
        return new OutputDirectory(hadoop, path, OutputMode.OVERWRITE, versioned);
    }

    private static void write(OutputDirectory output, String content) {
        try (output) {
            output.lock("app");
            output.requireUsable();
            output.write(directory -> {
                output.text(new org.apache.hadoop.fs.Path(directory, "a/part"), content);
                output.text(new org.apache.hadoop.fs.Path(directory, "file"), content);
            });
        }
    }

    /** Returns what a reader finds in both files of the result. */
    private String read(String scheme, Path parent) throws IOException {
        org.apache.hadoop.fs.Path result =
                ResultLocation.current(hadoop, new org.apache.hadoop.fs.Path(scheme + "://" + parent + "/out"));
        Path directory = Path.of(result.toUri().getPath());
        String content = Files.readString(directory.resolve("file"));
        assertThat(directory.resolve("a/part")).content().isEqualTo(content);
        assertThat(directory.resolve("_SUCCESS")).content().startsWith("spark-latent ");
        return content;
    }

    private static List<String> names(Path directory) {
        return Arrays.stream(Objects.requireNonNull(directory.toFile().list()))
                .sorted()
                .toList();
    }

    /** Lets the lock belong to a process that has ended. */
    private static void bury(Path parent) throws IOException {
        Path lock = parent.resolve(".out.lock");
        if (Files.exists(lock)) {
            String text = Files.readString(lock);
            Files.writeString(lock, text.replaceAll("birth=(.*)/.*", "birth=$1/another"));
        }
    }

    /** How a write ended during which a call was to fail. */
    private enum Ended {
        WITHOUT_FAULT,
        IN_SPITE_OF_FAULT,
        BY_FAULT
    }

    private static Ended write(OutputDirectory output, int call, boolean dies) {
        FaultyFiles.failAt(call, dies);
        Ended ended = Ended.IN_SPITE_OF_FAULT;
        try {
            write(output, "new");
        } catch (RuntimeException e) {
            assertThat(e).hasStackTraceContaining(FaultyFiles.FAULT);
            ended = Ended.BY_FAULT;
        }
        return FaultyFiles.failNever() ? ended : Ended.WITHOUT_FAULT;
    }

    /** The successor writes where this run wrote, so nothing there may be deleted. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRunThatLostItsLockDeletesNothing(boolean fails) throws IOException {
        try (OutputDirectory output = output("objects", folder, false)) {
            output.lock("app");
            assertThatThrownBy(() -> output.write(directory -> {
                        output.text(new org.apache.hadoop.fs.Path(directory, "file"), "of the successor");
                        takeOver(folder);
                        if (fails) {
                            throw new IllegalStateException("failed");
                        }
                    }))
                    .hasStackTraceContaining(fails ? "failed" : "has lost the lock");
            assertThat(folder.resolve("out/file")).content().isEqualTo("of the successor");
            assertThat(output.isHeld()).isFalse();
        }
        assertThat(names(folder)).containsExactly(".out.lock", "out");
    }

    private static void takeOver(Path parent) {
        Path lock = parent.resolve(".out.lock");
        try {
            Files.writeString(lock, Files.readString(lock).replaceAll("run=.*", "run=another"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "faulty, false, true",
        "faulty, false, false",
        "faulty, true, true",
        "faulty, true, false",
        "objects, true, true",
        "objects, true, false"
    })
    void aFaultAtAnyCallLeavesTheOldOrTheNewResult(String scheme, boolean versioned, boolean dies) throws IOException {
        int call = 0;
        Ended ended = Ended.BY_FAULT;
        while (ended != Ended.WITHOUT_FAULT) {
            call++;
            Path parent = folder.resolve(String.valueOf(call));
            write(output(scheme, parent, versioned), "old");
            ended = write(output(scheme, parent, versioned), call, dies);
            String before = read(scheme, parent);
            assertThat(before)
                    .as("call %d", call)
                    .isIn(ended == Ended.BY_FAULT ? List.of("old", "new") : List.of("new"));
            bury(parent);
            write(output(scheme, parent, versioned), "next");
            assertThat(read(scheme, parent)).isEqualTo("next");
            assertThat(names(parent)).as("call %d", call).containsExactly("out");
            if (versioned) {
                assertThat(names(parent.resolve("out"))).containsExactly("log", "versions");
                assertThat(names(parent.resolve("out/versions"))).hasSize(before.equals("old") ? 2 : 3);
            } else {
                assertThat(names(parent.resolve("out"))).containsExactly("_SUCCESS", "a", "file");
            }
        }
        assertThat(call).isGreaterThan(10);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aFaultAtAnyCallLeavesTheFirstResultOfAnObjectStoreOrNone(boolean dies) throws IOException {
        int call = 0;
        Ended ended = Ended.BY_FAULT;
        while (ended != Ended.WITHOUT_FAULT) {
            call++;
            Path parent = folder.resolve(String.valueOf(call));
            Files.createDirectories(parent);
            ended = write(output("objects", parent, false), call, dies);
            bury(parent);
            OutputDirectory next = output("objects", parent, false);
            if (Files.exists(parent.resolve("out/_SUCCESS"))) {
                assertThat(read("objects", parent)).isEqualTo("new");
                assertThatThrownBy(() -> write(next, "next"))
                        .isInstanceOf(UsageException.class)
                        .hasMessageContaining("set output.versioned = true and a new path");
            } else {
                assertThat(ended).as("call %d", call).isEqualTo(Ended.BY_FAULT);
                write(next, "next");
                assertThat(read("objects", parent)).isEqualTo("next");
                assertThat(names(parent)).containsExactly("out");
                assertThat(names(parent.resolve("out"))).containsExactly("_SUCCESS", "a", "file");
            }
        }
        assertThat(call).isGreaterThan(5);
    }

    @Test
    void anIncompleteResultIsNotRead() throws IOException {
        output("objects", folder, false)
                .write(directory -> assertThatThrownBy(() -> read("objects", folder))
                        .isInstanceOf(DataException.class)
                        .hasMessageContaining("is incomplete: its run"));
    }

    @Test
    void plainAndVersionedResultsDoNotMix() {
        write(output("faulty", folder.resolve("plain"), false), "plain");
        assertThatThrownBy(() -> write(output("faulty", folder.resolve("plain"), true), "new"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is a result without versions");
        write(output("faulty", folder.resolve("versions"), true), "first");
        assertThatThrownBy(() -> write(output("faulty", folder.resolve("versions"), false), "new"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("has versions of a result; set output.versioned = true");
    }

    @Test
    void theLogLeadsToNoOtherDirectory() throws IOException {
        write(output("faulty", folder, true), "first");
        assertThatThrownBy(() -> ResultLocation.run(
                        new io.github.sparklatent.cluster.storage.CommitLog.Entry(1, "{\"run\": \"../../secret\"}"),
                        new org.apache.hadoop.fs.Path("out")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("names no run");
    }
}
