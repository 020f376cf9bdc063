package io.github.sparklatent.app.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.cluster.storage.FaultyFiles;
import io.github.sparklatent.cluster.storage.ObjectStore;
import io.github.sparklatent.config.CheckpointSection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.StateType;
import io.github.sparklatent.ml.core.TrainingIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    private java.nio.file.Path folder;

    /** Root may read everything, so it takes a file system that refuses. */
    public static final class Closed extends RawLocalFileSystem {
        @Override
        public FSDataInputStream open(Path file, int bufferSize) throws IOException {
            throw new AccessControlException("Permission denied: user=me");
        }
    }

    /** A state of as many rounds. */
    record State(int rounds) {}

    private static Checkpoints<State> checkpoints(String path, String seed) {
        TrainingIdentity identity = new TrainingIdentity(new TreeMap<>(Map.of("train.seed", seed)));
        return new Checkpoints<>(
                ObjectStore.configuration(),
                path,
                1,
                identity,
                StateType.of(State.class),
                state -> state.rounds() + " rounds");
    }

    @Test
    void theCheckpointOfAnotherTrainingStays() {
        String path = folder.resolve("checkpoint").toString();
        checkpoints(path, "1").afterRound(new State(3));
        Checkpoints<State> second = checkpoints(path, "2");
        assertThat(second.resume()).isEmpty();
        second.afterRound(new State(5));
        assertThat(second.status()).contains("checkpoint-").contains("5 rounds");
        assertThat(checkpoints(path, "1").resume()).contains(new State(3));
        assertThat(checkpoints(path, "2").resume()).contains(new State(5));
        second.delete();
        assertThat(folder.toFile().list()).containsExactly("checkpoint");
        Checkpoints<State> first = checkpoints(path, "1");
        first.resume();
        first.delete();
        assertThat(folder).isEmptyDirectory();
    }

    /** The storage fails for a while, and then for good. */
    @Test
    void threeFailuresInARowEndTheTraining() {
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

    /** It is a place that the configuration names, not the data. */
    @Test
    void aCheckpointThatCannotBeReadIsAnErrorOfUse() throws IOException {
        String path =
                Files.writeString(folder.resolve("checkpoint"), "something").toString();
        Configuration hadoop = new Configuration();
        hadoop.set("fs.file.impl", Closed.class.getName());
        hadoop.setBoolean("fs.file.impl.disable.cache", true);
        CheckpointSection section = new CheckpointSection(5, Optional.of(path));
        assertThatThrownBy(() -> Checkpoints.requireUsable(hadoop, section))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "train.checkpoint.path \"%s\" cannot be reached: Permission denied: user=me".formatted(path));
    }
}
