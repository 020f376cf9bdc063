package io.github.sparklatent.learn.averaging;

import java.io.Serializable;

/** What every partition does in a round: returns a vector to be averaged and sums to be added. */
public interface PartitionWork extends Serializable {
    /** Entries of the averaged vector; may be 0. */
    int length();

    /** Entries of the vector of sums. */
    int sums();

    /**
     * The work of one partition that has rows; one without is not asked.
     *
     * @param partition number of the partition
     */
    PartitionResult run(int partition, PartitionRows rows);

    /**
     * What a partition gives back.
     *
     * @param weight of this partition in the average: the sum of its rows' weights
     * @param values to be averaged by weight
     * @param sums to be added
     */
    record PartitionResult(double weight, float[] values, double[] sums) {}
}
