package io.github.sparklatent.app.images;

import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.learn.DataException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Finds files by a pattern. */
final class ImageFiles {
    private ImageFiles() {}

    /**
     * Returns the files that match a pattern, sorted by name.
     *
     * @param key key of the pattern in the configuration
     * @throws DataException if no file matches, or one is a directory
     */
    static Path[] matching(String key, String pattern, Configuration hadoop) {
        String shown = key + " \"" + pattern + "\"";
        FileStatus[] found;
        try {
            Path path = new Path(pattern);
            found = FileSystems.of(path, hadoop).globStatus(path);
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException(shown + " cannot be reached: " + e.getMessage(), e);
        }
        if (found == null || found.length == 0) {
            throw new DataException(shown + " does not exist");
        }
        for (FileStatus status : found) {
            if (status.isDirectory()) {
                throw new DataException(shown + " is a directory, expected an IDX file");
            }
        }
        return Arrays.stream(found).map(FileStatus::getPath).sorted().toArray(Path[]::new);
    }
}
