package io.github.sparklatent.learn;

/**
 * Where each partition's rows stand among all.
 *
 * @param starts rows before each partition, and last those of all
 * @param weight of all rows
 */
public record PartitionSizes(long[] starts, double weight) {
    /**
     * Counts the rows.
     *
     * @param description what a person following the run reads
     */
    public static PartitionSizes of(Shards rows, String description) {
        Shards.Result result = rows.run(description, new Count(rows.partitions()));
        long[] starts = new long[rows.partitions() + 1];
        for (int p = 0; p < rows.partitions(); p++) {
            starts[p + 1] = starts[p] + (long) result.sums()[p];
        }
        return new PartitionSizes(starts, result.weight());
    }

    /** All rows. */
    public long rows() {
        return starts[starts.length - 1];
    }

    /**
     * Rows of each partition, in a place of its own.
     *
     * @param partitions how many
     */
    private record Count(int partitions) implements PartitionWork {
        @Override
        public int length() {
            return 0;
        }

        @Override
        public int sums() {
            return partitions;
        }

        @Override
        public PartitionResult run(int partition, PartitionRows rows) {
            double[] sums = new double[partitions];
            sums[partition] = rows.size();
            return new PartitionResult(rows.weight(), new float[0], sums);
        }
    }
}
