package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.storage.CommitLog;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.core.ResultLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A result in a directory of its own, {@code versions/RUN}, which becomes the current one by an entry in the commit log
 * {@code log}. This works on every store. Earlier versions stay.
 */
final class VersionedResult extends Publication {
    private static final Logger LOG = LoggerFactory.getLogger(VersionedResult.class);

    private final CommitLog log;
    private final Path versions;
    private final Path directory;

    VersionedResult(Place place, Configuration hadoop) {
        super(place);
        this.log = new CommitLog(hadoop, new Path(target, ResultLocation.LOG));
        this.versions = new Path(target, ResultLocation.VERSIONS);
        this.directory = ResultLocation.version(target, place.run());
    }

    @Override
    void requireReplaceable() throws IOException {
        if (!isOccupied(target) || files.exists(versions)) {
            return;
        }
        if (!isComplete(target)) {
            throw foreign();
        }
        throw new UsageException(place.shown()
                + " is a result without versions, but output.versioned is true; set another"
                + " path, or output.versioned = false");
    }

    @Override
    void recover() {
        // A version without an entry is never seen, and the next success removes it.
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
    void commit() {
        log.append(before -> Optional.of(ResultLocation.entry(place.run())));
    }

    @Override
    void clean() throws IOException {
        Set<String> logged = logged();
        for (FileStatus version : files.listStatus(versions)) {
            if (!logged.contains(version.getPath().getName())) {
                LOG.info("removing {}, which a killed run left", version.getPath());
                remove(version.getPath());
            }
        }
    }

    private Set<String> logged() {
        return log.entries().stream()
                .map(entry -> ResultLocation.run(entry, target))
                .collect(Collectors.toSet());
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
