package io.github.sparklatent.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A result directory on any file system that Hadoop knows, written to a sibling and renamed once:
 * who looks sees a whole result or none, and an older result stays until the new one is whole.
 *
 * <p>The siblings are {@code .NAME.staging} and, while the old result gives way, {@code .NAME.old}.
 * What a killed run left of them is cleaned, or put back, by the next.
 */
final class OutputDirectory {
    static final String SUCCESS = "_SUCCESS";

    private static final Logger LOG = LoggerFactory.getLogger(OutputDirectory.class);

    private final FileSystem files;
    private final String path;
    private final String shown;
    private final boolean overwrite;
    private final Path target;
    private final Path staging;
    private final Path probe;
    private final Path old;

    /**
     * @param path as the configuration has it
     * @param overwrite whether a result that exists is replaced
     * @throws UsageException where there is no such file system or no directory can be
     */
    OutputDirectory(Configuration hadoop, String path, boolean overwrite) {
        this.path = path;
        this.shown = "output.path \"" + path + "\"";
        this.overwrite = overwrite;
        try {
            Path given = new Path(path);
            files = plain(given.getFileSystem(hadoop));
            target = files.makeQualified(given);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException(shown + " cannot be reached: " + e.getMessage(), e);
        }
        if (target.getParent() == null) {
            throw new UsageException(
                    shown + " is a file system's root, expected a directory in it");
        }
        staging = new Path(target.getParent(), "." + target.getName() + ".staging");
        probe = staging.suffix("-probe");
        old = new Path(target.getParent(), "." + target.getName() + ".old");
    }

    /** A person's own files need no checksum files beside them. */
    private static FileSystem plain(FileSystem files) {
        return files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
    }

    /** The directory as the configuration has it. */
    String path() {
        return path;
    }

    /**
     * Checks, before the work is done, that the result can be left here.
     *
     * @throws UsageException with the reason where it cannot
     */
    void requireUsable() {
        try {
            if (files.exists(old)) {
                recover();
            }
            requireReplaceable();
        } catch (IOException e) {
            throw new UsageException(shown + " cannot be reached: " + reason(e), e);
        }
        WriteProbe.require(files, probe, shown);
    }

    /** A run was killed between its two renames. */
    private void recover() throws IOException {
        if (files.exists(target)) {
            files.delete(old, true);
        } else {
            LOG.warn("putting back {}, which a killed run had set aside", target);
            rename(old, target);
        }
    }

    private void requireReplaceable() throws IOException {
        if (!files.exists(target)) {
            return;
        }
        if (!files.getFileStatus(target).isDirectory()) {
            throw new UsageException(shown + " is a file, expected a directory or nothing");
        }
        if (!overwrite) {
            throw new UsageException(
                    shown + " exists; set output.overwrite = true to replace it, or name another");
        }
        if (files.listStatus(target).length > 0 && !files.exists(new Path(target, SUCCESS))) {
            throw new UsageException(
                    shown
                            + " is a directory that no job has written (it has no _SUCCESS); it is"
                            + " not replaced, name another");
        }
    }

    /**
     * Leaves a result: whole, or not at all.
     *
     * @param writer fills the empty directory it is given
     */
    void write(Consumer<Path> writer) {
        try {
            if (files.delete(staging, true)) {
                LOG.info("removed what a killed run left in {}", staging);
            }
            files.mkdirs(staging);
            writer.accept(staging);
            text(new Path(staging, SUCCESS), "");
            publish();
        } catch (IOException e) {
            throw new UncheckedIOException(shown + " cannot be written: " + reason(e), e);
        } finally {
            remove(staging);
        }
    }

    /** Writes a file in UTF-8. */
    void text(Path file, String content) {
        try (OutputStream out = files.create(file, true)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + reason(e), e);
        }
    }

    private void publish() throws IOException {
        requireReplaceable();
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

    private void rename(Path from, Path to) throws IOException {
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
