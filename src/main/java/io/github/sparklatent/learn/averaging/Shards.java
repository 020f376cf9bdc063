package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.Traffic;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import java.io.Serializable;
import java.util.List;

/**
 * A data set in partitions, in memory or on a cluster. Each partition does its own work, then the results are combined.
 */
public interface Shards {
    int width();

    /**
     * Number of rows of each partition, and the total weight of the rows. They are known once the data is loaded, so no
     * Spark job runs.
     */
    PartitionSizes sizes();

    default long rows() {
        return sizes().rows();
    }

    /** Number of partitions, including empty ones. */
    default int partitions() {
        return sizes().starts().length - 1;
    }

    /**
     * Runs the work once on every partition that has rows. The average is Σ_p (w_p / Σ w) values_p, where w_p is the
     * weight of partition p; it is summed in double precision and in partition order. With one partition, the average
     * equals the values of this partition, bit for bit.
     *
     * @param description text that is shown while the job runs
     */
    Result run(String description, PartitionWork work);

    /**
     * Computes rows of doubles from those of each partition, once, and keeps them until they are released.
     *
     * @param width number of columns of the new rows
     */
    Kept computed(int width, Computed rows);

    /** Computes new rows from those of a partition. */
    interface Computed extends Serializable {
        List<Block> of(PartitionRows rows);
    }

    /**
     * Rows that are kept.
     *
     * @param release ends the keeping
     */
    record Kept(RowBlocks rows, Runnable release) {}

    /**
     * The combined results of the partitions.
     *
     * @param average weighted average of the partitions' values
     * @param weight sum of the partitions' weights
     * @param sums sums of the partitions' sums
     * @param broadcast seconds to send the work to the workers
     * @param compute seconds of the workers' computation
     * @param reduce seconds to combine the results
     * @param traffic what reached the driver
     */
    record Result(
            double[] average,
            double weight,
            double[] sums,
            double broadcast,
            double compute,
            double reduce,
            Traffic traffic) {}
}
