package io.github.sparklatent;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Empties the cache after each test class. Classes share a session, and some cache a table, or use MLlib's metrics,
 * which leave an RDD; others check that they themselves leave nothing.
 */
public final class EmptyCache implements AfterAllCallback {
    @Override
    public void afterAll(ExtensionContext test) {
        var session = SparkSession.getDefaultSession();
        boolean nested = test.getRequiredTestClass().getEnclosingClass() != null;
        if (nested || session.isEmpty() || session.get().sparkContext().isStopped()) {
            return;
        }
        session.get().catalog().clearCache();
        JavaSparkContext.fromSparkContext(session.get().sparkContext())
                .getPersistentRDDs()
                .values()
                .forEach(rdd -> rdd.unpersist(false));
    }
}
