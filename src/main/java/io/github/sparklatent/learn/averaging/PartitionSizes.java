package io.github.sparklatent.learn.averaging;

import java.util.stream.LongStream;

/**
 * Numbers of rows of the partitions.
 *
 * @param starts number of rows before each partition; the last entry is the total. Not to be modified.
 * @param weight total weight of all rows
 */
public record PartitionSizes(long[] starts, double weight) {
    /**
     * Computes the sizes.
     *
     * @param rows number of rows of each partition. Not modified.
     * @param weights total weight of each partition's rows; the weights are added in this order. Not modified.
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

    /**
     * Divides a number of rows among the partitions, in proportion to their sizes.
     *
     * @return index of each partition's first row; the last entry is the count
     */
    public int[] shares(long count) {
        return LongStream.of(starts)
                .mapToInt(start -> (int) (start * count / rows()))
                .toArray();
    }

    public long rows() {
        return starts[starts.length - 1];
    }
}
