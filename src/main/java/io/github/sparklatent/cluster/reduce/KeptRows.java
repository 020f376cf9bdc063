package io.github.sparklatent.cluster.reduce;

import org.apache.spark.ContextCleaner;
import org.apache.spark.Dependency;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;

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

    /**
     * Releases the files of the last shuffle before rows that nobody will read again. Otherwise they stay until the
     * driver's next garbage collection, possibly for a whole training. The files of earlier shuffles are kept, because
     * other rows may need them; {@code RDD.cleanShuffleDependencies} would release these files too.
     */
    public static void releaseShuffle(RDD<?> rows) {
        scala.Option<ContextCleaner> cleaner = rows.sparkContext().cleaner();
        if (cleaner.isDefined()) {
            releaseShuffle(rows, cleaner.get());
        }
    }

    private static void releaseShuffle(RDD<?> rows, ContextCleaner cleaner) {
        for (Dependency<?> dependency : CollectionConverters.asJava(rows.dependencies())) {
            if (dependency instanceof ShuffleDependency<?, ?, ?> shuffle) {
                cleaner.doCleanupShuffle(shuffle.shuffleId(), false);
            } else {
                releaseShuffle(dependency.rdd(), cleaner);
            }
        }
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
