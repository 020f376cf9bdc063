package io.github.sparklatent.learn.averaging;

import java.io.Serializable;

/** The work of every partition in a round; it returns a vector to average and sums to add. */
public interface PartitionWork extends Serializable {
    /** Number of entries of the averaged vector. */
    default int length() {
        return 0;
    }

    int sums();

    /**
     * Returns a number of bytes without which the driver cannot end the round. By default this is the memory of the
     * average and the sums.
     */
    default long driverBytes() {
        return (long) Double.BYTES * ((long) length() + sums());
    }

    /**
     * Returns a number of bytes without which a task cannot process a partition, besides the rows and this work. By
     * default this is the memory of the task's result.
     */
    default long taskBytes() {
        return (long) Float.BYTES * length() + (long) Double.BYTES * sums();
    }

    /**
     * Processes a partition. Not called for empty partitions.
     *
     * @param partition number of the partition
     */
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
