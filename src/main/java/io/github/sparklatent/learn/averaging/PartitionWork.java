package io.github.sparklatent.learn.averaging;

import java.io.Serializable;

/** The work of every partition in a round; it returns a vector to average and sums to add. */
public interface PartitionWork extends Serializable {
    /** Number of entries of the averaged vector. */
    default int length() {
        return 0;
    }

    int sums();

    /** Processes a partition. Not called for empty partitions. {@code partition}: number of the partition. */
    PartitionResult run(int partition, PartitionRows rows);

    /**
     * The result of a partition.
     *
     * @param weight weight of this partition in the average: the sum of its row weights
     * @param values vector to be averaged with this weight
     * @param sums vector to be added to the sums of the other partitions
     */
    record PartitionResult(double weight, float[] values, double[] sums) {}
}
