package io.github.sparklatent.cluster.reduce;

import io.github.sparklatent.learn.DataException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.network.util.JavaUtils;

/**
 * Refuses a round that cannot work before its job starts: the driver and an executor need memory for the parameters,
 * and what comes back to the driver must not exceed {@code spark.driver.maxResultSize}. The sums are lower bounds, so a
 * round that is not refused may still need more memory.
 */
public final class RoundLimits {
    private static final String MAX_RESULT_SIZE = "spark.driver.maxResultSize";
    private static final String DRIVER_MEMORY = "spark.driver.memory";
    private static final String EXECUTOR_MEMORY = "spark.executor.memory";

    /** Spark's own default of the sizes. */
    private static final String DEFAULT_SIZE = "1g";

    private static final long MEBIBYTE = 1 << 20;

    /** Bytes that a task sends besides its result: its metrics, 1 to 4 KiB. */
    private static final long TASK_BYTES = 1 << 13;

    /** Bytes of a piece of a vector, and the most that Java's serialisation adds to a piece. */
    private static final long PIECE_BYTES = 1 << 17;

    private static final long PIECE_HEADER = 1 << 4;

    /**
     * Memory and results of a round.
     *
     * @param averaged number of floats of each partition that are averaged
     * @param added number of doubles of each partition that are added
     * @param driverBytes memory of the driver at the end of the round
     * @param workBytes memory of the work that all tasks of a process share
     * @param taskBytes memory of a task
     */
    public record Needs(int averaged, int added, long driverBytes, long workBytes, long taskBytes) {
        public static Needs ofSum(int added) {
            long bytes = (long) Double.BYTES * added;
            return new Needs(0, added, bytes, 0, bytes);
        }
    }

    /**
     * The cluster of a round.
     *
     * @param partitions number of partitions
     * @param cores number of cores
     * @param isLocal whether the tasks run in the driver's process
     * @param driverHeap largest heap of the driver in bytes
     */
    record Cluster(int partitions, int cores, boolean isLocal, long driverHeap) {}

    private RoundLimits() {}

    /**
     * Requires that a round can work.
     *
     * @param partitions number of partitions
     * @throws DataException with the limit and the value that it needs
     */
    public static void require(JavaSparkContext context, int partitions, Needs needs) {
        require(
                context.getConf(),
                new Cluster(
                        partitions,
                        context.defaultParallelism(),
                        context.isLocal(),
                        Runtime.getRuntime().maxMemory()),
                needs);
    }

    static void require(SparkConf settings, Cluster cluster, Needs needs) {
        int running = Math.min(cluster.partitions, cluster.cores);
        long inTasks = needs.workBytes + (cluster.isLocal ? running : 1) * needs.taskBytes;
        long onDriver = cluster.isLocal ? Math.max(needs.driverBytes, inTasks) : needs.driverBytes;
        requireMemory(needs, "the driver", DRIVER_MEMORY, onDriver, cluster.driverHeap);
        if (!cluster.isLocal) {
            long heap = MEBIBYTE * JavaUtils.byteStringAsMb(executorMemory(settings));
            requireMemory(needs, "an executor", EXECUTOR_MEMORY, inTasks, heap);
        }
        long limit = JavaUtils.byteStringAsBytes(settings.get(MAX_RESULT_SIZE, DEFAULT_SIZE));
        long sent = bytesToDriver(cluster.partitions, cluster.cores, needs.averaged, needs.added);
        if (limit > 0 && sent > limit) {
            throw new DataException(
                    "a round sends up to %d MiB to the driver, but %s is %s; set it to at least %dm, or to 0 for no limit"
                            .formatted(
                                    inMebibytes(sent),
                                    MAX_RESULT_SIZE,
                                    settings.get(MAX_RESULT_SIZE, DEFAULT_SIZE),
                                    inMebibytes(sent)));
        }
    }

    /** Returns the memory of an executor as Spark finds it. */
    private static String executorMemory(SparkConf settings) {
        return settings.get(EXECUTOR_MEMORY, System.getenv().getOrDefault("SPARK_EXECUTOR_MEMORY", DEFAULT_SIZE));
    }

    private static void requireMemory(Needs needs, String who, String key, long needed, long heap) {
        boolean isSum = needs.averaged == 0;
        if (needed > heap) {
            throw new DataException(
                    "a round needs at least %d MiB of heap on %s for %s, but there are %d MiB; set %s to more than %dm, or use %s"
                            .formatted(
                                    inMebibytes(needed),
                                    who,
                                    isSum ? "its sums" : "parameters, moments and their average",
                                    heap / MEBIBYTE,
                                    key,
                                    inMebibytes(needed),
                                    isSum
                                            ? "fewer components or a smaller form of covariance"
                                            : "a smaller model or an optimizer with fewer" + " moments"));
        }
    }

    /** Returns the largest number of bytes that the tasks of a round send to the driver. */
    static long bytesToDriver(int partitions, int cores, int averaged, int added) {
        boolean collected = OrderedReduction.isCollected(partitions, averaged, added);
        long tasks = collected ? partitions : OrderedReduction.slices(partitions, cores, (long) averaged + added);
        long numbers = OrderedReduction.traffic(partitions, averaged, added).bytes();
        return tasks * TASK_BYTES + numbers + numbers / PIECE_BYTES * PIECE_HEADER;
    }

    private static long inMebibytes(long bytes) {
        return (bytes + MEBIBYTE - 1) / MEBIBYTE;
    }
}
