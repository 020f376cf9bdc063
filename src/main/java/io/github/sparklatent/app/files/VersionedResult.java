package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.storage.CommitLog;
import io.github.sparklatent.cluster.storage.HeldException;
import io.github.sparklatent.config.ResultExistsException;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.core.ResultLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A result in a directory of its own, {@code versions/RUN}, which becomes the current one by an entry in the commit log
 * {@code log}, a small file that is created if absent. This works on every store that can do so.
 */
final class VersionedResult extends Publication {
    private static final Logger LOG = LoggerFactory.getLogger(VersionedResult.class);

    /** Number of results that are kept if versions were not asked for: readers may still use the one before. */
    private static final int KEPT = 2;

    private final CommitLog log;
    private final boolean asked;
    private final boolean overwrite;
    private final Path versions;
    private final Path directory;
    private long entries;

    /**
     * Creates the publication.
     *
     * @param asked whether every version is to stay; else the store needs versions to replace a result
     * @param overwrite whether a result is replaced if versions were not asked for
     */
    VersionedResult(Place place, Configuration hadoop, boolean asked, boolean overwrite) {
        super(place);
        this.asked = asked;
        this.overwrite = overwrite;
        this.log = new CommitLog(hadoop, new Path(target, ResultLocation.LOG));
        this.versions = new Path(target, ResultLocation.VERSIONS);
        this.directory = ResultLocation.version(target, place.run());
    }

    @Override
    void requireReplaceable() throws IOException {
        if (!isOccupied(target)) {
            return;
        }
        if (!files.exists(versions)) {
            if (!isComplete(target)) {
                throw foreign();
            }
            throw new UsageException(
                    place.shown()
                            + (asked
                                    ? " is a result without versions, but output.versioned is true; set another path, or output.versioned = false"
                                    : " is a result of an earlier release, which was written in place; move it away, or set another path"));
        }
        Optional<CommitLog.Entry> newest = log.newest();
        newest.ifPresent(this::requireResult);
        if (!asked && !overwrite && newest.isPresent()) {
            throw new ResultExistsException(
                    place.shown() + " exists; set output.overwrite = true to replace it, or set another path");
        }
    }

    private void requireResult(CommitLog.Entry entry) {
        try {
            ResultLocation.run(entry, target);
        } catch (DataException e) {
            throw new UsageException(
                    place.shown()
                            + " has a log that is not one of results, such as that of a registry; set another path",
                    e);
        }
    }

    @Override
    void recover() throws IOException {
        super.recover();
        entries = log.newest().map(CommitLog.Entry::number).orElse(0L);
    }

    @Override
    Path directory() {
        return directory;
    }

    @Override
    void begin() throws IOException {
        requireReplaceable();
        files.mkdirs(directory);
    }

    @Override
    void commit() throws IOException {
        if (!log.append(entries + 1, ResultLocation.entry(place.run()))) {
            throw new HeldException("another run has taken the output over and written a result");
        }
    }

    @Override
    void clean() throws IOException {
        List<String> logged = logged();
        List<String> kept = asked ? logged : logged.subList(Math.max(0, logged.size() - KEPT), logged.size());
        for (FileStatus version : files.listStatus(versions)) {
            if (!kept.contains(version.getPath().getName())) {
                LOG.info("removing {}, which is no result any more, or never was one", version.getPath());
                remove(version.getPath());
            }
        }
    }

    private List<String> logged() {
        return log.entries().stream()
                .map(entry -> ResultLocation.run(entry, target))
                .toList();
    }

    /** Removes the version, unless the log has it: a failed request may have been served. */
    @Override
    void abandon() {
        try {
            if (!logged().contains(place.run())) {
                remove(directory);
            }
        } catch (DataException | UncheckedIOException e) {
            LOG.warn("{} is not removed: {}", directory, ExitCodes.firstLine(e.getMessage()));
        }
    }

    @Override
    Path result() {
        return directory;
    }
}
