package io.github.sparklatent.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.learn.DataException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivilegedExceptionAction;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.UserGroupInformation;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands where a checkpoint is written first. */
class CheckpointBesideTest extends CheckpointFolder {
    @Test
    void halfAFileBesideItHurtsNobody() throws IOException {
        write(file(), CONTENT);
        leaveHalf();
        assertThat(file().foreignBeside()).isEmpty();
        assertThat(read(file())).isEqualTo(CONTENT);
        write(file(), new byte[] {3});
        assertThat(read(file())).containsExactly(3);
        assertThat(beside()).doesNotExist();
    }

    @Test
    void nothingOrZerosBesideItHurtNobody() throws IOException {
        write(file(), CONTENT);
        for (byte[] left : List.of(new byte[0], new byte[100])) {
            Files.write(beside(), left);
            assertThat(file().foreignBeside()).isEmpty();
            assertThat(read(file())).isEqualTo(CONTENT);
            write(file(), CONTENT);
            assertThat(beside()).doesNotExist();
        }
        file().delete();
        for (int length : new int[] {1, 7, 8, 100_000}) {
            Files.write(beside(), new byte[length]);
            file().delete();
            assertThat(names()).as("%d zeros", length).isEmpty();
        }
    }

    /** An array's first elements may be 0; an image of a disc begins with 32 KiB of zeros. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8, 3999, 32_768, 300_000})
    void aFileThatBeginsWithZerosIsAnothers(int zeros) throws IOException {
        write(file(), CONTENT);
        byte[] array = new byte[zeros + 1000];
        array[zeros] = 1;
        Files.write(beside(), array);
        assertThat(file().foreignBeside()).isPresent();
        file().delete();
        assertThat(beside()).exists();
        Files.move(beside(), path());
        assertThat(file().isForeign()).isTrue();
        assertThatThrownBy(() -> read(file()))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("choose another path");
    }

    /** Does not give what is written beside a checkpoint. */
    public static final class Unreadable extends RawLocalFileSystem {
        @Override
        public FSDataInputStream open(org.apache.hadoop.fs.Path path, int size) throws IOException {
            if (!path.getName().endsWith(".writing")) {
                return super.open(path, size);
            }
            throw switch (getConf().get("test.why")) {
                case "denied" -> new AccessControlException("Permission denied");
                case "hidden" -> new FileNotFoundException(path + " (Permission denied)");
                default -> new IOException("Cannot obtain block length");
            };
        }

        @Override
        public void access(org.apache.hadoop.fs.Path path, FsAction mode) throws IOException {
            if (getConf().get("test.why").equals("hidden")) {
                throw new AccessControlException("Permission denied");
            }
        }
    }

    private CheckpointFile unreadable(String why) {
        Configuration hadoop = local(Unreadable.class);
        hadoop.set("test.why", why);
        return new CheckpointFile(hadoop, name());
    }

    /** HDFS says that a file may not be read; to Java a local one is not found then. */
    @ParameterizedTest
    @ValueSource(strings = {"denied", "hidden"})
    void whatMayNotBeReadStays(String why) throws IOException {
        Files.createDirectories(path().getParent());
        Files.writeString(beside(), "of somebody's");
        CheckpointFile denied = unreadable(why);
        assertThatThrownBy(denied::foreignBeside).hasMessageContaining("Permission denied");
        for (ThrowingCallable call :
                List.<ThrowingCallable>of(denied::exists, () -> write(denied, CONTENT), denied::delete)) {
            assertThatThrownBy(call).hasMessageContaining("Permission denied");
        }
        assertThat(beside()).content().isEqualTo("of somebody's");
    }

    /** HADOOP_USER_NAME, or root before another's file: the kernel gives what Hadoop would not. */
    @Test
    void whatCanBeReadIsReadWhateverHadoopThinksOfItsUser() throws Exception {
        write(file(), CONTENT);
        Files.move(path(), beside());
        Files.setPosixFilePermissions(beside(), PosixFilePermissions.fromString("rw-------"));
        PrivilegedExceptionAction<Void> asAnother = () -> {
            var staged = new org.apache.hadoop.fs.Path(name() + ".writing");
            FileSystem files = staged.getFileSystem(new Configuration());
            assertThatThrownBy(() -> files.access(staged, FsAction.READ)).isInstanceOf(AccessControlException.class);
            assertThat(file().exists()).isTrue();
            assertThat(read(file())).isEqualTo(CONTENT);
            assertThat(file().foreignBeside()).isEmpty();
            file().delete();
            return null;
        };
        UserGroupInformation.createRemoteUser("somebody-else").doAs(asAnother);
        assertThat(beside()).doesNotExist();
    }

    /** HDFS gives no file whose writer and disks have died, but lets it be replaced. */
    @Test
    void whatCannotBeReadNowStopsNoTraining() throws IOException {
        Files.createDirectories(path().getParent());
        Files.writeString(beside(), "half a checkpoint");
        CheckpointFile failing = unreadable("lost");
        assertThat(failing.foreignBeside()).isEmpty();
        assertThat(failing.exists()).isFalse();
        failing.delete();
        assertThat(beside()).as("not known to be one's own").exists();
        write(failing, CONTENT);
        assertThat(read(failing)).isEqualTo(CONTENT);
        assertThat(names()).containsExactly("checkpoint.bin");
    }

    @Test
    void anotherKindOfFileBesideItIsLeftAlone() throws IOException {
        write(file(), CONTENT);
        Files.writeString(beside(), "of somebody's");
        assertThat(file().foreignBeside()).contains(name() + ".writing");
        assertThat(read(file())).isEqualTo(CONTENT);
        assertThatThrownBy(() -> write(file(), CONTENT))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "checkpoint \"%s\" cannot be written: it needs the file \"%s.writing\","
                                + " which exists and is not a checkpoint; move it away",
                        name(), name());
        file().delete();
        assertThat(file().exists()).isFalse();
        assertThat(beside()).content().isEqualTo("of somebody's");
    }

    @Test
    void aFolderBesideItIsAnothersToo() throws IOException {
        Files.createDirectories(beside());
        assertThat(file().foreignBeside()).isPresent();
        assertThat(file().exists()).isFalse();
    }

    @Test
    void aWriterThatDiedBetweenDeletingAndRenamingLeavesAWholeCheckpoint() throws IOException {
        write(file(), CONTENT);
        Files.move(path(), beside());
        assertThat(file().exists()).isTrue();
        assertThat(read(file())).isEqualTo(CONTENT);
        Files.write(beside(), Arrays.copyOf(Files.readAllBytes(beside()), 10));
        assertThat(file().exists()).as("half of a first one is none").isFalse();
    }
}
