package io.github.sparklatent.learn.averaging;

/**
 * A data set in partitions, in memory or on a cluster. Each partition does its own work, then the
 * results are combined.
 */
public interface Shards {
    /** Number of columns. */
    int width();

    /** Numbers of rows and weights of the partitions. They are known after loading; no job runs. */
    PartitionSizes sizes();

    /** Number of rows. */
    default long rows() {
        return sizes().rows();
    }

    /** Number of partitions, including empty ones. */
    default int partitions() {
        return sizes().starts().length - 1;
    }

    /**
     * Runs the work once on every partition. The average is Σ_p (w_p / Σ w) values_p, in double
     * precision and in partition order. With one partition it equals that partition's values, bit
     * for bit.
     *
     * @param description shown while the job runs
     */
    Result run(String description, PartitionWork work);

    /**
     * The combined results of the partitions.
     *
     * @param average weighted average of the values
     * @param weight sum of the partitions' weights
     * @param sums over the partitions
     * @param broadcast seconds to send the work to the workers
     * @param compute seconds of the workers' computation
     * @param reduce seconds to combine the results
     */
    record Result(
            double[] average,
            double weight,
            double[] sums,
            double broadcast,
            double compute,
            double reduce) {}
}
