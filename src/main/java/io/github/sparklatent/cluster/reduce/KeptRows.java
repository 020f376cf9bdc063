package io.github.sparklatent.cluster.reduce;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases rows that Spark keeps, and waits for it: a release that goes on when Spark stops prints stack traces. An
 * executor that does not answer in time is no failure of the work that is done, so it is only logged.
 */
public final class KeptRows {
    private static final Logger LOG = LoggerFactory.getLogger(KeptRows.class);

    private KeptRows() {}

    /** Releases the rows of a table. */
    public static void release(Dataset<?> rows) {
        logged(() -> rows.unpersist(true));
    }

    /** Releases rows. */
    public static void release(JavaRDD<?> rows) {
        logged(() -> rows.unpersist(true));
    }

    private static void logged(Runnable release) {
        try {
            release.run();
        } catch (Exception e) { // Spark also throws checked exceptions that it does not declare
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            LOG.warn("kept rows are not released: {}", e.toString());
        }
    }
}
