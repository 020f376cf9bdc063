package io.github.sparklatent.cluster;

/**
 * How many partitions a table is placed into: a function of its size alone, never of the number of
 * cores.
 */
enum PartitionCount {
    /** For statistics, which are the same however the rows are cut. */
    OF_BLOCKS {
        /**
         * Doubles of a partition, 16 MiB. A task costs some four milliseconds beside its work,
         * which is some ten milliseconds a round for diagonal covariances: of 4 MiB each, rounds
         * took a tenth to a third longer on two cores.
         */
        private static final double TARGET_LENGTH = 1 << 21;

        /** Rows of a partition at least: fewer would hold less than the statistics they send. */
        private static final double LEAST_ROWS = 2048;

        @Override
        double wanted(double rows, double width) {
            return Math.min(rows * width / TARGET_LENGTH, rows / LEAST_ROWS);
        }
    },
    /**
     * For training within partitions, which each further one makes worse: as few as give a cluster
     * work, and no more than a task can hold.
     */
    OF_SHARDS {
        /** Rows of a partition: 8 partitions for 60,000 rows cost half a nat on MNIST. */
        private static final double TARGET_ROWS = 8192;

        /** Floats of a partition at most, 256 MiB. */
        private static final double GREATEST_LENGTH = 1 << 26;

        @Override
        double wanted(double rows, double width) {
            return Math.max(rows / TARGET_ROWS, rows * width / GREATEST_LENGTH);
        }
    };

    private static final int LEAST = 4;
    private static final int GREATEST = 4096;

    abstract double wanted(double rows, double width);

    int of(long rows, int width) {
        return (int) Math.max(LEAST, Math.min(GREATEST, Math.ceil(wanted(rows, width))));
    }
}
