package io.github.sparklatent.bench.drill;

import io.github.sparklatent.cluster.reduce.OrderedReduction;
import io.github.sparklatent.cluster.reduce.Partial;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Measures the costs of a round that do not depend on the model. */
final class CostMeasurements {
    /** Milliseconds that a task sleeps, in place of work on another machine. */
    private static final int SLEEP = 20;

    private static final int REPEATED = 5;
    private static final int[] TASKS = {256, 1_024, 4_096};

    private CostMeasurements() {}

    /**
     * Measures the driver's seconds: of a job with one task, and of each task among many that sleep in 256 threads.
     *
     * @param isShort whether the largest number of tasks is left out
     */
    static CostModel model(boolean isShort) throws IOException {
        double task;
        try (SparkSession many = session("local[256]")) {
            task = task(context(many), Arrays.copyOf(TASKS, isShort ? 2 : TASKS.length));
        }
        try (SparkSession two = session("local[2]")) {
            return new CostModel(reduction(context(two), 1, 0), task);
        }
    }

    private static SparkSession session(String master) {
        SparkSession session = SparkSession.builder()
                .master(master)
                .config("spark.ui.enabled", false)
                .getOrCreate();
        session.sparkContext().setLogLevel("ERROR");
        return session;
    }

    private static JavaSparkContext context(SparkSession spark) {
        return JavaSparkContext.fromSparkContext(spark.sparkContext());
    }

    /**
     * Measures the seconds of the driver for each task: the slope of the line of least squares through the medians. The
     * driver needs longer to start 256 tasks than a task sleeps, so its own work is what is measured.
     */
    private static double task(JavaSparkContext context, int[] tasks) {
        double[] seconds = Arrays.stream(tasks)
                .mapToDouble(count -> reduction(context, count, SLEEP))
                .toArray();
        double meanTasks = Arrays.stream(tasks).average().orElseThrow();
        double meanSeconds = Arrays.stream(seconds).average().orElseThrow();
        double both = 0;
        double squares = 0;
        for (int i = 0; i < tasks.length; i++) {
            both += (tasks[i] - meanTasks) * (seconds[i] - meanSeconds);
            squares += (tasks[i] - meanTasks) * (tasks[i] - meanTasks);
            System.err.printf("%d tasks that sleep: %.3f s%n", tasks[i], seconds[i]);
        }
        return both / squares;
    }

    /** Returns the median seconds of reductions. */
    private static double reduction(JavaSparkContext context, int partitions, int sleep) {
        double[] seconds = new double[REPEATED];
        for (int i = -2; i < REPEATED; i++) { // the first ones compile
            JavaRDD<Partial> parts = context.parallelize(Collections.nCopies(partitions, 0), partitions)
                    .mapPartitionsWithIndex(
                            (index, empty) -> List.of(part(index, sleep)).iterator(), true);
            long start = System.nanoTime();
            OrderedReduction.run(parts, 1);
            if (i >= 0) {
                seconds[i] = (System.nanoTime() - start) / 1e9;
            }
        }
        Arrays.sort(seconds);
        return seconds[REPEATED / 2];
    }

    private static Partial part(int index, int sleep) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(sleep);
        return new Partial(index, 0, 1, new double[1]);
    }
}
