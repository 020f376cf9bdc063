package io.github.sparklatent.app.console;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.jdk.javaapi.CollectionConverters;

/** Counts the tasks of the running Spark jobs, to show that a long round makes progress. */
public final class RunningJobs extends SparkListener {
    private static final String DESCRIPTION = "spark.job.description";
    private static final double NANOSECONDS = 1e9;

    private final LongSupplier clock;
    private final Map<Integer, Running> jobs = new HashMap<>();
    private final Map<Integer, Running> stages = new HashMap<>();
    private long failedTasks;

    private static final class Running {
        private final String description;
        private final int tasks;
        private final long start;
        private int done;

        Running(String description, int tasks, long start) {
            this.description = description;
            this.tasks = tasks;
            this.start = start;
        }
    }

    /** Creates a listener; {@code clock} returns the time in nanoseconds. */
    public RunningJobs(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void onJobStart(SparkListenerJobStart job) {
        int tasks = CollectionConverters.asJava(job.stageInfos()).stream()
                .mapToInt(stage -> stage.numTasks())
                .sum();
        String description = job.properties() == null ? null : job.properties().getProperty(DESCRIPTION);
        Running running = new Running(
                Objects.requireNonNullElse(description, "Spark job " + job.jobId()), tasks, clock.getAsLong());
        jobs.put(job.jobId(), running);
        CollectionConverters.asJava(job.stageInfos()).forEach(stage -> stages.put(stage.stageId(), running));
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
        if (task.reason() instanceof TaskFailedReason) {
            failedTasks++;
        } else if (stages.containsKey(task.stageId())) {
            stages.get(task.stageId()).done++;
        }
    }

    @Override
    public synchronized void onJobEnd(SparkListenerJobEnd job) {
        Running ended = jobs.remove(job.jobId());
        stages.values().removeIf(running -> running == ended);
    }

    /** Returns the number of tasks that failed or were killed; Spark starts most of them again. */
    public synchronized long failedTasks() {
        return failedTasks;
    }

    /**
     * Describes the longest running job.
     *
     * @param seconds least time that it has run
     * @return empty if no job has run so long
     */
    public synchronized Optional<String> describe(double seconds) {
        long now = clock.getAsLong();
        return jobs.values().stream()
                .filter(job -> now - job.start >= seconds * NANOSECONDS)
                .min((a, b) -> Long.compare(a.start - b.start, 0))
                .map(job -> "%s: %d of %d tasks done, %.0f s"
                        .formatted(
                                job.description,
                                Math.min(job.done, job.tasks),
                                job.tasks,
                                (now - job.start) / NANOSECONDS));
    }
}
