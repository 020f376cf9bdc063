package io.github.sparklatent.learn.averaging;

/**
 * Where each partition's rows stand among all.
 *
 * @param starts rows before each partition, and last those of all. Not to be modified.
 * @param weight of all rows
 */
public record PartitionSizes(long[] starts, double weight) {
    /**
     * @param rows of each partition. Not modified.
     * @param weights of each partition's rows; added in this order. Not modified.
     */
    public static PartitionSizes of(long[] rows, double[] weights) {
        long[] starts = new long[rows.length + 1];
        double weight = 0;
        for (int p = 0; p < rows.length; p++) {
            starts[p + 1] = starts[p] + rows[p];
            weight += weights[p];
        }
        return new PartitionSizes(starts, weight);
    }

    /** All rows. */
    public long rows() {
        return starts[starts.length - 1];
    }
}
