package io.github.sparklatent.app.console;

import io.github.sparklatent.config.Redaction;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;

/**
 * Shows the work of a Spark application while it is open: a line of progress in a long job, the rounds in Spark's
 * metric system, and a tag on every job of this thread.
 */
public final class Observed {
    private static final int SECONDS_TO_END = 5;

    private final SparkContext context;
    private final RunningJobs jobs;
    private final RoundMetrics metrics;
    private final String tag;
    private final ScheduledExecutorService timer;

    /**
     * Begins.
     *
     * @param run name of the run, of which the tag of its jobs is made
     */
    public Observed(SparkContext context, RunningJobs jobs, RoundMetrics metrics, Progress progress, String run) {
        this.context = context;
        this.jobs = jobs;
        this.metrics = metrics;
        this.tag = tag(run);
        context.addSparkListener(jobs);
        SparkEnv.get().metricsSystem().registerSource(metrics);
        context.addJobTag(tag);
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress of long rounds");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(() -> progress.silence(jobs), 1, 1, TimeUnit.SECONDS);
    }

    /** Returns the tag of a run's jobs. Spark's tags have no comma. */
    static String tag(String run) {
        return "latent:" + Redaction.of(run).replace(',', '_');
    }

    /** Ends. */
    public void close() {
        timer.shutdown(); // a line that is being printed ends before the result is printed
        try {
            if (!timer.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        context.removeJobTag(tag);
        context.removeSparkListener(jobs);
        if (SparkEnv.get() != null) { // a session that was stopped has none
            SparkEnv.get().metricsSystem().removeSource(metrics);
        }
    }
}
