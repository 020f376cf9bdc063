package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.app.recognition.RecognisedTable;
import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.learn.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The files of the tables that a job reads. Needs no Spark session. */
public final class SourceFiles {
    private SourceFiles() {}

    /**
     * Checks that the tables of {@code data.path} and {@code data.holdout.path} exist and have files of the format.
     * This needs no Spark session.
     *
     * @throws DataException if one does not
     */
    public static void require(Configuration hadoop, DataSection data) {
        if (data.table().isEmpty()) {
            require(hadoop, "data.path", data.paths(), data.format());
        }
        if (!data.holdout().paths().isEmpty()) {
            require(hadoop, "data.holdout.path", data.holdout().paths(), data.format());
        }
    }

    static void require(Configuration hadoop, String key, List<String> paths, DataFormat format) {
        // The check runs on all paths, so it must not stop at the first one that has files.
        if (paths.stream().filter(path -> holdsFiles(hadoop, key, path, format)).count() == 0) {
            throw new DataException("%s \"%s\" has no files, expected files of data.format %s"
                    .formatted(key, String.join("\", \"", paths), format));
        }
    }

    /** Returns what tells the files at some paths or patterns from other ones, without reading them. */
    static String state(Configuration hadoop, List<String> paths) {
        long[] sums = new long[3]; // number, bytes, newest time
        try {
            for (String path : paths) {
                FileSystem files = FileSystems.of(new Path(path), hadoop);
                addAll(files, files.globStatus(new Path(path)), sums);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(paths + " cannot be listed: " + ExitCodes.firstLine(e.getMessage()), e);
        }
        return "%d files of %d bytes, the newest of %s".formatted(sums[0], sums[1], Instant.ofEpochMilli(sums[2]));
    }

    private static void addAll(FileSystem files, FileStatus[] found, long[] sums) throws IOException {
        for (FileStatus status : found == null ? new FileStatus[0] : found) {
            if (status.isDirectory()) {
                addAll(
                        files,
                        files.listStatus(status.getPath(), of -> !of.getName().matches("[._].*")),
                        sums);
            } else {
                sums[0]++;
                sums[1] += status.getLen();
                sums[2] = Math.max(sums[2], status.getModificationTime());
            }
        }
    }

    /**
     * Returns whether a path or pattern has anything but empty folders. Empty folders are allowed beside others, such
     * as today's folder before its first file.
     *
     * @throws DataException if nothing exists there, or a file has another format
     */
    private static boolean holdsFiles(Configuration hadoop, String key, String path, DataFormat format) {
        String shown = key + " \"" + path + "\"";
        try {
            Path pattern = new Path(path);
            FileSystem files = FileSystems.of(pattern, hadoop);
            FileStatus[] found = files.globStatus(pattern);
            if (found == null || found.length == 0) {
                throw new DataException(shown + " does not exist");
            }
            boolean holds = false;
            for (FileStatus status : found) {
                requireFormat(files, status, shown, format);
                holds = holds
                        || status.isFile()
                        || files.listStatusIterator(status.getPath()).hasNext();
            }
            return holds;
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException(shown + " cannot be reached: " + ExitCodes.firstLine(e.getMessage()), e);
        }
    }

    /**
     * Checks the first bytes of Parquet and ORC files and the log of Delta. This avoids a Spark job that would fail.
     */
    private static void requireFormat(FileSystem files, FileStatus status, String shown, DataFormat format)
            throws IOException {
        if (format == DataFormat.DELTA && !RecognisedTable.isDelta(files, status)) {
            throw new DataException(shown + " cannot be read as delta: it has no directory _delta_log");
        }
        String mark = switch (format) {
            case PARQUET -> "PAR";
            case ORC -> "ORC";
            case DELTA, CSV, JSON, LIBSVM, IDX -> "";
        };
        if (mark.isEmpty() || !status.isFile()) {
            return;
        }
        try (InputStream in = files.open(status.getPath())) {
            String found = new String(in.readNBytes(mark.length()), StandardCharsets.ISO_8859_1);
            if (!found.equals(mark)) {
                throw new DataException("%s cannot be read as %s: the file %s has another format; set data.format to it"
                        .formatted(shown, format, status.getPath().getName()));
            }
        }
    }
}
