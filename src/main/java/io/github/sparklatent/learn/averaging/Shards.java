package io.github.sparklatent.learn.averaging;

/**
 * One data set in partitions, in memory or on a cluster, for work that goes on within a partition
 * before results are brought together.
 */
public interface Shards {
    /** Columns of the data. */
    int width();

    /** Rows and weight of the partitions, known since the data was read: nothing is run. */
    PartitionSizes sizes();

    /** Rows of the data. */
    default long rows() {
        return sizes().rows();
    }

    /** Number of partitions, empty ones among them. */
    default int partitions() {
        return sizes().starts().length - 1;
    }

    /**
     * Lets every partition work once. The average is Σ_p (w_p / Σ w) values_p, in double precision
     * and in partition order; of one partition it is that partition's values, bit for bit.
     *
     * @param description what a person following the run reads
     */
    Result run(String description, PartitionWork work);

    /**
     * What came of it.
     *
     * @param average of the values, weighted
     * @param weight sum of the partitions' weights
     * @param sums over the partitions
     * @param broadcast seconds of sending the work out
     * @param compute seconds of the workers' computation
     * @param reduce seconds of combining
     */
    record Result(
            double[] average,
            double weight,
            double[] sums,
            double broadcast,
            double compute,
            double reduce) {}
}
