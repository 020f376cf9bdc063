package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.storage.AtomicFiles;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.core.ResultLocation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A way to make a complete result visible by one atomic step. The run holds the lock of the output from
 * {@link #recover} on.
 */
abstract class Publication {
    /** The first text of {@code _SUCCESS}. */
    static final String MARK = "spark-latent ";

    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

    /** The right to change the output. */
    @FunctionalInterface
    interface Held {
        /** Does nothing if this run has the right, else throws. */
        void require() throws IOException;
    }

    /** Names of the output and of the run. */
    record Place(AtomicFiles atomic, Path target, String shown, String run) {
        /** Returns the start of the names of all runs' directories beside the output. */
        String stagingPrefix() {
            return "." + target.getName() + ".staging-";
        }

        /** Returns the directory beside the output that only this run uses. */
        Path staging() {
            return new Path(target.getParent(), stagingPrefix() + run);
        }
    }

    final Place place;
    final FileSystem files;
    final Path target;

    Publication(Place place) {
        this.place = place;
        this.files = place.atomic().files();
        this.target = place.target();
    }

    /**
     * Checks that the result may be written. Changes nothing.
     *
     * @throws UsageException if another result, or files of somebody else, are there
     */
    abstract void requireReplaceable() throws IOException;

    /**
     * Repairs what a killed run left, so that the output has its old result or none, and keeps a run that has lost the
     * lock without knowing, because it was suspended, from making its result visible.
     */
    void recover(Held lock) throws IOException {
        Path parent = target.getParent();
        FileStatus[] siblings = files.exists(parent) ? files.listStatus(parent) : new FileStatus[0];
        lock.require(); // what a later holder writes is not in the list
        for (FileStatus sibling : siblings) {
            if (sibling.getPath().getName().startsWith(place.stagingPrefix())) {
                LOG.info("removing {}, which a killed run left", sibling.getPath());
                files.delete(sibling.getPath(), true);
            }
        }
    }

    /** Returns the directory that the files are written to. */
    abstract Path directory();

    /** Creates the directory, empty. */
    abstract void begin() throws IOException;

    /** Makes the result visible, after {@code _SUCCESS} has been written. */
    abstract void commit(Held lock) throws IOException;

    /** Removes the directory, after a failure. No other run writes there, so it needs no lock. */
    abstract void abandon();

    /** Removes what killed runs left, after a success. */
    abstract void clean() throws IOException;

    /** Returns the directory that readers should name. */
    abstract Path result();

    /** Returns whether a directory has files. */
    boolean isOccupied(Path directory) throws IOException {
        if (!files.exists(directory)) {
            return false;
        }
        if (!files.getFileStatus(directory).isDirectory()) {
            throw new UsageException(place.shown() + " is a file, expected a directory or nothing");
        }
        return files.listStatus(directory).length > 0;
    }

    /** Returns whether a directory is a complete result of any version of this program. */
    boolean isComplete(Path directory) throws IOException {
        Path success = new Path(directory, ResultLocation.SUCCESS);
        if (!files.exists(success)) {
            return false;
        }
        try (InputStream in = files.open(success)) {
            byte[] begin = in.readNBytes(MARK.length());
            return MARK.equals(new String(begin, StandardCharsets.UTF_8));
        }
    }

    boolean hasVersions() throws IOException {
        return files.exists(new Path(target, ResultLocation.LOG))
                && files.exists(new Path(target, ResultLocation.VERSIONS));
    }

    void requireNoVersions() throws IOException {
        if (hasVersions()) {
            throw new UsageException(place.shown()
                    + " has versions of a result; set output.versioned = true to add one, or set another path");
        }
    }

    UsageException foreign() {
        return new UsageException(
                place.shown()
                        + " is a directory that spark-latent did not write (its _SUCCESS does not say so), so it is not replaced; set another path");
    }

    /** Removes a path. A failure is only logged, because the result does not depend on it. */
    void remove(Path path) {
        try {
            files.delete(path, true);
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", path, ExitCodes.firstLine(e.getMessage()));
        }
    }
}
