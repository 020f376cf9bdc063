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
 * A result directory on any file system that Hadoop knows, written to a sibling and renamed once:
 * who looks sees a whole result or none, and an older result stays until the new one is whole.
 *
 * <p>The siblings are {@code .NAME.staging-RUN}, each run's own, and, while the old result gives
 * way, {@code .NAME.old}. What a killed run left of them is cleaned after a day, or put back, by
 * the next. Of two runs at once the one that is later fails, or replaces the other's result if it
 * may.
 *
 * <p>{@code _SUCCESS} says who wrote the result: every table of Spark has a file of this name.
 */
public final class OutputDirectory {
    static final String SUCCESS = "_SUCCESS";

    /** How {@code _SUCCESS} begins. */
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
     * @param path as the configuration has it
     * @param overwrite whether a result that exists is replaced
     * @throws UsageException where there is no such file system or no directory can be
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
                    shown + " is a file system's root, expected a directory in it");
        }
        staging = new Path(target.getParent(), "." + target.getName() + STAGING + run());
        old = new Path(target.getParent(), "." + target.getName() + ".old");
    }

    /** A name that no other run has: the time to the nanosecond and the process. */
    private static String run() {
        Instant now = Instant.now();
        return "%x-%x-%x-%x"
                .formatted(
                        now.getEpochSecond(),
                        now.getNano(),
                        ProcessHandle.current().pid(),
                        System.nanoTime());
    }

    /** A person's own files need no checksum files beside them. */
    public static FileSystem plain(FileSystem files) {
        return files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
    }

    /** The directory as the configuration has it. */
    public String path() {
        return path;
    }

    /** The file system of the directory. */
    FileSystem files() {
        return files;
    }

    /** The directory with its file system. */
    public Path target() {
        return target;
    }

    /**
     * Checks, before the work is done, that the result can be left here. Changes nothing.
     *
     * @throws UsageException with the reason where it cannot
     */
    public void requireUsable() {
        try {
            requireReplaceable(files.exists(target) ? target : old);
        } catch (IOException e) {
            throw new UsageException(shown + " cannot be reached: " + reason(e), e);
        }
        WriteProbe.require(files, staging, shown);
    }

    /** Puts a result back that a run had set aside when it was killed between its two renames. */
    public void recover() {
        try {
            if (files.exists(old) && !files.exists(target)) {
                LOG.warn("putting back {}, which a killed run had set aside", target);
                rename(old, target);
            }
        } catch (IOException e) {
            throw new UsageException(shown + " cannot be reached: " + reason(e), e);
        }
    }

    /** Removes what runs that were killed long ago have left. */
    private void clean() throws IOException {
        long oldest = Instant.now().minus(LEFT_OVER).toEpochMilli();
        String prefix = "." + target.getName() + STAGING;
        for (FileStatus sibling : files.listStatus(target.getParent())) {
            if (sibling.getPath().getName().startsWith(prefix)
                    && sibling.getModificationTime() < oldest) {
                LOG.info("removing what a killed run left in {}", sibling.getPath());
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
        if (!overwrite) {
            throw new UsageException(
                    shown + " exists; set output.overwrite = true to replace it, or name another");
        }
        if (files.listStatus(there).length > 0 && !isMarked(new Path(there, SUCCESS))) {
            throw new UsageException(
                    shown
                            + " is a directory that no job of spark-latent has written (its"
                            + " _SUCCESS does not say so); it is not replaced, name another");
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
     * Leaves a result: whole, or not at all.
     *
     * @param writer fills the empty directory it is given
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

    /** In place of the empty one that Spark leaves beside a table, with its checksum. */
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

    /** Onto nothing: onto a directory, some file systems would rename into it. */
    private void rename(Path from, Path to) throws IOException {
        if (files.exists(to)) {
            throw new IOException(
                    "cannot rename " + from + " to " + to + ": another run has just made it");
        }
        if (!files.rename(from, to)) {
            throw new IOException("cannot rename " + from + " to " + to);
        }
    }

    /**
     * Tidies up; what cannot be removed stays and is told, for the result does not depend on it.
     */
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
