package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.storage.CommitLog;
import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.io.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The places of a result. Where the file system renames, it is the output directory itself. While a result is replaced,
 * and after a kill in this moment, the old result is at {@code .NAME.old}. A versioned output, and each one on an
 * object store, has a directory for each result, and a commit log whose last entry names the current one.
 */
public final class ResultLocation {
    /** Name of the file that marks a complete result. */
    public static final String SUCCESS = "_SUCCESS";

    /** Name of the directory of all versions. */
    public static final String VERSIONS = "versions";

    /** Name of the directory of the commit log. */
    public static final String LOG = "log";

    private static final int MAX_BYTES = 1 << 10;

    /** A run's name as the job makes it; it cannot lead out of the directory of versions. */
    private static final Pattern RUN = Pattern.compile("[0-9A-Za-z-]{1,200}");

    private ResultLocation() {}

    /** Returns where the old result is while it is being replaced. */
    public static Path old(Path output) {
        return new Path(output.getParent(), "." + output.getName() + ".old");
    }

    /**
     * Returns the text of a version's entry in the commit log.
     *
     * @param kept whether the version stays when it is no longer the current one
     */
    public static String entry(String run, boolean kept) {
        return Json.line(Json.object(
                "event",
                "result",
                "run",
                run,
                "kept",
                kept,
                "version",
                BuildInfo.read().version()));
    }

    /** Returns whether the version of an entry stays; those of release 0.1.0 do. */
    public static boolean isKept(CommitLog.Entry entry) {
        return !Boolean.FALSE.equals(Json.parse(entry.text()).get("kept"));
    }

    /**
     * Returns the run that an entry of the commit log names.
     *
     * @throws DataException if it names none
     */
    public static String run(CommitLog.Entry entry, Path output) {
        try {
            Object run = Json.parse(entry.text()).get("run");
            if (run instanceof String name && RUN.matcher(name).matches()) {
                return name;
            }
            throw new DataException("its \"run\" is " + run);
        } catch (DataException e) {
            throw new DataException(
                    "entry %d of the commit log of \"%s\" names no run (%s); restore it from a backup"
                            .formatted(entry.number(), output, e.getMessage()),
                    e);
        }
    }

    /** Returns the directory of a version. */
    public static Path version(Path output, String run) {
        return new Path(new Path(output, VERSIONS), run);
    }

    /**
     * Returns the directory of the current result. A path without a result is returned unchanged.
     *
     * @throws DataException if the commit log is damaged
     */
    public static Path current(Configuration hadoop, Path output) throws IOException {
        FileSystem files = FileSystems.of(output, hadoop);
        Optional<CommitLog.Entry> newest = newest(files, hadoop, output);
        if (newest.isPresent()) {
            return version(output, run(newest.get(), output));
        }
        if (!output.isRoot() && !files.exists(output) && files.exists(old(output))) {
            return old(output);
        }
        return output;
    }

    private static Optional<CommitLog.Entry> newest(FileSystem files, Configuration hadoop, Path output)
            throws IOException {
        Path log = new Path(output, LOG);
        return files.exists(log) ? new CommitLog(hadoop, log).newest() : Optional.empty();
    }

    /**
     * Returns a text that changes when a result is replaced, or an empty text if there is no complete result. A reader
     * compares it to know whether it has read files of two results.
     */
    static String stamp(FileSystem files, Path result) throws IOException {
        try (InputStream in = files.open(new Path(result, SUCCESS))) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            return "";
        }
    }
}
