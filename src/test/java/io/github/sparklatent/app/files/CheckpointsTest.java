package io.github.sparklatent.app.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.Mutations;
import io.github.sparklatent.cluster.storage.FaultyFiles;
import io.github.sparklatent.cluster.storage.HadoopStore;
import io.github.sparklatent.cluster.storage.ObjectStore;
import io.github.sparklatent.learn.StateType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    private java.nio.file.Path folder;

    /** A state of as many rounds. */
    record State(int rounds) {}

    private static Checkpoints<State> checkpoints(String path, String run) throws IOException {
        Configuration hadoop = ObjectStore.configuration();
        Path directory = new Path(path);
        return new Checkpoints<>(
                new HadoopStore(hadoop, directory),
                directory,
                run,
                1,
                StateType.of(State.class),
                state -> state.rounds() + " rounds");
    }

    @Test
    void anotherRunContinuesAndDeletesItsOwn() throws IOException {
        String path = folder.resolve("state").toString();
        Checkpoints<State> first = checkpoints(path, "a.0.1");
        assertThat(first.resume()).isEmpty();
        first.afterRound(new State(1));
        first.afterRound(new State(2));
        Checkpoints<State> second = checkpoints(path, "a.0.2");
        assertThat(second.resume()).contains(new State(2));
        second.afterRound(new State(3));
        assertThat(second.status()).contains("holds 3 rounds; the same command continues from there");
        assertThat(checkpoints(path, "a.0.3").resume()).contains(new State(3));
        second.delete();
        assertThat(folder.resolve("state").toFile().list())
                .containsExactlyInAnyOrder("00000001.a.0.1", "00000002.a.0.1");
    }

    @Test
    void aRunKeepsItsTwoNewest() throws IOException {
        String path = folder.resolve("state").toString();
        for (String run : List.of("a.0.1", "b.0.2")) {
            Checkpoints<State> checkpoints = checkpoints(path, run);
            for (int round = 1; round <= 4; round++) {
                checkpoints.afterRound(new State(round));
            }
        }
        assertThat(folder.resolve("state").toFile().list())
                .containsExactlyInAnyOrder("00000003.a.0.1", "00000004.a.0.1", "00000003.b.0.2", "00000004.b.0.2");
    }

    /** The one before it is used. */
    @Test
    void aFileThatIsNotWholeIsNotUsed() throws IOException {
        checkpoints(folder.toString(), "a.0.1").afterRound(new State(7));
        Checkpoints<State> second = checkpoints(folder.toString(), "b.0.2");
        second.resume();
        second.afterRound(new State(8));
        java.nio.file.Path file = folder.resolve("00000002.b.0.2");
        byte[] whole = Files.readAllBytes(file);
        Mutations mutations = new Mutations();
        for (int i = 0; i < Mutations.count(); i++) {
            Files.write(file, mutations.of(whole));
            assertThat(checkpoints(folder.toString(), "c").resume())
                    .as("mutation %d", i)
                    .contains(new State(7));
        }
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(checkpoints(folder.toString(), "c").resume())
                    .as("%d bytes", length)
                    .contains(new State(7));
        }
        Files.write(file, whole);
        assertThat(checkpoints(folder.toString(), "c").resume()).contains(new State(8));
    }

    /** The storage fails for a while, and then for good. */
    @Test
    void threeFailuresInARowEndTheTraining() throws IOException {
        String path = "faulty://" + folder + "/checkpoint";
        Checkpoints<State> checkpoints = checkpoints(path, "1");
        checkpoints.resume();
        checkpoints.afterRound(new State(1));
        try {
            for (int failures = 0; failures < 2; failures++) {
                FaultyFiles.failAt(1, false);
                checkpoints.afterRound(new State(2));
            }
            checkpoints.afterRound(new State(3));
            FaultyFiles.failAt(1, true);
            checkpoints.afterRound(new State(4));
            checkpoints.afterRound(new State(5));
            assertThatThrownBy(() -> checkpoints.afterRound(new State(6)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("cannot be written: injected fault")
                    .hasMessageContaining("3 checkpoints in a row could not be written")
                    .hasMessageContaining("holds 3 rounds; the same command continues from there");
        } finally {
            FaultyFiles.failNever();
        }
        assertThat(checkpoints(path, "1").resume()).contains(new State(3));
    }
}
