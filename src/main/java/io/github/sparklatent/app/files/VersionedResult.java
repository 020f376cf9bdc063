package io.github.sparklatent.app.files;

import io.github.sparklatent.cluster.storage.CommitLog;
import io.github.sparklatent.cluster.storage.HeldException;
import io.github.sparklatent.cluster.storage.UniqueName;
import io.github.sparklatent.config.ResultExistsException;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.core.ResultLocation;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A result in a directory of its own, {@code versions/RUN}, which becomes the current one by an entry in the commit log
 * {@code log}, a small file that is created if absent. This works on every store that can do so.
 */
final class VersionedResult extends Publication {
    /** Number of results that stay without output.versioned: readers may still use the one before. */
    private static final int MIN_KEPT = 2;

    private final CommitLog log;
    private final boolean asked;
    private final boolean overwrite;
    private final Path versions;
    private final Path directory;
    private long entries;
    private List<String> unfinished = List.of();
    private boolean isUnknown;

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
            throw new UsageException(place.shown()
                    + " is a result without versions, which cannot get a version; move it away, or set another path");
        }
        Optional<CommitLog.Entry> newest = log.newest();
        newest.ifPresent(this::requireResult);
        if (newest.isEmpty() && !names().stream().allMatch(UniqueName::is)) {
            throw foreign();
        }
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
                    place.shown() + " contains the log of something else, such as a registry; set another path", e);
        }
    }

    private List<String> names() throws IOException {
        return files.exists(versions)
                ? Arrays.stream(files.listStatus(versions))
                        .map(version -> version.getPath().getName())
                        .toList()
                : List.of();
    }

    @Override
    void recover(Held lock) throws IOException {
        super.recover(lock);
        List<String> found = names();
        List<String> logged = log.entries().stream()
                .map(entry -> ResultLocation.run(entry, target))
                .toList();
        entries = logged.size();
        lock.require(); // what a later holder writes is not in the list
        unfinished = found.stream()
                .filter(name -> UniqueName.is(name) && !logged.contains(name))
                .toList();
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
    void commit(Held lock) throws IOException {
        isUnknown = true;
        boolean isFirst = log.append(entries + 1, ResultLocation.entry(place.run(), asked));
        isUnknown = false;
        if (!isFirst) {
            throw new HeldException("another run has taken the output over and written a result");
        }
    }

    @Override
    void clean() {
        List<CommitLog.Entry> all = log.entries();
        Stream<String> outdated = all.subList(0, Math.max(0, all.size() - MIN_KEPT)).stream()
                .filter(entry -> !ResultLocation.isKept(entry))
                .map(entry -> ResultLocation.run(entry, target));
        Stream.concat(unfinished.stream(), outdated).forEach(run -> remove(ResultLocation.version(target, run)));
    }

    /** Removes the version, unless the log may have it: a request that failed may have been served, or may yet be. */
    @Override
    void abandon() {
        if (!isUnknown) {
            remove(directory);
        }
    }

    @Override
    Path result() {
        return directory;
    }
}
