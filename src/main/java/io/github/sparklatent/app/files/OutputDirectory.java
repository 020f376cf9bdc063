package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.core.BuildInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A result directory on any Hadoop file system. The result is written to another directory beside
 * it, which is then renamed, so readers see a complete result or none, and an older result stays
 * until the new one is complete.
 *
 * <p>The directories beside the result are {@code .NAME.staging-RUN}, one for each run, and {@code
 * .NAME.old}, which exists while the old result is being replaced. If a run was killed, the next
 * run restores the old result, and removes staging directories older than a day. Of two concurrent
 * runs the later one fails, or replaces the other's result if it may overwrite.
 *
 * <p>Every table of Spark has a file {@code _SUCCESS}; its text names the program and the version
 * that wrote the result.
 */
public final class OutputDirectory {
    /** Name of the file that a complete result has. */
    public static final String SUCCESS = "_SUCCESS";

    /** The first text of {@code _SUCCESS}. */
    private static final String MARK = "spark-latent ";

    private static final String STAGING = ".staging-";
    private static final Duration LEFT_OVER = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(OutputDirectory.class);

    private final FileSystem files;
    private final String path;
    private final String shown;
    private final boolean overwrite;
    private final Path target;
    private final Path staging;
    private final Path old;

    /**
     * Creates a result directory without changing the file system.
     *
     * @param path path of the directory, as in the configuration
     * @param overwrite whether an existing result is replaced
     * @throws UsageException if the file system does not exist or the path cannot be a directory
     */
    public OutputDirectory(Configuration hadoop, String path, boolean overwrite) {
        this.path = path;
        this.shown = "output.path \"" + path + "\"";
        this.overwrite = overwrite;
        try {
            Path given = new Path(path);
            files = plain(FileSystems.of(given, hadoop));
            target = files.makeQualified(given);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException(shown + " cannot be reached: " + e.getMessage(), e);
        }
        if (target.getParent() == null) {
            throw new UsageException(
                    shown + " is the root of a file system, expected a directory in it");
        }
        staging = new Path(target.getParent(), "." + target.getName() + STAGING + run());
        old = new Path(target.getParent(), "." + target.getName() + ".old");
    }

    /** Returns a name that no other run has, from the time in nanoseconds and the process id. */
    private static String run() {
        Instant now = Instant.now();
        return "%x-%x-%x-%x"
                .formatted(
                        now.getEpochSecond(),
                        now.getNano(),
                        ProcessHandle.current().pid(),
                        System.nanoTime());
    }

    /**
     * Returns the file system without checksum files, because a user's own files do not need them.
     */
    public static FileSystem plain(FileSystem files) {
        return files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
    }

    /** Returns the directory as in the configuration. */
    public String path() {
        return path;
    }

    /** Returns the file system of the directory. */
    FileSystem files() {
        return files;
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
            requireReplaceable(files.exists(target) ? target : old);
        } catch (IOException e) {
            throw new UsageException(shown + " cannot be reached: " + reason(e), e);
        }
        WriteProbe.require(files, staging, shown);
    }

    /** Restores the old result if a run was killed between its two renames. */
    public void recover() {
        try {
            if (files.exists(old) && !files.exists(target)) {
                LOG.warn("restoring {}, which a killed run had renamed", target);
                rename(old, target);
            }
        } catch (IOException e) {
            throw new UsageException(shown + " cannot be reached: " + reason(e), e);
        }
    }

    /** Removes staging directories of runs that were killed long ago. */
    private void clean() throws IOException {
        long oldest = Instant.now().minus(LEFT_OVER).toEpochMilli();
        String prefix = "." + target.getName() + STAGING;
        for (FileStatus sibling : files.listStatus(target.getParent())) {
            if (sibling.getPath().getName().startsWith(prefix)
                    && sibling.getModificationTime() < oldest) {
                LOG.info("removing {}, which a killed run left", sibling.getPath());
                remove(sibling.getPath());
            }
        }
    }

    private void requireReplaceable(Path there) throws IOException {
        if (!files.exists(there)) {
            return;
        }
        if (!files.getFileStatus(there).isDirectory()) {
            throw new UsageException(shown + " is a file, expected a directory or nothing");
        }
        if (files.listStatus(there).length > 0 && !isMarked(new Path(there, SUCCESS))) {
            throw new UsageException(
                    shown
                            + " is a directory that spark-latent did not write (its _SUCCESS does"
                            + " not say so), so it is not replaced; set another path");
        }
        if (!overwrite) {
            throw new UsageException(
                    shown
                            + " exists; set output.overwrite = true to replace it, or set another"
                            + " path");
        }
    }

    private boolean isMarked(Path success) throws IOException {
        if (!files.exists(success)) {
            return false;
        }
        try (InputStream in = files.open(success)) {
            byte[] begin = in.readNBytes(MARK.length());
            return MARK.equals(new String(begin, StandardCharsets.UTF_8));
        }
    }

    /**
     * Writes a complete result, or none if an error occurs.
     *
     * @param writer fills the empty directory that it gets
     */
    public void write(Consumer<Path> writer) {
        try {
            files.mkdirs(staging);
            recover();
            clean();
            writer.accept(staging);
            mark();
            publish();
        } catch (IOException e) {
            throw new UncheckedIOException(shown + " cannot be written: " + reason(e), e);
        } finally {
            remove(staging);
        }
    }

    /** Writes a file in UTF-8. */
    public void text(Path file, String content) {
        try (OutputStream out = files.create(file, true)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + reason(e), e);
        }
    }

    /** Writes {@code _SUCCESS} in place of Spark's empty file and its checksum. */
    private void mark() throws IOException {
        files.delete(new Path(staging, "." + SUCCESS + ".crc"), false);
        text(new Path(staging, SUCCESS), MARK + BuildInfo.read().version() + "\n");
    }

    private void publish() throws IOException {
        requireReplaceable(target);
        boolean replaces = files.exists(target);
        if (replaces) {
            files.delete(old, true);
            rename(target, old);
        }
        try {
            rename(staging, target);
        } catch (IOException e) {
            if (replaces) {
                rename(old, target);
            }
            throw e;
        }
        remove(old);
    }

    /**
     * Renames a directory to a path that does not exist. Some file systems would move it into an
     * existing directory.
     */
    private void rename(Path from, Path to) throws IOException {
        if (files.exists(to)) {
            throw new IOException(
                    "cannot rename " + from + " to " + to + ", which another run has just created");
        }
        if (!files.rename(from, to)) {
            throw new IOException("cannot rename " + from + " to " + to);
        }
    }

    /** Removes a path. A failure is only logged, because the result does not depend on it. */
    private void remove(Path path) {
        try {
            files.delete(path, true);
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", path, reason(e));
        }
    }

    private static String reason(IOException error) {
        return ExitCodes.firstLine(error.getMessage());
    }
}
