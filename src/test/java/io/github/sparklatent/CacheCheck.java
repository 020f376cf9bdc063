package io.github.sparklatent;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After each test class, releases the tables that are cached, because classes share a session, and fails if an RDD is
 * left in the cache: the library then holds memory of the executors that nobody can free.
 */
public final class CacheCheck implements AfterAllCallback {
    @Override
    public void afterAll(ExtensionContext test) {
        var session = SparkSession.getDefaultSession();
        boolean nested = test.getRequiredTestClass().getEnclosingClass() != null;
        if (nested || session.isEmpty() || session.get().sparkContext().isStopped()) {
            return;
        }
        session.get().catalog().clearCache();
        assertThat(JavaSparkContext.fromSparkContext(session.get().sparkContext())
                        .getPersistentRDDs())
                .as("left in the cache by %s", test.getRequiredTestClass().getName())
                .isEmpty();
    }
}
