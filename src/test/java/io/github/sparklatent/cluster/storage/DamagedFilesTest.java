package io.github.sparklatent.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.Mutations;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged file is refused in a sentence, or it says what it said before. */
class DamagedFilesTest {
    private static final Configuration HADOOP = new Configuration();
    private static final State STATE = new State(
            12,
            new double[] {1, -2.5, 1e-3},
            new float[] {3, 4},
            new DMatrixRMaj(2, 2, true, 1, 2, 3, 4),
            List.of("a", "b"),
            new TreeMap<>(java.util.Map.of("train.seed", "1")));

    @TempDir
    private Path folder;

    /** A state with a component of each kind. */
    record State(
            int rounds,
            double[] values,
            float[] weights,
            DMatrixRMaj matrix,
            List<String> names,
            SortedMap<String, String> identity) {
        State {
            if (rounds < 0) {
                throw new IllegalArgumentException("rounds is negative");
            }
        }
    }

    /** Only the newest entries can disappear, because no later entry names their number. */
    @Test
    void aDamagedLogIsRefusedOrEndsEarlier() throws IOException {
        Path whole = folder.resolve("whole");
        CommitLog log = new CommitLog(HADOOP, hadoop(whole));
        for (int i = 1; i <= 5; i++) {
            log.append(i, "{\n  \"kind\" : \"publish\",\n  \"number\" : " + 1.5 * i + "\n}");
        }
        List<CommitLog.Entry> entries = log.entries();
        Mutations mutations = new Mutations();
        Path damaged = folder.resolve("damaged");
        int refused = 0;
        for (int i = 0; i < Mutations.count(); i++) {
            Mutations.copy(whole, damaged);
            String done = mutations.damage(Mutations.files(damaged));
            try {
                List<CommitLog.Entry> found = new CommitLog(HADOOP, hadoop(damaged)).entries();
                assertThat(entries).as(done).startsWith(found.toArray(CommitLog.Entry[]::new));
                assertThat(found.size()).as(done).isGreaterThanOrEqualTo(entries.size() - 1);
            } catch (DataException e) {
                assertThat(e).as(done).hasMessageContaining("commit log");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(Mutations.count() / 2);
    }

    @Test
    void aDamagedCheckpointIsRefused() throws IOException {
        Path file = folder.resolve("checkpoint");
        byte[] content = StateCodec.encode(STATE);
        CheckpointFile checkpoint = new CheckpointFile(HADOOP, file.toString(), CheckpointFolder.PIECE);
        CheckpointFolder.write(checkpoint, content);
        byte[] whole = Files.readAllBytes(file);
        Mutations mutations = new Mutations();
        for (int i = 0; i < Mutations.count(); i++) {
            byte[] damaged = mutations.of(whole);
            Files.write(file, damaged);
            assertThatThrownBy(() -> CheckpointFolder.read(checkpoint))
                    .as("mutation %d", i)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("checkpoint");
        }
    }

    /** A content with a right checksum can come from anywhere. */
    @Test
    void aDamagedStateIsRefusedOrWhole() {
        byte[] whole = StateCodec.encode(STATE);
        Mutations mutations = new Mutations();
        for (int i = 0; i < Mutations.count(); i++) {
            byte[] damaged = mutations.of(whole);
            try {
                State found = StateCodec.decode(damaged, State.class);
                assertThat(found.rounds()).as("mutation %d", i).isNotNegative();
                assertThat(found.matrix().data)
                        .as("mutation %d", i)
                        .hasSize(found.matrix().numRows * found.matrix().numCols);
            } catch (DataException e) {
                assertThat(e).as("mutation %d", i).hasMessageContaining("saved training state");
            }
        }
    }

    /** A piece that says that it has 2 GiB, or one byte more than a piece can have. */
    @Test
    void aWrongLengthAllocatesNothing() throws IOException {
        Path file = folder.resolve("checkpoint");
        CheckpointFile checkpoint = new CheckpointFile(HADOOP, file.toString());
        CheckpointFolder.write(checkpoint, new byte[100]);
        byte[] bytes = Files.readAllBytes(file);
        for (int length : new int[] {Integer.MAX_VALUE, CheckpointFormat.MAX_PIECE + 1, -1}) {
            ByteBuffer.wrap(bytes).putInt(Long.BYTES, length);
            Files.write(file, bytes);
            assertThatThrownBy(() -> CheckpointFolder.read(checkpoint))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("is damaged: a piece has %d bytes, expected 0 to 1048576", length);
        }
    }

    private static org.apache.hadoop.fs.Path hadoop(Path path) {
        return new org.apache.hadoop.fs.Path(path.toUri());
    }
}
