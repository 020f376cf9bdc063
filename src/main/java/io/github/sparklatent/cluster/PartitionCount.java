package io.github.sparklatent.cluster;

/**
 * How many partitions a table is placed into: a function of its size alone, never of the number of
 * cores.
 */
final class PartitionCount {
    /**
     * Doubles of a partition, 4 MiB: some ten milliseconds of work a round, well above what a task
     * costs to start.
     */
    private static final double TARGET_LENGTH = 1 << 19;

    /** Rows of a partition at least: fewer would hold less than the statistics that they send. */
    private static final double LEAST_ROWS = 2048;

    private static final int LEAST = 4;
    private static final int GREATEST = 4096;

    private PartitionCount() {}

    static int of(long rows, int width) {
        double wanted =
                Math.ceil(Math.min(rows * (double) width / TARGET_LENGTH, rows / LEAST_ROWS));
        return (int) Math.max(LEAST, Math.min(GREATEST, wanted));
    }
}
