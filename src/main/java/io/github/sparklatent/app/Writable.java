package io.github.sparklatent.app;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether something can be written at a place, found out before there is something to write. */
final class Writable {
    private static final Logger LOG = LoggerFactory.getLogger(Writable.class);

    private Writable() {}

    /**
     * Makes a directory and takes it away again, with the parents made for it.
     *
     * @param directory that does not exist
     * @param shown what it stands for, as a sentence begins
     * @throws UsageException where it cannot be made
     */
    static void require(FileSystem files, Path directory, String shown) {
        Deque<Path> made = new ArrayDeque<>();
        try {
            for (Path path = directory;
                    path != null && !files.exists(path);
                    path = path.getParent()) {
                made.addFirst(path);
            }
            if (!files.mkdirs(directory)) {
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

    /** Only what is empty: another run may have begun to write there. */
    private static void remove(FileSystem files, Path directory) {
        try {
            if (files.exists(directory) && files.listStatus(directory).length == 0) {
                files.delete(directory, false);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", directory, ExitCodes.firstLine(e.getMessage()));
        }
    }
}
