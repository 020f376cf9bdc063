package io.github.sparklatent.cluster.storage;

import io.github.sparklatent.learn.DataException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
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
 * A file that holds the state of a training: a magic number, the length, the content, its checksum.
 *
 * <p>The content is first written to a temporary file beside it. The file of the content before is
 * then renamed to {@code NAME.previous}, and the temporary file to its place. A reader thus never
 * sees an incomplete file. If the writer dies between the two steps, the temporary file is read
 * instead. On an object store, where a file appears whole, there is no temporary file.
 */
public final class CheckpointFile {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFile.class);
    private static final long MAGIC = 0x73706c61746e7431L;
    private static final String ADVICE = "; delete it to train from the beginning";
    private static final int FRAME = 2 * Long.BYTES + Integer.BYTES;

    /** Maximum length of the content: Java's longest array is a few bytes below 2 GiB. */
    private static final int MAX_LENGTH = Integer.MAX_VALUE - (1 << 10);

    /** Bytes compared at once. */
    private static final int BUFFER = 1 << 16;

    /** Kinds of content at the path of a checkpoint. */
    private enum Found {
        NOTHING,
        /** A file that begins like a checkpoint; it may be incomplete. */
        CHECKPOINT,
        /** A file of zeros only: the machine died before the content was on its disk. */
        BLANK,
        /** A file or directory that is not a checkpoint, or may not be read. */
        FOREIGN,
        /** A file that cannot be read at the moment. */
        UNREADABLE
    }

    private final AtomicFiles atomic;
    private final FileSystem files;
    private final Path path;
    private final Path staged;
    private final Path previous;
    private final Path damaged;

    /**
     * Creates the access to a checkpoint.
     *
     * @param path on any Hadoop file system
     * @throws DataException if the file system does not exist or cannot be used
     */
    public CheckpointFile(Configuration hadoop, String path) {
        try {
            this.path = new Path(path);
            this.staged = this.path.suffix(".writing");
            this.previous = this.path.suffix(".previous");
            this.damaged = this.path.suffix(".damaged");
            this.atomic = new AtomicFiles(hadoop, this.path);
            this.files = atomic.files();
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException(
                    "checkpoint path \"" + path + "\" cannot be reached: " + e.getMessage(), e);
        }
    }

    /** Returns whether there is a checkpoint. */
    public boolean exists() {
        try {
            return files.exists(path) || isStaged() || hasPrevious();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "checkpoint \"" + path + "\" cannot be accessed: " + e.getMessage(), e);
        }
    }

    private boolean isStaged() throws IOException {
        return beside() == Found.CHECKPOINT && isWhole(load(staged));
    }

    private boolean hasPrevious() throws IOException {
        return find(previous) == Found.CHECKPOINT && isWhole(load(previous));
    }

    /** Returns whether the path holds something that does not begin like a checkpoint. */
    public boolean isForeign() throws IOException {
        return find(path) == Found.FOREIGN;
    }

    /**
     * Returns the path of the temporary file or of the checkpoint before the newest one, if
     * something there is not a checkpoint, else nothing.
     */
    public Optional<String> foreignBeside() throws IOException {
        return beside() == Found.FOREIGN
                ? Optional.of(staged.toString())
                : find(previous) == Found.FOREIGN
                        ? Optional.of(previous.toString())
                        : Optional.empty();
    }

    /**
     * Returns the kind of content at the path of the temporary file. A file without read permission
     * counts as foreign. HDFS may be unable to read a file for a while if its writer and disks have
     * died together, but can replace it.
     */
    private Found beside() throws IOException {
        if (!files.exists(staged)) {
            return Found.NOTHING;
        }
        try {
            return find(staged);
        } catch (IOException e) {
            if (isDenied(e, staged)) {
                return Found.FOREIGN;
            }
            LOG.warn("\"{}\" cannot be read now: {}", staged, e.getMessage());
            return Found.UNREADABLE;
        }
    }

    /**
     * Returns whether reading a file failed because of missing permission. For a local file Hadoop
     * may report this as a missing file, so its permission check is asked. It is asked only after a
     * failure, because it compares mode bits and ignores other rights that the kernel grants.
     */
    private boolean isDenied(IOException reading, Path file) {
        if (reading instanceof AccessControlException || reading instanceof AccessDeniedException) {
            return true;
        }
        try {
            files.access(file, FsAction.READ);
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
            return Found.FOREIGN;
        }
        try (FSDataInputStream in = files.open(file)) {
            byte[] magic = ByteBuffer.allocate(Long.BYTES).putLong(MAGIC).array();
            byte[] first = in.readNBytes(magic.length);
            if (Arrays.equals(first, 0, first.length, magic, 0, first.length)) {
                return Found.CHECKPOINT;
            }
            boolean blank = Arrays.equals(first, new byte[first.length]) && isBlank(in);
            return blank ? Found.BLANK : Found.FOREIGN;
        }
    }

    /**
     * Returns whether the rest is zeros to the end. Other files, e.g. disk images, begin with
     * zeros, too.
     */
    private static boolean isBlank(InputStream in) throws IOException {
        byte[] zeros = new byte[BUFFER];
        byte[] part = new byte[BUFFER];
        int length;
        do {
            length = in.read(part);
        } while (length >= 0 && Arrays.equals(part, 0, length, zeros, 0, length));
        return length < 0;
    }

    /**
     * Writes a new content. The content before it stays in {@code NAME.previous}.
     *
     * @throws DataException if the path is a directory, or if something that is not a checkpoint is
     *     at the path of the temporary file or of the content before
     */
    public void write(byte[] content) {
        try {
            requireNoDirectory();
            Optional<String> foreign = foreignBeside();
            if (foreign.isPresent()) {
                throw new DataException(
                        "checkpoint \"%s\" cannot be written: it needs the file \"%s\", which exists and is not a checkpoint; move it away"
                                .formatted(path, foreign.get()));
            }
            if (atomic.renames()) {
                write(staged, content);
                keepPrevious();
                if (!renamed()) {
                    throw new IOException("cannot rename " + staged + " to " + path);
                }
            } else { // a file of an object store appears whole, and a rename copies it
                keepPrevious();
                write(path, content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "checkpoint \"" + path + "\" cannot be written: " + e.getMessage(), e);
        }
    }

    private void write(Path file, byte[] content) throws IOException {
        try (FSDataOutputStream out = files.create(file, true)) {
            out.writeLong(MAGIC);
            out.writeInt(content.length);
            out.write(content);
            out.writeLong(checksum(content));
            // Otherwise a machine that dies after the rename may leave zeros in the files.
            if (out.hasCapability(StreamCapabilities.HSYNC)) {
                out.hsync();
            }
        }
    }

    /** Makes room for a new file. At each moment one of the files is whole. */
    private void keepPrevious() throws IOException {
        Found found = find(path);
        if (found == Found.CHECKPOINT) {
            files.delete(previous, false);
            if (!files.rename(path, previous)) {
                throw new IOException("cannot rename " + path + " to " + previous);
            }
        } else if (found != Found.NOTHING) {
            files.delete(path, false);
        }
    }

    private boolean renamed() throws IOException {
        try {
            return files.rename(staged, path);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** Thrown if a file begins like a checkpoint, but is not whole. */
    private static final class DamagedException extends DataException {
        private static final long serialVersionUID = 1L;

        DamagedException(String message) {
            super(message);
        }
    }

    /**
     * Returns the newest content. If it is damaged, the file is renamed to {@code NAME.damaged},
     * and the content before it is returned.
     *
     * @throws DataException if the file is missing, or if it is damaged and there is none before
     */
    public byte[] read() {
        try {
            return readNewest();
        } catch (DamagedException e) {
            try {
                if (!hasPrevious()) {
                    throw e;
                }
                LOG.warn(
                        "{}; it is renamed to \"{}\", and the checkpoint before it is used",
                        e.getMessage().replace(ADVICE, ""),
                        damaged);
                setAside();
                return content(load(previous));
            } catch (IOException reading) {
                e.addSuppressed(reading);
                throw e;
            }
        }
    }

    private void setAside() throws IOException {
        if (find(damaged) == Found.FOREIGN) {
            files.delete(path, false);
            return;
        }
        files.delete(damaged, false);
        if (!files.rename(path, damaged)) {
            throw new IOException("cannot rename " + path + " to " + damaged);
        }
    }

    private byte[] readNewest() {
        byte[] all;
        long length;
        try {
            requireNoDirectory();
            Path file = files.exists(path) || !exists() ? path : isStaged() ? staged : previous;
            Found found = find(file);
            length = found == Found.NOTHING ? 0 : files.getFileStatus(file).getLen();
            if (found == Found.FOREIGN) {
                throw new DataException(
                        "checkpoint \""
                                + path
                                + "\" is no checkpoint: it begins with other bytes than a"
                                + " checkpoint; choose another path");
            }
            if (found == Found.BLANK) {
                throw damaged("is damaged: all of its " + length + " bytes are 0");
            }
            all = load(file);
        } catch (IOException e) {
            String message = "checkpoint \"" + path + "\" cannot be read: " + e.getMessage();
            throw e instanceof FileNotFoundException || isDenied(e, path)
                    ? new DataException(message, e)
                    : new UncheckedIOException(message, e);
        }
        if (all.length < FRAME || lengthOf(all) != all.length - FRAME) {
            throw damaged("is incomplete: it has " + length + " bytes");
        }
        if (!isWhole(all)) {
            throw damaged("is damaged: its checksum is wrong");
        }
        return content(all);
    }

    /**
     * Returns the bytes of a file, at most one more than its frame says, so that another file with
     * the same first bytes cannot fill the memory.
     */
    private byte[] load(Path file) throws IOException {
        try (FSDataInputStream in = files.open(file)) {
            byte[] begin = in.readNBytes(Long.BYTES + Integer.BYTES);
            int length = begin.length < FRAME - Long.BYTES ? -1 : lengthOf(begin);
            if (length < 0 || length > MAX_LENGTH) {
                return begin;
            }
            byte[] rest = in.readNBytes(length + Long.BYTES + 1);
            byte[] all = Arrays.copyOf(begin, begin.length + rest.length);
            System.arraycopy(rest, 0, all, begin.length, rest.length);
            return all;
        }
    }

    private static int lengthOf(byte[] frame) {
        return ByteBuffer.wrap(frame).getInt(Long.BYTES);
    }

    private static boolean isWhole(byte[] all) {
        ByteBuffer buffer = ByteBuffer.wrap(all);
        return all.length >= FRAME
                && buffer.getLong() == MAGIC
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

    private DamagedException damaged(String how) {
        return new DamagedException("checkpoint \"" + path + "\" " + how + ADVICE);
    }

    /**
     * Deletes the file, if it exists, the content before it, and the temporary file of a writer
     * that has died.
     *
     * @throws DataException if the path is a directory
     */
    public void delete() {
        try {
            requireNoDirectory();
            files.delete(path, false);
            if (find(previous) != Found.FOREIGN) {
                files.delete(previous, false);
            }
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
