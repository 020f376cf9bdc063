package io.github.sparklatent.cluster.reduce;

import org.apache.spark.ContextCleaner;
import org.apache.spark.Dependency;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;

/**
 * Releases the files of a shuffle that nobody will read again. Otherwise they stay until the driver's next garbage
 * collection, possibly for a whole training.
 */
public final class OwnShuffle {
    private OwnShuffle() {}

    /**
     * Releases the files of the last shuffle before an RDD. The files of earlier shuffles are kept, because other RDDs
     * may need them; {@code RDD.cleanShuffleDependencies} would release these files too.
     */
    public static void release(RDD<?> rdd) {
        scala.Option<ContextCleaner> cleaner = rdd.sparkContext().cleaner();
        if (cleaner.isDefined()) {
            release(rdd, cleaner.get());
        }
    }

    private static void release(RDD<?> rdd, ContextCleaner cleaner) {
        Iterator<Dependency<?>> dependencies = rdd.dependencies().iterator();
        while (dependencies.hasNext()) {
            Dependency<?> dependency = dependencies.next();
            if (dependency instanceof ShuffleDependency<?, ?, ?> shuffle) {
                cleaner.doCleanupShuffle(shuffle.shuffleId(), false);
            } else {
                release(dependency.rdd(), cleaner);
            }
        }
    }
}
