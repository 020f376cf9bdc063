package io.github.sparklatent.cluster.reduce;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/** Names jobs for those who follow them in Spark's own pages. */
public final class Described {
    private static final String PROPERTY = "spark.job.description";

    private Described() {}

    /** Runs jobs under a description; the caller's own stands again afterwards. */
    public static <T> T run(JavaSparkContext context, String description, Supplier<T> jobs) {
        String before = context.getLocalProperty(PROPERTY);
        context.setLocalProperty(PROPERTY, description);
        try {
            return jobs.get();
        } finally {
            context.setLocalProperty(PROPERTY, before);
        }
    }
}
