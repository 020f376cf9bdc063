package io.github.sparklatent.learn;

/**
 * Partitions of a round and bytes that it sends to the driver.
 *
 * @param partitions number of partitions that compute a result each
 * @param bytes size of the numbers that reach the driver; 0 in memory
 */
public record Traffic(int partitions, long bytes) {
    /** Returns the traffic of a data set in the driver's memory. */
    public static Traffic inMemory(int partitions) {
        return new Traffic(partitions, 0);
    }
}
