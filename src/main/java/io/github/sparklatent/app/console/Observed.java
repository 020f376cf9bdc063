package io.github.sparklatent.app.console;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.github.sparklatent.config.Redaction;
import io.github.sparklatent.ml.core.RoundProgress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;

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

    /** Begins; the tag of the jobs is made of the name of the run. */
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

    /**
     * The last round of a training as a source of Spark's metric system, which sends it to the sinks of
     * {@code metrics.properties}: {@code APPLICATION.driver.latent.objective} and others.
     */
    public static final class RoundMetrics implements Source {
        /** Name of the source. */
        public static final String NAME = "latent";

        private static final double NANOSECONDS = 1e9;

        private final MetricRegistry metrics = new MetricRegistry();
        private final LongSupplier clock;
        private volatile RoundProgress round;
        private volatile long rounds;
        private volatile long ended;

        /**
         * Creates the source.
         *
         * @param jobs counts failed tasks
         * @param clock current time in nanoseconds
         */
        public RoundMetrics(RunningJobs jobs, LongSupplier clock) {
            this.clock = clock;
            this.ended = clock.getAsLong();
            add("rounds", () -> rounds);
            add("objective", () -> round == null ? Double.NaN : round.objective());
            add("heldOutObjective", () -> round == null ? Double.NaN : round.heldOut());
            add("rowsPerSecond", () -> round == null ? Double.NaN : round.rowsPerSecond());
            add("secondsSinceRound", () -> (clock.getAsLong() - ended) / NANOSECONDS);
            add("failedTasks", jobs::failedTasks);
        }

        private void add(String name, Gauge<?> gauge) {
            metrics.register(name, gauge);
        }

        /** Takes the metrics of a round that has ended. */
        public void round(RoundProgress value) {
            round = value;
            rounds++;
            ended = clock.getAsLong();
        }

        @Override
        public String sourceName() {
            return NAME;
        }

        @Override
        public MetricRegistry metricRegistry() {
            return metrics;
        }
    }
}
