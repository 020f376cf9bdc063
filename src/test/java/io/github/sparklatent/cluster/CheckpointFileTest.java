package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.learn.DataException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivilegedExceptionAction;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointFileTest {
    private static final byte[] CONTENT =
            "where a training stands".getBytes(StandardCharsets.UTF_8);

    @TempDir private Path folder;

    private Path path() {
        return folder.resolve("run").resolve("checkpoint.bin");
    }

    private String name() {
        return "file:" + path();
    }

    private CheckpointFile file() {
        return new CheckpointFile(new Configuration(), name());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(path().getParent())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000})
    void whatIsWrittenIsRead(int length) throws IOException {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (i * 31);
        }
        CheckpointFile file = file();
        assertThat(file.exists()).isFalse();
        file.write(content);
        assertThat(file.exists()).isTrue();
        assertThat(file().read()).isEqualTo(content);
        assertThat(names()).as("nothing beside it").containsExactly("checkpoint.bin");
    }

    @Test
    void aPathWithoutSchemeIsOnTheDefaultFileSystem() {
        CheckpointFile file = new CheckpointFile(new Configuration(), path().toString());
        file.write(CONTENT);
        assertThat(file().read()).isEqualTo(CONTENT);
    }

    @Test
    void writingReplacesWhatWasThere() throws IOException {
        file().write(new byte[] {1, 2, 3});
        file().write(CONTENT);
        assertThat(file().read()).isEqualTo(CONTENT);
        assertThat(names()).containsExactly("checkpoint.bin");
    }

    private Path beside() {
        return path().resolveSibling("checkpoint.bin.writing");
    }

    /** What a writer leaves that dies early. */
    private void leaveHalf() throws IOException {
        Files.write(beside(), Arrays.copyOf(Files.readAllBytes(path()), 10));
    }

    @Test
    void halfAFileBesideItHurtsNobody() throws IOException {
        file().write(CONTENT);
        leaveHalf();
        assertThat(file().foreignBeside()).isEmpty();
        assertThat(file().read()).isEqualTo(CONTENT);
        file().write(new byte[] {3});
        assertThat(file().read()).containsExactly(3);
        assertThat(names()).containsExactly("checkpoint.bin");
    }

    @Test
    void nothingOrZerosBesideItHurtNobody() throws IOException {
        file().write(CONTENT);
        for (byte[] left : List.of(new byte[0], new byte[100])) {
            Files.write(beside(), left);
            assertThat(file().foreignBeside()).isEmpty();
            assertThat(file().read()).isEqualTo(CONTENT);
            file().write(CONTENT);
            assertThat(names()).containsExactly("checkpoint.bin");
        }
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
        file().write(CONTENT);
        byte[] array = new byte[zeros + 1000];
        array[zeros] = 1;
        Files.write(beside(), array);
        assertThat(file().foreignBeside()).isPresent();
        file().delete();
        assertThat(beside()).exists();
        Files.move(beside(), path());
        assertThat(file().isForeign()).isTrue();
        assertThatThrownBy(() -> file().read())
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("name another file");
    }

    private void assertDamaged(String how) throws IOException {
        assertThat(file().isForeign()).isFalse();
        assertThatThrownBy(() -> file().read())
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "checkpoint \"%s\" %s; delete it to train from the beginning", name(), how);
    }

    /** As a machine leaves it that dies before its disk has what was written. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8, 100, 300_000})
    void zerosInItsPlaceAreADamagedCheckpoint(int zeros) throws IOException {
        file().write(CONTENT);
        Files.write(path(), new byte[zeros]);
        assertDamaged("is damaged: it is " + zeros + " zeros");
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

    /** A configuration by which local files are of a class. */
    private static Configuration local(Class<? extends RawLocalFileSystem> files) {
        Configuration hadoop = new Configuration();
        hadoop.set("fs.file.impl", files.getName());
        hadoop.setBoolean("fs.file.impl.disable.cache", true);
        return hadoop;
    }

    private CheckpointFile unreadable(String why) {
        Configuration hadoop = local(Unreadable.class);
        hadoop.set("test.why", why);
        return new CheckpointFile(hadoop, name());
    }

    /** HDFS says that a file may not be read; to Java a local one is not found then. */
    @ParameterizedTest
    @ValueSource(strings = {"denied", "hidden"})
    void whatMayNotBeReadIsAnothers(String why) throws IOException {
        Files.createDirectories(path().getParent());
        Files.writeString(beside(), "of somebody's");
        CheckpointFile denied = unreadable(why);
        assertThat(denied.foreignBeside()).contains(name() + ".writing");
        assertThat(denied.exists()).isFalse();
        assertThatThrownBy(() -> denied.write(CONTENT)).isInstanceOf(DataException.class);
        denied.delete();
        assertThat(beside()).content().isEqualTo("of somebody's");
    }

    /** HADOOP_USER_NAME, or root before another's file: the kernel gives what Hadoop would not. */
    @Test
    void whatCanBeReadIsReadWhateverHadoopThinksOfItsUser() throws Exception {
        file().write(CONTENT);
        Files.move(path(), beside());
        Files.setPosixFilePermissions(beside(), PosixFilePermissions.fromString("rw-------"));
        PrivilegedExceptionAction<Void> asAnother =
                () -> {
                    var staged = new org.apache.hadoop.fs.Path(name() + ".writing");
                    FileSystem files = staged.getFileSystem(new Configuration());
                    assertThatThrownBy(() -> files.access(staged, FsAction.READ))
                            .isInstanceOf(AccessControlException.class);
                    assertThat(file().exists()).isTrue();
                    assertThat(file().read()).isEqualTo(CONTENT);
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
        failing.write(CONTENT);
        assertThat(failing.read()).isEqualTo(CONTENT);
        assertThat(names()).containsExactly("checkpoint.bin");
    }

    @Test
    void deletingLeavesNothing() throws IOException {
        file().write(CONTENT);
        leaveHalf();
        file().delete();
        assertThat(file().exists()).isFalse();
        assertThat(names()).isEmpty();
        file().delete();
    }

    @Test
    void everyShortenedFileIsFoundOut() throws IOException {
        file().write(CONTENT);
        byte[] whole = Files.readAllBytes(path());
        for (int length = 0; length < whole.length; length++) {
            Files.write(path(), Arrays.copyOf(whole, length));
            assertDamaged("is not whole: it has " + length + " bytes");
        }
        Files.write(path(), Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(() -> file().read()).hasMessageContaining("is not whole: it has 44");
    }

    @Test
    void everyFlippedBitIsFoundOut() throws IOException {
        file().write(CONTENT);
        byte[] whole = Files.readAllBytes(path());
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(path(), flipped);
            assertThatThrownBy(() -> file().read())
                    .as("bit %d", bit)
                    .isInstanceOf(DataException.class)
                    .hasMessageEndingWith(
                            bit < Long.SIZE
                                    ? "name another file"
                                    : "delete it to train from the beginning");
        }
    }

    @Test
    void anotherKindOfFileBesideItIsLeftAlone() throws IOException {
        file().write(CONTENT);
        Files.writeString(beside(), "of somebody's");
        assertThat(file().foreignBeside()).contains(name() + ".writing");
        assertThat(file().read()).isEqualTo(CONTENT);
        assertThatThrownBy(() -> file().write(CONTENT))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "checkpoint \"%s\" cannot be written: \"%s.writing\", where it is written"
                                + " first, is no checkpoint; move it away",
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
    void anotherKindOfFileIsNoCheckpoint() throws IOException {
        Files.createDirectories(path().getParent());
        Files.writeString(path(), "{\"model\": {\"type\": \"gmm\", \"components\": 10}}");
        assertThat(file().isForeign()).isTrue();
        assertThatThrownBy(() -> file().read())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is no checkpoint");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> file().read())
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("checkpoint \"%s\" cannot be read: ".formatted(name()));
    }

    @Test
    void aFolderInItsPlaceIsRefusedAndLeftAlone() throws IOException {
        Path inside = path().resolve("something");
        Files.createDirectories(path());
        Files.writeString(inside, "of somebody's");
        String sentence = "checkpoint \"%s\" is a directory, expected a file".formatted(name());
        assertThatThrownBy(() -> file().write(CONTENT))
                .isInstanceOf(DataException.class)
                .hasMessage(sentence);
        assertThatThrownBy(() -> file().read())
                .isInstanceOf(DataException.class)
                .hasMessage(sentence);
        assertThatThrownBy(() -> file().delete())
                .isInstanceOf(DataException.class)
                .hasMessage(sentence);
        assertThat(Files.readString(inside)).isEqualTo("of somebody's");
        assertThat(names()).containsExactly("checkpoint.bin");
    }

    @Test
    void aFileInThePlaceOfItsFolderIsNamed() throws IOException {
        Files.writeString(path().getParent(), "a file");
        assertThatThrownBy(() -> file().write(CONTENT))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("checkpoint \"%s\" cannot be written: ".formatted(name()));
        assertThatThrownBy(() -> file().read()).isInstanceOf(DataException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere://host/checkpoint", "", "a:b c"})
    void aPathThatHasNoFileSystemIsNamed(String path) {
        assertThatThrownBy(() -> new CheckpointFile(new Configuration(), path))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("checkpoint path \"" + path + "\" cannot be reached: ");
    }

    /** HDFS and object stores refuse to rename onto a file that exists. */
    public static final class Strict extends RawLocalFileSystem {
        @Override
        public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
                throws IOException {
            return !exists(to) && super.rename(from, to);
        }
    }

    @Test
    void whereARenameDoesNotReplaceTheOldFileGivesWay() {
        CheckpointFile file = new CheckpointFile(local(Strict.class), name());
        file.write(new byte[] {1});
        file.write(CONTENT);
        assertThat(file.read()).isEqualTo(CONTENT);
    }

    /** Notes in its configuration what is done to files, and after how many bytes. */
    public static final class Recording extends RawLocalFileSystem {
        private void note(String what) {
            getConf().set("test.done", getConf().get("test.done", "") + what);
        }

        @Override
        public FSDataOutputStream create(
                org.apache.hadoop.fs.Path path,
                boolean overwrite,
                int buffer,
                short replication,
                long block,
                Progressable progress)
                throws IOException {
            var out = super.create(path, overwrite, buffer, replication, block, progress);
            return new FSDataOutputStream(out, null) {
                @Override
                public void hsync() throws IOException {
                    super.hsync();
                    note("hsync at " + getPos());
                }

                @Override
                public void close() throws IOException {
                    super.close();
                    note(", close at " + getPos());
                }
            };
        }

        @Override
        public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
                throws IOException {
            note(", rename");
            return super.rename(from, to);
        }
    }

    /** Or a machine that dies leaves a name whose bytes its disk does not have. */
    @Test
    void whatIsWrittenIsOnTheDiskBeforeItHasItsName() throws IOException {
        Configuration hadoop = local(Recording.class);
        new CheckpointFile(hadoop, name()).write(CONTENT);
        long length = Files.size(path());
        assertThat(hadoop.get("test.done"))
                .isEqualTo("hsync at %d, close at %d, rename", length, length);
    }

    @Test
    void aWriterThatDiedBetweenDeletingAndRenamingLeavesAWholeCheckpoint() throws IOException {
        file().write(CONTENT);
        Files.move(path(), beside());
        assertThat(file().exists()).isTrue();
        assertThat(file().read()).isEqualTo(CONTENT);
        Files.write(beside(), Arrays.copyOf(Files.readAllBytes(beside()), 10));
        assertThat(file().exists()).as("half of a first one is none").isFalse();
    }
}
