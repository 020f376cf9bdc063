package io.github.sparklatent.app.job;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.cluster.storage.HadoopStore;
import io.github.sparklatent.config.UsageException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Checks that a job's result is separate from everything the job reads, and its checkpoint from all tables. The job
 * deletes the files that it replaces, and Spark would read files written into a table as part of that table.
 */
public final class ReadPaths {
    private final Configuration hadoop;

    private ReadPaths(Configuration hadoop) {
        this.hadoop = hadoop;
    }

    /**
     * Checks all paths that a job reads.
     *
     * @throws UsageException if a path is equal to, inside or above the result; the message names the first such path
     */
    public static void requireSeparate(JobContext context) {
        ReadPaths check = new ReadPaths(context.hadoop());
        Map<String, List<String>> read = of(context.job(), context.configuration());
        if (context.configuration().registry().isRun() && context.job() == Job.TRAIN) {
            read.keySet().removeIf(key -> !key.startsWith("data.")); // a version may start from another one
        }
        check.require(context.output().place().shown(), context.output().place().path(), read);
    }

    private static Map<String, List<String>> of(Job job, JobConfiguration configuration) {
        Map<String, List<String>> read = new LinkedHashMap<>();
        if (job.readsData()) {
            read.put("data.path", configuration.data().paths());
            read.put("data.labels", configuration.data().labels());
        }
        if (job == Job.TRAIN) {
            read.put("data.holdout.path", configuration.data().holdout().paths());
            read.put("data.holdout.labels", configuration.data().holdout().labels());
            read.put(
                    "train.initialModel",
                    configuration.train().initialModel().stream().toList());
        }
        if (job == Job.TRAIN || job == Job.EVALUATE) {
            read.put(
                    "evaluate.features.model",
                    configuration.featureModel().stream().toList());
        }
        if (job.readsModel()) {
            read.put("model.path", List.of(configuration.savedModel()));
        }
        return read;
    }

    private void require(String written, Path target, Map<String, List<String>> read) {
        read.forEach((key, paths) -> paths.forEach(path -> require(written, target, key, path)));
    }

    private void require(String written, Path target, String key, String path) {
        for (Path found : found(path)) {
            String relation = found.equals(target)
                    ? "is"
                    : isIn(found, target) ? "contains" : isIn(target, found) ? "is inside" : null;
            if (relation != null) {
                throw new UsageException("%s %s %s \"%s\", which the job reads: set another path"
                        .formatted(written, relation, key, path));
            }
        }
    }

    /**
     * Returns the qualified paths that match a path or pattern, or the path itself if it does not exist. It returns
     * none if the path cannot be reached, because the code that reads the path reports that error.
     */
    private List<Path> found(String path) {
        try {
            Path given = new Path(path);
            FileSystem files = HadoopStore.plain(FileSystems.of(given, hadoop));
            List<Path> all = new ArrayList<>();
            FileStatus[] matches = files.globStatus(given);
            if (matches == null || matches.length == 0) {
                all.add(files.makeQualified(given));
            } else {
                for (FileStatus match : matches) {
                    all.add(files.makeQualified(match.getPath()));
                }
            }
            return all;
        } catch (IOException | IllegalArgumentException e) {
            return List.of();
        }
    }

    /** Returns whether a path is inside a directory, at any depth. */
    private static boolean isIn(Path path, Path directory) {
        URI inner = path.toUri();
        URI outer = directory.toUri();
        String folder = outer.getPath().endsWith("/") ? outer.getPath() : outer.getPath() + "/";
        return Objects.equals(inner.getScheme(), outer.getScheme())
                && Objects.equals(inner.getAuthority(), outer.getAuthority())
                && inner.getPath().startsWith(folder);
    }
}
