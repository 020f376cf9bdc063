package io.github.sparklatent.cluster;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.apache.spark.MapOutputTrackerMaster;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.BlockId;

/** What Spark did while a test ran. */
public final class Jobs extends SparkListener implements AutoCloseable {
    private final SparkContext context;
    private final List<String> descriptions = new CopyOnWriteArrayList<>();
    private final List<Long> resultSizes = new CopyOnWriteArrayList<>();
    private final List<Long> shuffledRows = new CopyOnWriteArrayList<>();
    private final List<Long> readRows = new CopyOnWriteArrayList<>();
    private final Map<Integer, String> stages = new ConcurrentHashMap<>();
    private final Map<String, Long> mostReadRows = new ConcurrentHashMap<>();
    private final List<Long> attempts = new CopyOnWriteArrayList<>();
    private final List<Long> copies = new CopyOnWriteArrayList<>();
    private final Set<String> executors = new ConcurrentSkipListSet<>();

    private Jobs(SparkContext context) {
        this.context = context;
    }

    /** As when all executors are lost: the blocks are gone, that they are to be cached is not. */
    static void loseBlocks(SparkSession spark) {
        JavaSparkContext.fromSparkContext(spark.sparkContext())
                .getPersistentRDDs()
                .keySet()
                .forEach(id -> SparkEnv.get().blockManager().master().removeRdd(id, true));
    }

    static int cachedPartitions() {
        return SparkEnv.get().blockManager().getMatchingBlockIds(BlockId::isRDD).size();
    }

    public static Jobs follow(SparkContext context) {
        Jobs jobs = new Jobs(context);
        context.addSparkListener(jobs);
        return jobs;
    }

    @Override
    public void onJobStart(SparkListenerJobStart job) {
        String description = String.valueOf(job.properties().getProperty("spark.job.description"));
        descriptions.add(description);
        job.stageIds().foreach(id -> stages.putIfAbsent((Integer) id, description));
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        if (task.taskInfo().successful()) {
            executors.add(task.taskInfo().executorId());
            if (task.taskInfo().speculative()) {
                copies.add(task.taskInfo().taskId());
            }
            resultSizes.add(task.taskMetrics().resultSize());
            shuffledRows.add(task.taskMetrics().shuffleWriteMetrics().recordsWritten());
            long read = task.taskMetrics().shuffleReadMetrics().recordsRead();
            readRows.add(read);
            mostReadRows.merge(stages.get(task.stageId()), read, Math::max);
        } else {
            attempts.add(task.taskInfo().taskId());
        }
    }

    /**
     * Returns when that many executors have run tasks since this follows, by giving them tasks that do nothing: Spark
     * announces an executor before it has cores to offer.
     */
    void awaitExecutors(int count) {
        for (int job = 0; executors().size() < count; job++) {
            if (job == 10_000) {
                throw new IllegalStateException("executors that ran tasks: " + executors());
            }
            new JavaSparkContext(context).parallelize(List.of(1, 2, 3, 4), 4).count();
        }
    }

    /** Descriptions of the jobs so far, in order. */
    public List<String> descriptions() {
        await();
        return List.copyOf(descriptions);
    }

    /** Bytes that tasks have sent to the driver so far. */
    public long resultBytes() {
        await();
        return resultSizes.stream().mapToLong(Long::longValue).sum();
    }

    /** Tasks that have succeeded so far. */
    public int tasks() {
        await();
        return resultSizes.size();
    }

    /** Records that tasks have written for a shuffle so far. */
    public long shuffledRows() {
        await();
        return shuffledRows.stream().mapToLong(Long::longValue).sum();
    }

    /** Records that tasks have read from a shuffle so far. */
    long readRows() {
        await();
        return readRows.stream().mapToLong(Long::longValue).sum();
    }

    /** Most records that one task of the jobs with such a description has read from a shuffle. */
    public long mostReadRows(String end) {
        await();
        return mostReadRows.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(end))
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElseThrow();
    }

    /** Attempts of tasks that came to nothing. */
    int failures() {
        await();
        return attempts.size();
    }

    /** Speculative copies of tasks whose result was taken. */
    int copies() {
        await();
        return copies.size();
    }

    /** What follows is asked of tasks from here on. */
    void forgetExecutors() {
        await();
        executors.clear();
    }

    /** Executors whose tasks have succeeded so far. */
    Set<String> executors() {
        await();
        return Set.copyOf(executors);
    }

    /** Shuffles that Spark keeps the files of. */
    public static Set<Integer> shuffles() {
        Set<Integer> ids = new HashSet<>();
        ((MapOutputTrackerMaster) SparkEnv.get().mapOutputTracker())
                .shuffleStatuses()
                .keysIterator()
                .foreach(id -> ids.add((Integer) id));
        return ids;
    }

    private void await() {
        try {
            context.listenerBus().waitUntilEmpty(60_000);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        await();
        context.removeSparkListener(this);
    }
}
