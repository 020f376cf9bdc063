package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.storage.HadoopStore;
import io.github.sparklatent.cluster.storage.Log;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The places of results: a directory for each run of an output or a registry, of which the log names the current one.
 */
public final class ResultLocation {
    /** Name of the file that marks a complete result. */
    public static final String SUCCESS = "_SUCCESS";

    /** Name of the directory of all runs of a place. */
    public static final String RUNS = "runs";

    private ResultLocation() {}

    /**
     * Returns the directory of the current result of an output or a registry. Nobody changes it, and it stays for its
     * readers at least until the second result after it. Another path is returned unchanged.
     *
     * @throws io.github.sparklatent.learn.DataException if the log is damaged
     */
    public static Path current(Configuration hadoop, Path place) throws IOException {
        return new Log(new HadoopStore(hadoop, place), place)
                .newest()
                .current()
                .map(run -> new Path(new Path(place, RUNS), run))
                .orElse(place);
    }
}
