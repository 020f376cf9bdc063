package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.storage.AtomicFiles;
import io.github.sparklatent.cluster.storage.HeldException;
import io.github.sparklatent.cluster.storage.RunLock;
import io.github.sparklatent.cluster.storage.UniqueName;
import io.github.sparklatent.config.OutputMode;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.core.BuildInfo;
import io.github.sparklatent.ml.core.ResultLocation;
import io.github.sparklatent.ml.io.ModelChecksums;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A result directory on any Hadoop file system. A run writes to a directory of its own name. Readers see a complete
 * result or none, and an older result stays until the new one is complete, whenever the job is killed.
 * {@link Publication} has the two ways to do this: a rename, or an entry in a commit log where a rename is a copy or
 * {@code output.versioned} asks for it.
 *
 * <p>A run holds the lock {@code .NAME.lock} beside the directory. A second run ends at its start.
 *
 * <p>Every table of Spark has a file {@code _SUCCESS}; the text of ours names the program, its version and the run that
 * wrote the result.
 */
public final class OutputDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutputDirectory.class);

    private final Configuration hadoop;
    private final FileSystem files;
    private final String path;
    private final String shown;
    private final Path target;
    private final String run = UniqueName.next();
    private final Publication.Place place;
    private final Publication publication;
    private RunLock lock;

    /**
     * Creates a result directory without changing the file system.
     *
     * @param path path of the directory, as in the configuration
     * @param mode handling of an existing result
     * @param versioned whether each result is a version of its own
     * @throws UsageException if the file system does not exist or the path cannot be a directory
     */
    public OutputDirectory(Configuration hadoop, String path, OutputMode mode, boolean versioned) {
        this.hadoop = hadoop;
        this.path = path;
        this.shown = "output.path \"" + path + "\"";
        AtomicFiles atomic;
        try {
            Path given = new Path(path);
            atomic = new AtomicFiles(hadoop, given);
            files = atomic.files();
            target = files.makeQualified(given);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException(shown + " cannot be reached: " + e.getMessage(), e);
        }
        if (target.getParent() == null) {
            throw new UsageException(shown + " is the root of a file system, expected a directory in it");
        }
        place = new Publication.Place(atomic, target, shown, run);
        boolean overwrite = mode == OutputMode.OVERWRITE;
        publication = versioned || !atomic.renames()
                ? new VersionedResult(place, hadoop, versioned, overwrite)
                : new RenamedResult(place, overwrite);
    }

    /** Returns the directory as in the configuration. */
    public String path() {
        return path;
    }

    /** Returns the directory of this run's result: a version's directory, or the output itself. */
    public String result() {
        return publication.result().equals(target) ? path : publication.result().toString();
    }

    /** Returns the directory qualified with its file system. */
    public Path target() {
        return target;
    }

    /**
     * Checks, before the work starts, that the result can be written here. Changes nothing.
     *
     * @throws UsageException with the reason if it cannot
     */
    public void requireUsable() {
        try {
            publication.requireReplaceable();
        } catch (IOException e) {
            throw new UsageException(shown + " cannot be reached: " + ExitCodes.firstLine(e.getMessage()), e);
        }
        WriteProbe.require(place.atomic(), place.staging(), shown);
    }

    /**
     * Checks that no other run holds the lock of the directory.
     *
     * @throws UncheckedIOException if one holds it; the message names the run
     */
    public void requireFree() {
        try {
            RunLock.requireFree(hadoop, target, shown);
        } catch (HeldException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UsageException(shown + " cannot be reached: " + ExitCodes.firstLine(e.getMessage()), e);
        }
    }

    /**
     * Locks the directory until it is closed, and repairs what a killed run left in it.
     *
     * @param application identifier of the Spark application
     * @throws UncheckedIOException if another run holds the lock; the message names it
     * @throws UsageException with the reason if the lock cannot be written
     */
    public void lock(String application) {
        try {
            lock = RunLock.acquire(hadoop, target, shown, run, application);
            publication.recover(lock::requireHeld);
        } catch (HeldException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UsageException(shown + " cannot be written: " + ExitCodes.firstLine(e.getMessage()), e);
        }
    }

    /** Writes a complete result, or none if an error occurs; {@code writer} fills the empty directory that it gets. */
    public void write(Consumer<Path> writer) {
        if (lock == null) {
            lock("none");
            try (OutputDirectory locked = this) {
                locked.write(writer);
            }
            return;
        }
        boolean committed = false;
        try {
            lock.requireHeld();
            publication.begin();
            writer.accept(publication.directory());
            mark();
            lock.requireHeld();
            publication.commit(lock::requireHeld);
            committed = true;
        } catch (IOException e) {
            throw new UncheckedIOException(shown + " cannot be written: " + ExitCodes.firstLine(e.getMessage()), e);
        } finally {
            if (!committed) {
                publication.abandon();
            }
        }
        if (isHeld()) {
            clean();
        }
    }

    /**
     * Returns whether this run still holds the lock. Else, or if that is unknown, another run may replace the result.
     */
    public boolean isHeld() {
        try {
            if (lock != null) {
                lock.requireHeld();
            }
            return true;
        } catch (IOException e) {
            LOG.warn(
                    "{} is left as it is, because this run may not hold its lock: {}",
                    target,
                    ExitCodes.firstLine(e.getMessage()));
            return false;
        }
    }

    /** Removes what killed runs left. A failure is only logged, because there is a result. */
    private void clean() {
        try {
            publication.clean();
        } catch (IOException | UncheckedIOException | DataException e) {
            LOG.warn("the leftovers of {} cannot be removed: {}", target, e.getMessage());
        }
    }

    /** Writes a file in UTF-8. */
    public void text(Path file, String content) {
        bytes(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file. */
    public void bytes(Path file, byte[] content) {
        try (OutputStream out = files.create(file, true)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + ExitCodes.firstLine(e.getMessage()), e);
        }
    }

    /** Writes the checksums of a saved model. */
    public void checksums(Path model) {
        try {
            ModelChecksums.write(files, model);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the checksums of " + model + " cannot be written: " + ExitCodes.firstLine(e.getMessage()), e);
        }
    }

    /** Writes {@code _SUCCESS} in place of Spark's empty file and its checksum. */
    private void mark() throws IOException {
        Path directory = publication.directory();
        files.delete(new Path(directory, "." + ResultLocation.SUCCESS + ".crc"), false);
        text(
                new Path(directory, ResultLocation.SUCCESS),
                "%s%s\nrun %s\n".formatted(Publication.MARK, BuildInfo.read().version(), run));
    }

    /** Releases the lock. */
    @Override
    public void close() {
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }
}
