package io.github.sparklatent.cluster.reduce;

import io.github.sparklatent.learn.DataException;
import org.apache.spark.SparkConf;
import org.apache.spark.network.util.JavaUtils;

/**
 * Refuses a round that cannot work before its job starts: a partition's result must fit in one
 * array, and what comes back to the driver must not exceed {@code spark.driver.maxResultSize}.
 */
public final class RoundLimits {
    private static final String MAX_RESULT_SIZE = "spark.driver.maxResultSize";

    /** Spark's own default. */
    private static final String DEFAULT_SIZE = "1g";

    private static final long MEBIBYTE = 1 << 20;

    /** Longest array of bytes, less 1 MiB for what a packed round has besides its numbers. */
    private static final long MAX_ARRAY = Integer.MAX_VALUE - MEBIBYTE;

    /** Bytes that a task sends besides its result: its metrics, 1 to 4 KiB. */
    private static final long TASK_BYTES = 1 << 13;

    private RoundLimits() {}

    /**
     * Requires that the results of a round can be sent.
     *
     * @param partitions number of partitions
     * @param cores number of cores of the cluster
     * @param averaged number of floats of each partition that are averaged
     * @param added number of doubles of each partition that are added
     * @throws DataException with the limit and the value that it needs
     */
    public static void require(
            SparkConf settings, int partitions, int cores, int averaged, int added) {
        requireArray((long) Float.BYTES * averaged, averaged);
        requireArray((long) Double.BYTES * added, added);
        long limit = JavaUtils.byteStringAsBytes(settings.get(MAX_RESULT_SIZE, DEFAULT_SIZE));
        long needed = bytesToDriver(partitions, cores, averaged, added);
        if (limit > 0 && needed > limit) {
            throw new DataException(
                    "a round sends up to %d MiB to the driver, but %s is %s; set it to at least %dm, or to 0 for no limit"
                            .formatted(
                                    inMebibytes(needed),
                                    MAX_RESULT_SIZE,
                                    settings.get(MAX_RESULT_SIZE, DEFAULT_SIZE),
                                    inMebibytes(needed)));
        }
    }

    private static void requireArray(long bytes, int numbers) {
        if (bytes > MAX_ARRAY) {
            throw new DataException(
                    "each partition sends %,d numbers in a round, which take %,d bytes, expected at most %,d, because they are one array; use a smaller model, or an optimizer with fewer moments"
                            .formatted(numbers, bytes, MAX_ARRAY));
        }
    }

    /** Returns the largest number of bytes that the tasks of a round send to the driver. */
    static long bytesToDriver(int partitions, int cores, int averaged, int added) {
        long part = (long) Float.BYTES * averaged + (long) Double.BYTES * added;
        boolean collected = OrderedReduction.isCollected(partitions, averaged, added);
        long tasks =
                collected
                        ? partitions
                        : OrderedReduction.slices(partitions, cores, averaged + added);
        return tasks * TASK_BYTES
                + (collected ? partitions * part : Double.BYTES * ((long) averaged + added));
    }

    private static long inMebibytes(long bytes) {
        return (bytes + MEBIBYTE - 1) / MEBIBYTE;
    }
}
