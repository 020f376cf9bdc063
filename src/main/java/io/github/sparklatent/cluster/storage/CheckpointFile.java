package io.github.sparklatent.cluster.storage;

import io.github.sparklatent.cluster.storage.CheckpointFormat.Found;
import io.github.sparklatent.learn.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.security.AccessControlException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that holds the state of a training, and the file of the state before.
 *
 * <p>The content is first written to a temporary file beside it. The file of the content before is then renamed to
 * {@code NAME.previous}, and the temporary file to its place. A reader thus never sees an incomplete file. If the
 * writer dies between the two steps, the temporary file is read instead. On an object store, where a file appears
 * whole, there is no temporary file.
 */
public final class CheckpointFile {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFile.class);
    private static final String ADVICE = "; delete it to train from the beginning";

    /** Writes a content. */
    @FunctionalInterface
    public interface Content {
        /** Writes the content to a stream, which the caller closes. */
        void write(OutputStream out) throws IOException;
    }

    /** Reads a content. */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * Reads the content.
         *
         * @param in the content, whose checksum has been checked
         * @param length number of bytes of the content
         */
        T read(InputStream in, long length) throws IOException;
    }

    private final AtomicFiles atomic;
    private final FileSystem files;
    private final CheckpointFormat format;
    private final Path path;
    private final Path staged;
    private final Path previous;
    private final Path damaged;

    /** Whether this object has written or checked the newest file. */
    private boolean seenWhole;

    /**
     * Creates the access to a checkpoint.
     *
     * @param path on any Hadoop file system
     * @throws DataException if the file system does not exist or cannot be used
     */
    public CheckpointFile(Configuration hadoop, String path) {
        this(hadoop, path, CheckpointFormat.MAX_PIECE);
    }

    /** Creates the access to a checkpoint, which is written in pieces of at most this number of bytes. */
    CheckpointFile(Configuration hadoop, String path, int pieceLength) {
        try {
            this.path = new Path(path);
            this.staged = this.path.suffix(".writing");
            this.previous = this.path.suffix(".previous");
            this.damaged = this.path.suffix(".damaged");
            this.atomic = new AtomicFiles(hadoop, this.path);
            this.files = atomic.files();
            this.format = new CheckpointFormat(files, pieceLength);
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException("checkpoint path \"" + path + "\" cannot be reached: " + e.getMessage(), e);
        }
    }

    public boolean exists() {
        try {
            return files.exists(path) || isStaged() || format.isWhole(previous);
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoint \"" + path + "\" cannot be accessed: " + e.getMessage(), e);
        }
    }

    private boolean isStaged() throws IOException {
        return beside() == Found.CHECKPOINT && format.isWhole(staged);
    }

    /** Returns whether the path holds something that does not begin like a checkpoint. */
    public boolean isForeign() throws IOException {
        return format.find(path) == Found.FOREIGN;
    }

    /**
     * Returns the path of the temporary file or of the checkpoint before the newest one, if something there is not a
     * checkpoint, else nothing.
     */
    public Optional<String> foreignBeside() throws IOException {
        return beside() == Found.FOREIGN
                ? Optional.of(staged.toString())
                : format.find(previous) == Found.FOREIGN ? Optional.of(previous.toString()) : Optional.empty();
    }

    /**
     * Returns the kind of content at the path of the temporary file. A file that may not be read stays as it is. HDFS
     * may be unable to read a file for a while if its writer and disks have died together, but can replace it.
     */
    private Found beside() throws IOException {
        if (!files.exists(staged)) {
            return Found.NOTHING;
        }
        try {
            return format.find(staged);
        } catch (IOException e) {
            if (isDenied(e, staged)) {
                throw e;
            }
            LOG.warn("\"{}\" cannot be read now: {}", staged, e.getMessage());
            return Found.UNREADABLE;
        }
    }

    /**
     * Returns whether reading a file failed because of missing permission. For a local file Hadoop may report this as a
     * missing file, so its permission check is asked. It is asked only after a failure, because it compares mode bits
     * and ignores other rights that the kernel grants.
     */
    private boolean isDenied(IOException reading, Path file) {
        if (reading instanceof AccessControlException || reading instanceof AccessDeniedException) {
            return true;
        }
        try {
            files.access(file, FsAction.READ);
            return false;
        } catch (IOException e) {
            return e instanceof AccessControlException || e instanceof AccessDeniedException;
        }
    }

    /**
     * Writes a new content. The content before it stays in {@code NAME.previous}.
     *
     * @throws DataException if the path is a directory, or if something that is not a checkpoint is at the path of the
     *     temporary file or of the content before
     */
    public void write(Content content) {
        try {
            requireNoDirectory();
            Optional<String> foreign = foreignBeside();
            if (foreign.isPresent()) {
                throw new DataException(
                        "checkpoint \"%s\" cannot be written: it needs the file \"%s\", which exists and is not a checkpoint; move it away"
                                .formatted(path, foreign.get()));
            }
            if (atomic.renames()) {
                writeWhole(staged, content);
                keepPrevious();
                if (!renamed()) {
                    throw new IOException("cannot rename " + staged + " to " + path);
                }
            } else { // a file of an object store appears whole, and a rename copies it
                keepPrevious();
                writeWhole(path, content);
            }
            seenWhole = true;
        } catch (FSError e) { // of a local disk
            throw unwritten(new IOException(e.getCause().getMessage(), e));
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    private UncheckedIOException unwritten(IOException e) {
        return new UncheckedIOException("checkpoint \"" + path + "\" cannot be written: " + e.getMessage(), e);
    }

    /** A writer that fails would leave a part of its content. */
    private void writeWhole(Path file, Content content) throws IOException {
        boolean written = false;
        try {
            format.write(file, content);
            written = true;
        } finally {
            if (!written) {
                files.delete(file, false);
            }
        }
    }

    /** Makes room for a new file. At each moment one of the files is whole. */
    private void keepPrevious() throws IOException {
        Found found = format.find(path);
        if (found == Found.CHECKPOINT && (seenWhole || format.isWhole(path))) {
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

    /**
     * Reads the newest content. If it is damaged, the file is renamed to {@code NAME.damaged}, and the content before
     * it is read. The whole content is checked before the reader receives it.
     *
     * @throws DataException if the file is missing, if it is damaged and there is none before, or if another version of
     *     this program has written it
     */
    public <T> T read(Reader<T> reader) {
        try {
            requireNoDirectory();
            Path file = files.exists(path) || !exists() ? path : isStaged() ? staged : previous;
            requireOurs(file);
            long length;
            try {
                length = checkedLength(file);
            } catch (DamagedPieceException e) {
                useThePrevious(e.getMessage());
                file = previous;
                length = format.length(file);
            }
            seenWhole = file.equals(path);
            try (InputStream in = format.open(file)) {
                return reader.read(in, length);
            }
        } catch (IOException e) {
            throw new DataException("checkpoint \"" + path + "\" cannot be read: " + e.getMessage(), e);
        }
    }

    /** Requires a file that this version of the program may have begun to write. */
    private void requireOurs(Path file) throws IOException {
        Found found = format.find(file);
        if (found == Found.FOREIGN) {
            throw new DataException(
                    "checkpoint \"%s\" is no checkpoint: it begins with other bytes than a checkpoint; choose another path"
                            .formatted(path));
        }
        Optional<String> other = found == Found.CHECKPOINT ? format.otherVersion(file) : Optional.empty();
        if (other.isPresent()) {
            throw new DataException("checkpoint \"%s\" %s%s".formatted(path, other.get(), ADVICE));
        }
    }

    /** Returns the number of bytes of the content, after a check of its checksum. */
    private long checkedLength(Path file) throws IOException {
        long length = files.getFileStatus(file).getLen();
        if (format.find(file) == Found.BLANK) {
            throw new DamagedPieceException("is damaged: all of its %d bytes are 0".formatted(length));
        }
        try {
            return format.length(file);
        } catch (EOFException e) {
            throw new DamagedPieceException("is incomplete: it has %d bytes".formatted(length));
        }
    }

    /** Sets a damaged file aside, if the content before it is whole. */
    private void useThePrevious(String damage) throws IOException {
        if (!format.isWhole(previous)) {
            throw new DataException("checkpoint \"%s\" %s%s".formatted(path, damage, ADVICE));
        }
        LOG.warn(
                "checkpoint \"{}\" {}; it is renamed to \"{}\", and the checkpoint before it is" + " used",
                path,
                damage,
                damaged);
        setAside();
    }

    private void setAside() throws IOException {
        if (format.find(damaged) == Found.FOREIGN) {
            files.delete(path, false);
            return;
        }
        files.delete(damaged, false);
        if (!files.rename(path, damaged)) {
            throw new IOException("cannot rename " + path + " to " + damaged);
        }
    }

    private void requireNoDirectory() throws IOException {
        if (files.exists(path) && files.getFileStatus(path).isDirectory()) {
            throw new DataException("checkpoint \"" + path + "\" is a directory, expected a file");
        }
    }

    /**
     * Deletes the file, if it exists, the content before it, and the temporary file of a writer that has died.
     *
     * @throws DataException if the path is a directory
     */
    public void delete() {
        try {
            requireNoDirectory();
            files.delete(path, false);
            if (format.find(previous) != Found.FOREIGN) {
                files.delete(previous, false);
            }
            Found beside = beside();
            if (beside == Found.CHECKPOINT || beside == Found.BLANK) {
                files.delete(staged, false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoint \"" + path + "\" cannot be deleted: " + e.getMessage(), e);
        }
    }
}
