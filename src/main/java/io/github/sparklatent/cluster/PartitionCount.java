package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.table.PartitionChoice;

/**
 * Rules for the number of partitions. It depends on the size of the table and of the results of a round, and never on
 * the number of cores, because another number gives other bits.
 */
enum PartitionCount {
    /** Rule for sums of statistics, whose result does not depend on the partitions beyond rounding. */
    OF_BLOCKS {
        /**
         * Target number of doubles of a partition, 16 MiB. A task costs about 4 ms in addition to its work, which is
         * about 10 ms a round for diagonal covariances. With 4 MiB, rounds took 10 to 33% longer on two cores.
         */
        private static final double TARGET_LENGTH = 1 << 21;

        /**
         * Largest number of tasks of a round whose partitions are not large. These tasks cost the driver 2 s a round.
         */
        private static final double MAX_TASKS = 512;

        /**
         * Smallest number of rows of a partition. The work on a row and the work of adding a result both grow with K
         * d², so the ratio of the two is a number of rows.
         */
        private static final double MIN_ROWS = 2048;

        /** Largest number of doubles of a partition, 256 MiB. */
        private static final double MAX_LENGTH = 1 << 25;

        /** Largest number of doubles that all partitions send in a round, 32 GiB, but for what MAX_LENGTH demands. */
        private static final double MAX_SENT = 1L << 32;

        /**
         * Largest product of rows and statistics, or columns, of a table in one partition. A round of it takes one core
         * less than 0.1 s, as long as the job of a round in four partitions.
         */
        private static final double MAX_ALONE = 1e8;

        @Override
        boolean isAlone(double rows, double width, double statistics, double driverBytes) {
            return rows * width * Double.BYTES <= driverBytes && rows * Math.max(statistics, width) <= MAX_ALONE;
        }

        @Override
        PartitionChoice wanted(double rows, double width, double statistics) {
            return new PartitionChoice(rows * width / TARGET_LENGTH, "about 16 MiB of rows in each")
                    .atMost(MAX_TASKS, "a round has at most 512 tasks")
                    .atMost(rows / MIN_ROWS, "at least 2,048 rows in each")
                    .atMost(MAX_SENT / Math.max(statistics, 1), "their results have at most 32 GiB a round")
                    .atLeast(rows * width / MAX_LENGTH, "at most 256 MiB of rows in each");
        }
    },
    /**
     * Rule for training within partitions. Every further partition worsens the model, so there are only as many as a
     * cluster needs for its work and a task can hold in memory.
     */
    OF_SHARDS {
        /** Target number of rows of a partition. 8 partitions for the 60,000 rows of MNIST cost half a nat. */
        private static final double TARGET_ROWS = 8192;

        /**
         * Largest number of partitions of few rows. On MNIST, 16 partitions reach a bound of −107.4 and 32 a bound of
         * −109.4 nats, where plain training reaches −108.6.
         */
        private static final double MAX_OF_FEW = 16;

        /**
         * Rows of each of more partitions: the fewer steps a partition takes in an epoch, the more epochs it needs. A
         * table of 1 million rows has a bound of −21.73 nats after 8 epochs in 16 partitions, −21.95 in 64.
         */
        private static final double MANY_ROWS = 1 << 16;

        /** Largest number of floats of a partition, 256 MiB. */
        private static final double MAX_LENGTH = 1 << 26;

        @Override
        PartitionChoice wanted(double rows, double width, double statistics) {
            return new PartitionChoice(rows / TARGET_ROWS, "about 8,192 rows in each")
                    .atMost(Math.max(MAX_OF_FEW, rows / MANY_ROWS), "more than 16 have about 65,536 rows each")
                    .atLeast(rows * width / MAX_LENGTH, "at most 256 MiB of rows in each");
        }
    };

    private static final int MIN = 4;
    private static final int MAX = 4096;

    /** Returns whether the driver alone is faster than Spark jobs. */
    boolean isAlone(double rows, double width, double statistics, double driverBytes) {
        return false;
    }

    /** Returns the number of partitions before it is limited. */
    abstract PartitionChoice wanted(double rows, double width, double statistics);

    /**
     * Chooses the number of partitions of a table.
     *
     * @param statistics number of doubles that a partition sends to the driver in a round; 0 if it is small
     * @param driverBytes largest number of bytes of a table that is brought to the driver
     */
    PartitionChoice of(long rows, int width, double statistics, long driverBytes) {
        if (isAlone(rows, width, statistics, driverBytes)) {
            return new PartitionChoice(1, "a small table needs no Spark jobs");
        }
        return wanted(rows, width, statistics)
                .atLeast(MIN, "the smallest number")
                .atMost(MAX, "the largest number");
    }
}
