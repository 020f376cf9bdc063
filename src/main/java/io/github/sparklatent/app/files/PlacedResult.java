package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.config.ResultExistsException;
import io.github.sparklatent.ml.core.ResultLocation;
import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A result that is written in its place, because a rename is a copy there. A file {@code _STARTED} marks it from the
 * first moment until {@code _SUCCESS} is there. An existing result cannot be replaced in this way, because readers
 * would see parts of both.
 */
final class PlacedResult extends Publication {
    private static final Logger LOG = LoggerFactory.getLogger(PlacedResult.class);

    private final boolean overwrite;
    private final Path started;

    PlacedResult(Place place, boolean overwrite) {
        super(place);
        this.overwrite = overwrite;
        this.started = new Path(target, ResultLocation.STARTED);
    }

    @Override
    void requireReplaceable() throws IOException {
        if (!isOccupied(target)) {
            return;
        }
        requireNoVersions();
        if (isComplete(target)) {
            throw new ResultExistsException(place.shown()
                    + (overwrite
                            ? " exists on a store that renames by copying, so"
                                    + " output.overwrite = true would lose it if the job is"
                                    + " killed; set output.versioned = true and a new path"
                            : " exists; set another path, or a new one with"
                                    + " output.versioned = true, which keeps each result as a"
                                    + " version"));
        }
        if (!files.exists(started)) {
            throw foreign();
        }
    }

    @Override
    void recover() throws IOException {
        if (!files.exists(started)) {
            return;
        }
        if (isComplete(target)) {
            clean();
        } else {
            LOG.warn("removing the incomplete result {}, which a killed run left", target);
            clear();
        }
    }

    /** Deletes the directory; the mark that it is incomplete goes last. */
    private void clear() throws IOException {
        for (FileStatus child : files.listStatus(target)) {
            if (!child.getPath().getName().equals(ResultLocation.STARTED)) {
                files.delete(child.getPath(), true);
            }
        }
        files.delete(target, true);
    }

    @Override
    Path directory() {
        return target;
    }

    @Override
    void begin() throws IOException {
        requireReplaceable();
        files.mkdirs(target);
        files.create(started, true).close();
    }

    @Override
    void commit() {
        // A result is visible as soon as it has _SUCCESS.
    }

    @Override
    void clean() throws IOException {
        files.delete(started, false);
    }

    @Override
    void abandon() {
        try {
            if (files.exists(started) && !isComplete(target)) {
                clear();
            }
        } catch (IOException e) {
            LOG.warn("{} is incomplete and cannot be removed: {}", target, ExitCodes.firstLine(e.getMessage()));
        }
    }

    @Override
    Path result() {
        return target;
    }
}
