package io.github.sparklatent.app.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.cluster.storage.AtomicFiles;
import io.github.sparklatent.cluster.storage.CommitLog;
import io.github.sparklatent.cluster.storage.FaultyFiles;
import io.github.sparklatent.cluster.storage.HeldException;
import io.github.sparklatent.cluster.storage.ObjectStore;
import io.github.sparklatent.config.OutputMode;
import io.github.sparklatent.config.ResultExistsException;
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
    /** The moment of a suspension is after the last question. */
    private static final Publication.Held HELD = () -> {};

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
    private static void bury(Path parent) {
        Path lock = parent.resolve(".out.lock");
        try {
            if (Files.exists(lock)) {
                String text = Files.readString(lock);
                Files.writeString(lock, text.replaceAll("birth=(.*)/.*", "birth=$1/another"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    /** A run is suspended while it writes; another takes its lock over and publishes a result. */
    @ParameterizedTest
    @ValueSource(strings = {"faulty", "objects"})
    void aRunThatLostItsLockEndsWithoutAResult(String scheme) throws IOException {
        OutputDirectory suspended = output(scheme, folder, false);
        assertThatThrownBy(() -> suspended.write(directory -> {
                    suspended.text(new org.apache.hadoop.fs.Path(directory, "file"), "late");
                    bury(folder);
                    write(output(scheme, folder, false), "of the successor");
                }))
                .hasStackTraceContaining("lost the lock");
        assertThat(read(scheme, folder)).isEqualTo("of the successor");
        assertThat(names(folder)).containsExactly("out");
        assertThat(new String(Files.readAllBytes(
                        folder.resolve("out").resolve(scheme.equals("objects") ? "log/00000001.json" : "file"))))
                .doesNotContain("late");
    }

    /** The lock was asked for just before the suspension: the last step itself is refused. */
    @ParameterizedTest
    @CsvSource({"faulty, false", "objects, false", "faulty, true"})
    void theStepThatPublishesIsRefusedAfterASuccessor(String scheme, boolean versioned) throws IOException {
        write(output(scheme, folder, versioned), "old");
        Publication suspended = publication(scheme, versioned, "suspended");
        suspended.recover(HELD);
        fill(suspended, "late");
        Publication successor = publication(scheme, versioned, "successor");
        successor.recover(HELD);
        fill(successor, "new");
        successor.commit(HELD);
        assertThatThrownBy(() -> suspended.commit(HELD))
                .isInstanceOf(HeldException.class)
                .hasMessageStartingWith("another run has taken the output over");
        suspended.abandon();
        assertThat(read(scheme, folder)).isEqualTo("new");
        successor.clean();
        assertThat(names(folder)).containsExactly("out");
    }

    private Publication publication(String scheme, boolean versioned, String run) throws IOException {
        var target = new org.apache.hadoop.fs.Path(scheme + "://" + folder + "/out");
        var place = new Publication.Place(new AtomicFiles(hadoop, target), target, "out", run);
        return versioned || scheme.equals("objects")
                ? new VersionedResult(place, hadoop, versioned, true)
                : new RenamedResult(place, true);
    }

    private static void fill(Publication publication, String content) throws IOException {
        publication.begin();
        Path directory = Path.of(publication.directory().toUri().getPath());
        Files.createDirectories(directory.resolve("a"));
        Files.writeString(directory.resolve("a/part"), content);
        Files.writeString(directory.resolve("file"), content);
        Files.writeString(directory.resolve("_SUCCESS"), Publication.MARK + "\nrun " + publication.place.run());
    }

    @ParameterizedTest
    @CsvSource({
        "faulty, false, true",
        "faulty, false, false",
        "faulty, true, true",
        "faulty, true, false",
        "objects, true, true",
        "objects, true, false",
        "objects, false, true",
        "objects, false, false"
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
            if (versioned || scheme.equals("objects")) {
                assertThat(names(parent.resolve("out"))).containsExactly("log", "versions");
                assertThat(names(parent.resolve("out/versions"))).hasSize(!versioned || before.equals("old") ? 2 : 3);
            } else {
                assertThat(names(parent.resolve("out"))).containsExactly("_SUCCESS", "a", "file");
            }
        }
        assertThat(call).isGreaterThan(10);
    }

    @Test
    void anObjectStoreReplacesAResultOnlyIfAsked() throws IOException {
        write(output("objects", folder, false), "old");
        OutputDirectory other = new OutputDirectory(hadoop, "objects://" + folder + "/out", OutputMode.ERROR, false);
        assertThatThrownBy(() -> write(other, "new"))
                .isInstanceOf(ResultExistsException.class)
                .hasMessageEndingWith("/out\" exists; set output.overwrite = true to replace it, or set another path");
        assertThat(read("objects", folder)).isEqualTo("old");
    }

    @Test
    void directoriesOfOthersAndKeptVersionsStay() throws IOException {
        Files.createDirectories(folder.resolve("out/versions/1.2"));
        assertThatThrownBy(output("objects", folder, false)::requireUsable)
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("that spark-latent did not write");
        Path other = folder.resolve("other");
        for (int i = 0; i < 3; i++) {
            write(output("objects", other, true), "kept");
        }
        for (int i = 0; i < 3; i++) {
            write(output("objects", other, false), "replaced");
        }
        assertThat(names(other.resolve("out/versions"))).hasSize(5);
    }

    @Test
    void aRegistryIsNoOutput() throws IOException {
        Files.createDirectories(folder.resolve("out/versions"));
        new CommitLog(hadoop, new org.apache.hadoop.fs.Path(folder + "/out/log")).append(1, "{\"kind\": \"train\"}");
        for (boolean versioned : new boolean[] {true, false}) {
            assertThatThrownBy(output("objects", folder, versioned)::requireUsable)
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("contains the log of something else");
        }
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
                        new CommitLog.Entry(1, "{\"run\": \"../../secret\"}"), new org.apache.hadoop.fs.Path("out")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("names no run");
    }
}
