package io.github.sparklatent.cluster.storage;

import io.github.sparklatent.learn.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.security.AccessControlException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file that holds the state of a training: a mark, the length, the content, its checksum.
 *
 * <p>Written beside and renamed, so that a reader never sees half of one. Where a file system does
 * not rename onto a file that exists, the old one is deleted first; a writer that dies just then
 * leaves the new one beside, where it is found.
 */
public final class CheckpointFile {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFile.class);
    private static final long MARK = 0x73706c61746e7431L;
    private static final int FRAME = 2 * Long.BYTES + Integer.BYTES;

    /** Bytes looked at together. */
    private static final int PART = 1 << 16;

    /** What stands where a checkpoint is looked for. */
    private enum Found {
        NOTHING,
        /** Begins as a checkpoint does, however short it is. */
        CHECKPOINT,
        /** Zeros alone: a machine died before what was written was on its disk. */
        BLANK,
        ANOTHERS,
        /** Nobody knows, for now. */
        UNREADABLE
    }

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
            return files.exists(path) || beside() == Found.CHECKPOINT && isWhole(load(staged));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "checkpoint \"" + path + "\" cannot be looked for: " + e.getMessage(), e);
        }
    }

    /** Whether what stands in its place does not begin as a checkpoint does: it is another's. */
    public boolean isForeign() throws IOException {
        return find(path) == Found.ANOTHERS;
    }

    /** What stands in the place of the file that is written beside it and is another's. */
    public Optional<String> foreignBeside() throws IOException {
        return beside() == Found.ANOTHERS ? Optional.of(staged.toString()) : Optional.empty();
    }

    /**
     * What is written beside it. HDFS does not read a file for a while whose writer and disks have
     * died together, but replaces it; what may not be read is another's.
     */
    private Found beside() throws IOException {
        if (!files.exists(staged)) {
            return Found.NOTHING;
        }
        try {
            return find(staged);
        } catch (IOException e) {
            if (isDenied(e)) {
                return Found.ANOTHERS;
            }
            LOG.warn("\"{}\" cannot be read now: {}", staged, e.getMessage());
            return Found.UNREADABLE;
        }
    }

    /**
     * Whether reading failed because what is written beside it may not be read. A local file is
     * then said not to be found, so Hadoop is asked; but not before, as it compares its own user
     * with the bits of a local file, whatever the kernel allows.
     */
    private boolean isDenied(IOException reading) {
        if (reading instanceof AccessControlException || reading instanceof AccessDeniedException) {
            return true;
        }
        try {
            files.access(staged, FsAction.READ);
            return false;
        } catch (AccessControlException | AccessDeniedException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Found find(Path file) throws IOException {
        if (!files.exists(file)) {
            return Found.NOTHING;
        }
        if (files.getFileStatus(file).isDirectory()) {
            return Found.ANOTHERS;
        }
        try (FSDataInputStream in = files.open(file)) {
            byte[] mark = ByteBuffer.allocate(Long.BYTES).putLong(MARK).array();
            byte[] first = in.readNBytes(mark.length);
            if (Arrays.equals(first, 0, first.length, mark, 0, first.length)) {
                return Found.CHECKPOINT;
            }
            boolean blank = Arrays.equals(first, new byte[first.length]) && isBlank(in);
            return blank ? Found.BLANK : Found.ANOTHERS;
        }
    }

    /** Whether what is left is zeros to the end: images of disks begin with many, too. */
    private static boolean isBlank(InputStream in) throws IOException {
        byte[] zeros = new byte[PART];
        byte[] part = new byte[PART];
        int length;
        do {
            length = in.read(part);
        } while (length >= 0 && Arrays.equals(part, 0, length, zeros, 0, length));
        return length < 0;
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
            try (FSDataOutputStream out = files.create(staged, true)) {
                out.writeLong(MARK);
                out.writeInt(content.length);
                out.write(content);
                out.writeLong(checksum(content));
                // Or a machine that dies after the renaming leaves zeros in place of both files.
                if (out.hasCapability(StreamCapabilities.HSYNC)) {
                    out.hsync();
                }
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
            Path file = files.exists(path) || !exists() ? path : staged;
            Found found = find(file);
            if (found == Found.ANOTHERS) {
                throw new DataException(
                        "checkpoint \""
                                + path
                                + "\" is no checkpoint: it begins with other bytes than one does;"
                                + " name another file");
            }
            if (found == Found.BLANK) {
                long length = files.getFileStatus(file).getLen();
                throw damaged("is damaged: it is " + length + " zeros");
            }
            all = load(file);
        } catch (IOException e) {
            throw new DataException(
                    "checkpoint \"" + path + "\" cannot be read: " + e.getMessage(), e);
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
            Found beside = beside();
            if (beside == Found.CHECKPOINT || beside == Found.BLANK) {
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
