package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.storage.AtomicFiles;
import io.github.sparklatent.cluster.storage.UnsuitableStoreException;
import io.github.sparklatent.config.UsageException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tests whether a path can be written, by writing to it. Permissions are not sufficient evidence: a file system can be
 * read-only, and root ignores permissions.
 */
final class WriteProbe {
    private static final Logger LOG = LoggerFactory.getLogger(WriteProbe.class);

    private WriteProbe() {}

    /**
     * Creates a directory beside the output and a file in it that must not be replaced, and removes them again, with
     * the parents that had to be created.
     *
     * @throws UsageException if they cannot be created, or if the file was replaced
     */
    static void require(AtomicFiles atomic, Path path, String shown) {
        FileSystem files = atomic.files();
        Deque<Path> made = new ArrayDeque<>();
        try {
            for (Path p = path; p != null && !files.exists(p); p = p.getParent()) {
                made.addFirst(p);
            }
            if (!files.mkdirs(path)) {
                throw new UnsuitableStoreException(
                        "no directory can be created there, expected a folder that this user may write");
            }
            atomic.requireExclusive(new Path(path, "probe"));
        } catch (IOException e) {
            throw new UsageException(shown + " cannot be written: " + ExitCodes.firstLine(e.getMessage()), e);
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
            LOG.debug("{} cannot be removed", empty, e);
        }
    }
}
