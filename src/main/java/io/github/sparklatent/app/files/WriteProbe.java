package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.config.UsageException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether something can be written at a place: permissions say too little (there are
 * read-only file systems, and root asks no permission), so it is tried.
 */
final class WriteProbe {
    private static final Logger LOG = LoggerFactory.getLogger(WriteProbe.class);

    private WriteProbe() {}

    /**
     * Makes a directory and takes it away again, with the parents made for it.
     *
     * @param path where nothing is
     * @param shown the place as the configuration has it
     * @throws UsageException where it cannot be made
     */
    static void require(FileSystem files, Path path, String shown) {
        Deque<Path> made = new ArrayDeque<>();
        try {
            for (Path p = path; p != null && !files.exists(p); p = p.getParent()) {
                made.addFirst(p);
            }
            if (!files.mkdirs(path)) {
                throw new IOException("no directory can be made there");
            }
        } catch (IOException e) {
            throw new UsageException(
                    shown + " cannot be written: " + ExitCodes.firstLine(e.getMessage()), e);
        } finally {
            while (!made.isEmpty()) {
                remove(files, made.removeLast());
            }
        }
    }

    private static void remove(FileSystem files, Path empty) {
        try {
            files.delete(empty, false);
        } catch (IOException e) {
            LOG.debug("{} stays", empty, e);
        }
    }
}
