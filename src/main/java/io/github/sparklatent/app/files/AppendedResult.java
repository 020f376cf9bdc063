package io.github.sparklatent.app.files;

import io.github.sparklatent.config.UsageException;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/**
 * Files that Spark's committer adds to a complete result. If there is no result, the first one is published as a whole.
 * A task's files appear when the whole job has ended; a kill while they are renamed leaves some of them.
 */
final class AppendedResult extends Publication {
    /** Spark's directory for the files of a job that has not ended. */
    private static final String UNFINISHED = "_temporary";

    /** A file that only a training and an evaluation write. */
    private static final String FIGURES = "metrics.json";

    private final Publication first;
    private boolean exists;

    AppendedResult(Place place, Publication first) {
        super(place);
        this.first = first;
    }

    @Override
    boolean adds() {
        return exists;
    }

    @Override
    void requireReplaceable() throws IOException {
        if (!isOccupied(target) || !isComplete(target)) {
            first.requireReplaceable();
        } else if (files.exists(new Path(target, FIGURES))) {
            throw new UsageException(place.shown()
                    + " is the result of a training or an evaluation, expected a table that"
                    + " score or sample wrote; set another path");
        } else {
            requireNoVersions();
        }
    }

    @Override
    void recover() throws IOException {
        first.recover();
        remove(new Path(target, UNFINISHED));
    }

    @Override
    Path directory() {
        return exists ? target : first.directory();
    }

    @Override
    void begin() throws IOException {
        requireReplaceable();
        exists = isOccupied(target) && isComplete(target);
        if (!exists) {
            first.begin();
        }
    }

    @Override
    void commit() throws IOException {
        if (!exists) {
            first.commit();
        }
    }

    @Override
    void abandon() {
        if (!exists) {
            first.abandon();
        }
    }

    @Override
    void clean() throws IOException {
        first.clean();
    }

    @Override
    Path result() {
        return target;
    }
}
