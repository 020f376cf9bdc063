package io.github.sparklatent.cluster;

import io.github.sparklatent.learn.DataException;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One file that holds the state of a training: a mark, the length, the content, its checksum.
 *
 * <p>Written beside and renamed, so that a reader never sees half of one. Where a file system does
 * not rename onto a file that exists, the old one is deleted first; a writer that dies just then
 * leaves the new one beside, where it is found.
 */
public final class CheckpointFile {
    private static final long MARK = 0x73706c61746e7431L;
    private static final int FRAME = 2 * Long.BYTES + Integer.BYTES;

    private final FileSystem files;
    private final Path path;
    private final Path staged;

    /**
     * @param path on any file system that Hadoop knows
     * @throws DataException where there is no such file system
     */
    public CheckpointFile(Configuration hadoop, String path) {
        try {
            this.path = new Path(path);
            this.staged = this.path.suffix(".writing");
            this.files = plain(FileSystems.of(this.path, hadoop));
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException(
                    "checkpoint path \"" + path + "\" cannot be reached: " + e.getMessage(), e);
        }
    }

    /**
     * Hadoop keeps checksums of local files in files of their own, which no rename could replace at
     * the same moment; the checkpoint has one inside.
     */
    private static FileSystem plain(FileSystem files) {
        return files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
    }

    /** Whether there is one. */
    public boolean exists() {
        try {
            return files.exists(path) || isOwn(staged) && isWhole(load(staged));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "checkpoint \"" + path + "\" cannot be looked for: " + e.getMessage(), e);
        }
    }

    /** Whether what stands in its place does not begin as a checkpoint does: it is another's. */
    public boolean isForeign() throws IOException {
        return files.exists(path) && !isOwn(path);
    }

    /** What stands in the place of the file that is written beside it and is another's. */
    public Optional<String> foreignBeside() {
        try {
            return files.exists(staged) && !isOwn(staged) && !isBlank(staged)
                    ? Optional.of(staged.toString())
                    : Optional.empty();
        } catch (IOException e) {
            // Where a writer and its disks have died together, HDFS has it to itself for a while:
            // whether it can be replaced shows when it is.
            return Optional.empty();
        }
    }

    /** Whether a file begins with zeros: a machine died before what was written was on its disk. */
    private boolean isBlank(Path file) throws IOException {
        if (files.getFileStatus(file).isDirectory()) {
            return false;
        }
        try (FSDataInputStream in = files.open(file)) {
            return Arrays.equals(in.readNBytes(Long.BYTES), new byte[Long.BYTES]);
        }
    }

    /** Whether there is a file that begins as a checkpoint does, however short it is. */
    private boolean isOwn(Path file) throws IOException {
        if (!files.exists(file) || files.getFileStatus(file).isDirectory()) {
            return false;
        }
        try (FSDataInputStream in = files.open(file)) {
            return isBegun(in.readNBytes(Long.BYTES));
        }
    }

    /** Whether bytes are the first of a checkpoint, however few. */
    private static boolean isBegun(byte[] bytes) {
        byte[] mark = ByteBuffer.allocate(Long.BYTES).putLong(MARK).array();
        int length = Math.min(bytes.length, mark.length);
        return Arrays.equals(bytes, 0, length, mark, 0, length);
    }

    /**
     * Replaces the content.
     *
     * @throws DataException where a directory stands in its place, or something that is another's
     *     where it is written first
     */
    public void write(byte[] content) {
        try {
            requireNoDirectory();
            Optional<String> beside = foreignBeside();
            if (beside.isPresent()) {
                throw new DataException(
                        "checkpoint \"%s\" cannot be written: \"%s\", where it is written first, is no checkpoint; move it away"
                                .formatted(path, beside.get()));
            }
            try (DataOutputStream out = files.create(staged, true)) {
                out.writeLong(MARK);
                out.writeInt(content.length);
                out.write(content);
                out.writeLong(checksum(content));
            }
            if (!renamed()) {
                files.delete(path, false);
                if (!renamed()) {
                    throw new IOException("cannot rename " + staged + " to " + path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "checkpoint \"" + path + "\" cannot be written: " + e.getMessage(), e);
        }
    }

    private boolean renamed() throws IOException {
        try {
            return files.rename(staged, path);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /**
     * The content.
     *
     * @throws DataException where the file is damaged, or there is none
     */
    public byte[] read() {
        byte[] all;
        try {
            requireNoDirectory();
            all = load(files.exists(path) || !exists() ? path : staged);
        } catch (IOException e) {
            throw new DataException(
                    "checkpoint \"" + path + "\" cannot be read: " + e.getMessage(), e);
        }
        if (!isBegun(all)) {
            throw new DataException(
                    "checkpoint \""
                            + path
                            + "\" is no checkpoint: it begins with other bytes than one does; name"
                            + " another file");
        }
        if (all.length < FRAME || ByteBuffer.wrap(all).getInt(Long.BYTES) != all.length - FRAME) {
            throw damaged("is not whole: it has " + all.length + " bytes");
        }
        if (!isWhole(all)) {
            throw damaged("is damaged: its checksum is wrong");
        }
        return content(all);
    }

    private byte[] load(Path file) throws IOException {
        try (FSDataInputStream in = files.open(file)) {
            return in.readAllBytes();
        }
    }

    private static boolean isWhole(byte[] all) {
        ByteBuffer buffer = ByteBuffer.wrap(all);
        return all.length >= FRAME
                && buffer.getLong() == MARK
                && buffer.getInt() == all.length - FRAME
                && buffer.getLong(all.length - Long.BYTES) == checksum(content(all));
    }

    private static byte[] content(byte[] all) {
        return Arrays.copyOfRange(all, Long.BYTES + Integer.BYTES, all.length - Long.BYTES);
    }

    private void requireNoDirectory() throws IOException {
        if (files.exists(path) && files.getFileStatus(path).isDirectory()) {
            throw new DataException("checkpoint \"" + path + "\" is a directory, expected a file");
        }
    }

    private DataException damaged(String how) {
        return new DataException(
                "checkpoint \"" + path + "\" " + how + "; delete it to train from the beginning");
    }

    /**
     * Deletes the file where there is one, and what a writer that died has left beside it.
     *
     * @throws DataException where a directory stands in its place
     */
    public void delete() {
        try {
            requireNoDirectory();
            files.delete(path, false);
            if (foreignBeside().isEmpty()) {
                files.delete(staged, false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "checkpoint \"" + path + "\" cannot be deleted: " + e.getMessage(), e);
        }
    }

    private static long checksum(byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        return checksum.getValue();
    }
}
