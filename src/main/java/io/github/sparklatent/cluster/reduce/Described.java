package io.github.sparklatent.cluster.reduce;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/** Sets the description of jobs in Spark's web pages. */
public final class Described {
    private static final String PROPERTY = "spark.job.description";

    private Described() {}

    /** Runs jobs with a description and restores the caller's description afterwards. */
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
