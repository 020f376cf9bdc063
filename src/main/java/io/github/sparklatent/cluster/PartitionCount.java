package io.github.sparklatent.cluster;

/**
 * Rules for the number of partitions: it depends on the size of the table, not on the number of
 * cores.
 */
enum PartitionCount {
    /**
     * Rule for sums of statistics, whose result does not depend on the partitions beyond rounding.
     */
    OF_BLOCKS {
        /**
         * Target number of doubles of a partition, 16 MiB. A task costs about 4 ms in addition to
         * its work, which is about 10 ms a round for diagonal covariances. With 4 MiB, rounds took
         * 10 to 33% longer on two cores.
         */
        private static final double TARGET_LENGTH = 1 << 21;

        /**
         * Smallest number of rows of a partition: fewer rows would be smaller than their
         * statistics.
         */
        private static final double MIN_ROWS = 2048;

        @Override
        double wanted(double rows, double width) {
            return Math.min(rows * width / TARGET_LENGTH, rows / MIN_ROWS);
        }
    },
    /**
     * Rule for training within partitions. Every further partition worsens the model, so there are
     * only as many as a cluster needs for its work and a task can hold in memory.
     */
    OF_SHARDS {
        /**
         * Target number of rows of a partition. 8 partitions for the 60,000 rows of MNIST cost half
         * a nat.
         */
        private static final double TARGET_ROWS = 8192;

        /** Largest number of floats of a partition, 256 MiB. */
        private static final double MAX_LENGTH = 1 << 26;

        @Override
        double wanted(double rows, double width) {
            return Math.max(rows / TARGET_ROWS, rows * width / MAX_LENGTH);
        }
    };

    private static final int MIN = 4;
    private static final int MAX = 4096;

    /** Returns the number of partitions before it is limited. */
    abstract double wanted(double rows, double width);

    /** Returns the number of partitions of a table. */
    int of(long rows, int width) {
        return (int) Math.max(MIN, Math.min(MAX, Math.ceil(wanted(rows, width))));
    }
}
