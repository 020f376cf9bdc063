package io.github.sparklatent.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.FullDisk;
import io.github.sparklatent.learn.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointFileTest extends CheckpointFolder {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000})
    void whatIsWrittenIsRead(int length) throws IOException {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (i * 31);
        }
        CheckpointFile file = file();
        assertThat(file.exists()).isFalse();
        write(file, content);
        assertThat(file.exists()).isTrue();
        assertThat(read(file())).isEqualTo(content);
        assertThat(names()).as("nothing beside it").containsExactly("checkpoint.bin");
    }

    @Test
    void aPathWithoutSchemeIsOnTheDefaultFileSystem() {
        CheckpointFile file = new CheckpointFile(new Configuration(), path().toString());
        write(file, CONTENT);
        assertThat(read(file())).isEqualTo(CONTENT);
    }

    @Test
    void writingReplacesWhatWasThere() throws IOException {
        write(file(), new byte[] {1, 2, 3});
        write(file(), new byte[] {4});
        write(file(), CONTENT);
        assertThat(read(file())).isEqualTo(CONTENT);
        assertThat(names()).containsExactlyInAnyOrder("checkpoint.bin", "checkpoint.bin.previous");
        file().delete();
        assertThat(names()).isEmpty();
    }

    private void assertDamaged(String how) throws IOException {
        assertThat(file().isForeign()).isFalse();
        assertThatThrownBy(() -> read(file()))
                .isInstanceOf(DataException.class)
                .hasMessage("checkpoint \"%s\" %s; delete it to train from the beginning", name(), how);
    }

    /** As a machine leaves it that dies before its disk has what was written. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8, 100, 300_000})
    void zerosInItsPlaceAreADamagedCheckpoint(int zeros) throws IOException {
        write(file(), CONTENT);
        Files.write(path(), new byte[zeros]);
        assertDamaged("is damaged: all of its " + zeros + " bytes are 0");
    }

    @Test
    void deletingLeavesNothing() throws IOException {
        write(file(), CONTENT);
        leaveHalf();
        file().delete();
        assertThat(file().exists()).isFalse();
        assertThat(names()).isEmpty();
        file().delete();
    }

    @Test
    void everyShortenedFileIsFoundOut() throws IOException {
        write(file(), CONTENT);
        byte[] whole = Files.readAllBytes(path());
        for (int length = 0; length < whole.length; length++) {
            Files.write(path(), Arrays.copyOf(whole, length));
            assertDamaged("is incomplete: it has " + length + " bytes");
        }
        Files.write(path(), Arrays.copyOf(whole, whole.length + 1));
        assertDamaged("is damaged: there are bytes after its end");
    }

    @Test
    void everyFlippedBitIsFoundOut() throws IOException {
        write(file(), CONTENT);
        byte[] whole = Files.readAllBytes(path());
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(path(), flipped);
            assertThatThrownBy(() -> read(file()))
                    .as("bit %d", bit)
                    .isInstanceOf(DataException.class)
                    .hasMessageEndingWith(
                            bit < Long.SIZE - Byte.SIZE
                                    ? "choose another path"
                                    : "delete it to train from the beginning");
        }
    }

    /** The pieces have 8, 8 and 7 bytes, and 8 bytes besides; the mark and the end have 8 bytes. */
    @Test
    void aMissingRepeatedOrExchangedPieceIsFoundOut() throws IOException {
        write(file(), CONTENT);
        byte[] whole = Files.readAllBytes(path());
        assertThat(whole).hasSize(8 + 16 + 16 + 15 + 8);
        Map<String, byte[]> parts = Map.of(
                "m", Arrays.copyOfRange(whole, 0, 8),
                "1", Arrays.copyOfRange(whole, 8, 24),
                "2", Arrays.copyOfRange(whole, 24, 40),
                "3", Arrays.copyOfRange(whole, 40, 55),
                "e", Arrays.copyOfRange(whole, 55, 63));
        for (String order : List.of("m23e", "m13e", "m12e", "me", "m1123e", "m213e", "m132e")) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            for (String part : order.split("")) {
                file.write(parts.get(part));
            }
            Files.write(path(), file.toByteArray());
            assertDamaged("is damaged: its checksum is wrong");
        }
    }

    /** The order of bytes in a file of another version is not known. */
    @ParameterizedTest
    @CsvSource({"1, 1", "9, 9", "a, with the code 97"})
    void anotherVersionOfTheFormatIsNamed(char version, String named) throws IOException {
        write(file(), CONTENT);
        byte[] whole = Files.readAllBytes(path());
        whole[7] = (byte) version;
        Files.write(path(), whole);
        assertDamaged("has format %s, expected 2: it was written by another version of this program".formatted(named));
        assertThat(Files.readAllBytes(path())).isEqualTo(whole);
    }

    /** A record of a state is encoded while it is written, so anything can fail in between. */
    @ParameterizedTest
    @ValueSource(strings = {"faulty", "objects"})
    void aContentThatFailsLeavesTheOneBefore(String scheme) {
        CheckpointFile file =
                new CheckpointFile(ObjectStore.configuration(), scheme + "://" + folder + "/checkpoint", 8);
        write(file, CONTENT);
        assertThatThrownBy(() -> file.write(out -> {
                    out.write(new byte[20]);
                    throw new IllegalStateException("a number is missing");
                }))
                .hasMessage("a number is missing");
        assertThat(read(file)).isEqualTo(CONTENT);
        write(file, new byte[] {4});
        assertThat(read(file)).containsExactly(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 24, 40, 55})
    void damageInEachPieceIsFoundOutAndTheOneBeforeIsUsed(int piece) throws IOException {
        write(file(), new byte[] {1, 2, 3});
        write(file(), CONTENT);
        byte[] whole = Files.readAllBytes(path());
        whole[piece + 4] ^= 1;
        Files.write(path(), whole);
        assertThat(read(file())).containsExactly(1, 2, 3);
    }

    @Test
    void theOneBeforeIsUsedIfTheNewestIsDamaged() throws IOException {
        write(file(), CONTENT);
        write(file(), new byte[] {4});
        byte[] whole = Files.readAllBytes(path());
        whole[12] ^= 1;
        Files.write(path(), whole);
        assertThat(read(file())).isEqualTo(CONTENT);
        assertThat(Files.readAllBytes(path().resolveSibling("checkpoint.bin.damaged")))
                .isEqualTo(whole);
        assertThat(file().exists()).isTrue();
        assertThat(read(file())).isEqualTo(CONTENT);
        write(file(), new byte[] {5});
        assertThat(read(file())).containsExactly(5);
        Files.delete(path());
        assertThat(read(file())).as("it was not replaced by the damaged one").isEqualTo(CONTENT);
    }

    /** After a kill at each call that changes files, and after each call that failed. */
    @ParameterizedTest
    @CsvSource({"faulty, true", "faulty, false", "objects, true", "objects, false"})
    void aKillAtAnyMomentLeavesTheOldOrTheNew(String scheme, boolean dies) throws IOException {
        int calls = 0;
        boolean failed = true;
        while (failed) {
            calls++;
            String path = scheme + "://" + folder + "/" + calls + "/checkpoint";
            CheckpointFile file = new CheckpointFile(ObjectStore.configuration(), path);
            write(file, new byte[] {1});
            write(file, new byte[] {2});
            FaultyFiles.failAt(calls, dies);
            try {
                write(file, new byte[] {3});
                failed = false;
            } catch (UncheckedIOException e) {
                assertThat(e).hasMessageContaining(FaultyFiles.FAULT);
            } finally {
                FaultyFiles.failNever();
            }
            assertThat(file.exists()).isTrue();
            assertThat(read(file)).as("call %d", calls).isIn(new byte[] {2}, new byte[] {3});
            write(file, new byte[] {4});
            assertThat(read(file)).containsExactly(4);
            file.delete();
            assertThat(folder.resolve(String.valueOf(calls))).isEmptyDirectory();
        }
        assertThat(calls).isGreaterThan(4);
    }

    @Test
    void anotherKindOfFileIsNoCheckpoint() throws IOException {
        Files.createDirectories(path().getParent());
        Files.writeString(path(), "{\"model\": {\"type\": \"gmm\", \"components\": 10}}");
        assertThat(file().isForeign()).isTrue();
        assertThatThrownBy(() -> read(file()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is no checkpoint");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> read(file()))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("checkpoint \"%s\" cannot be read: ".formatted(name()));
    }

    @Test
    void aFolderInItsPlaceIsRefusedAndLeftAlone() throws IOException {
        Path inside = path().resolve("something");
        Files.createDirectories(path());
        Files.writeString(inside, "of somebody's");
        String sentence = "checkpoint \"%s\" is a directory, expected a file".formatted(name());
        assertThatThrownBy(() -> write(file(), CONTENT))
                .isInstanceOf(DataException.class)
                .hasMessage(sentence);
        assertThatThrownBy(() -> read(file())).isInstanceOf(DataException.class).hasMessage(sentence);
        assertThatThrownBy(() -> file().delete())
                .isInstanceOf(DataException.class)
                .hasMessage(sentence);
        assertThat(Files.readString(inside)).isEqualTo("of somebody's");
        assertThat(names()).containsExactly("checkpoint.bin");
    }

    @Test
    void aFileInThePlaceOfItsFolderIsNamed() throws IOException {
        Files.writeString(path().getParent(), "a file");
        assertThatThrownBy(() -> write(file(), CONTENT))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("checkpoint \"%s\" cannot be written: ".formatted(name()));
        assertThatThrownBy(() -> read(file())).isInstanceOf(DataException.class);
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
        public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) throws IOException {
            return !exists(to) && super.rename(from, to);
        }
    }

    @Test
    void whereARenameDoesNotReplaceTheOldFileGivesWay() {
        CheckpointFile file = new CheckpointFile(local(Strict.class), name());
        write(file, new byte[] {1});
        write(file, CONTENT);
        assertThat(read(file)).isEqualTo(CONTENT);
    }

    /** A local file system whose output streams do something else, too. */
    private abstract static class Wrapping extends RawLocalFileSystem {
        abstract FSDataOutputStream wrapped(FSDataOutputStream out) throws IOException;

        @Override
        public FSDataOutputStream create(
                org.apache.hadoop.fs.Path path,
                boolean overwrite,
                int buffer,
                short replication,
                long block,
                Progressable progress)
                throws IOException {
            return wrapped(super.create(path, overwrite, buffer, replication, block, progress));
        }
    }

    /** A local disk without space, of which Hadoop tells by an error and not by an exception. */
    public static final class Full extends Wrapping {
        @Override
        FSDataOutputStream wrapped(FSDataOutputStream out) throws IOException {
            return new FSDataOutputStream(out, null) {
                @Override
                public void hsync() {
                    throw FullDisk.error();
                }
            };
        }
    }

    @Test
    void aFullLocalDiskIsAnExceptionAndLeavesTheOneBefore() {
        write(new CheckpointFile(local(RawLocalFileSystem.class), name()), CONTENT);
        CheckpointFile file = new CheckpointFile(local(Full.class), name());
        assertThatThrownBy(() -> write(file, new byte[] {1}))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageEndingWith("cannot be written: No space left on device");
        assertThat(read(file)).isEqualTo(CONTENT);
        assertThat(folder.resolve("run")).isDirectoryNotContaining("glob:**.writing");
    }

    /** Notes in its configuration what is done to files, and after how many bytes. */
    public static final class Recording extends Wrapping {
        private void note(String what) {
            getConf().set("test.done", getConf().get("test.done", "") + what);
        }

        @Override
        FSDataOutputStream wrapped(FSDataOutputStream out) throws IOException {
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
        public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) throws IOException {
            note(", rename");
            return super.rename(from, to);
        }
    }

    /** Or a machine that dies leaves a name whose bytes its disk does not have. */
    @Test
    void whatIsWrittenIsOnTheDiskBeforeItHasItsName() throws IOException {
        Configuration hadoop = local(Recording.class);
        write(new CheckpointFile(hadoop, name()), CONTENT);
        long length = Files.size(path());
        assertThat(hadoop.get("test.done")).isEqualTo("hsync at %d, close at %d, rename", length, length);
    }
}
