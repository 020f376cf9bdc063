package io.github.sparklatent.bench.drill;

import io.github.sparklatent.cluster.reduce.OrderedReduction;

/**
 * Seconds of a round, as a function of the model, of the cluster and of the number of partitions.
 *
 * @param job seconds of a Spark job with one task
 * @param task seconds of the driver for each task
 */
record CostModel(double job, double task) {
    /** Bytes of a block in which Spark sends a broadcast. */
    private static final double PIECE = 1 << 22;

    /**
     * Executors on hosts of their own.
     *
     * @param bandwidth bytes per second between two hosts, both ways at once
     */
    record Cluster(int executors, int coresEach, double bandwidth) {
        int cores() {
            return executors * coresEach;
        }
    }

    /**
     * What a round does, for any cluster and number of partitions.
     *
     * @param rows rows of a round
     * @param rowSeconds seconds of a core for each row
     * @param partSeconds seconds of a core for each partition, whatever its rows
     * @param broadcastBytes bytes that the driver sends to all executors
     * @param broadcastSeconds seconds in which the driver makes these bytes
     * @param averaged floats of a partition's result
     * @param added doubles of a partition's result
     * @param byteSeconds seconds for each byte of a result: of the driver if it collects them, else of a core that adds
     *     a slice
     * @param update seconds of the driver after the last result
     */
    record Work(
            double rows,
            double rowSeconds,
            double partSeconds,
            double broadcastBytes,
            double broadcastSeconds,
            int averaged,
            int added,
            double byteSeconds,
            double update) {
        Work of(double otherRows) {
            return new Work(
                    otherRows,
                    rowSeconds,
                    partSeconds,
                    broadcastBytes,
                    broadcastSeconds,
                    averaged,
                    added,
                    byteSeconds,
                    update);
        }

        /** Bytes of a partition's result. */
        double part() {
            return (double) Float.BYTES * averaged + (double) Double.BYTES * added;
        }
    }

    /** Seconds of a round by their cause. */
    record Seconds(double broadcast, double compute, double dispatch, double reduce, double update) {
        double total() {
            return broadcast + compute + dispatch + reduce + update;
        }
    }

    /**
     * Predicts a round.
     *
     * <pre>
     *   broadcast  time to make B bytes + (B + ⌈log₂(E + 1)⌉ min(B, 4 MiB)) / bandwidth
     *   compute    ⌈P / C⌉ (rows rowSeconds / P + partSeconds)
     *   dispatch   job + max(P task, min(P, C) task + (⌈P / C⌉ − 1) t) + t − compute,  t: one task's compute
     *   reduce     results to the driver, or through a shuffle in slices; see {@link OrderedReduction}
     * </pre>
     *
     * <p>E executors with C cores, P partitions. The driver starts tasks one after another while the first ones
     * compute.
     */
    Seconds predict(Work work, Cluster cluster, int partitions) {
        int cores = cluster.cores();
        int waves = (partitions + cores - 1) / cores;
        double one = work.rows() * work.rowSeconds() / partitions + work.partSeconds();
        double compute = waves * one;
        double started = Math.max(partitions * task, Math.min(partitions, cores) * task + compute - one);
        double levels = Math.ceil(Math.log(cluster.executors() + 1.0) / Math.log(2));
        double sent = work.broadcastBytes() + levels * Math.min(work.broadcastBytes(), PIECE);
        return new Seconds(
                work.broadcastSeconds() + sent / cluster.bandwidth(),
                compute,
                job + started + one - compute,
                reduce(work, cluster, partitions),
                work.update());
    }

    private double reduce(Work work, Cluster cluster, int partitions) {
        double bytes = partitions * work.part();
        if (OrderedReduction.isCollected(partitions, work.averaged(), work.added())) {
            return bytes * (work.byteSeconds() + 1 / cluster.bandwidth());
        }
        int cores = cluster.cores();
        int length = work.averaged() + work.added();
        int slices = OrderedReduction.slices(partitions, cores, length);
        int hosts = Math.min(slices, cluster.executors());
        return slices * task
                + bytes * work.byteSeconds() / Math.min(slices, cores)
                + bytes / (hosts * cluster.bandwidth())
                + (double) Double.BYTES * length / cluster.bandwidth();
    }
}
