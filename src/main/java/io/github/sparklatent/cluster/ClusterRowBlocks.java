package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.reduce.Described;
import io.github.sparklatent.cluster.reduce.KeptRows;
import io.github.sparklatent.cluster.reduce.OrderedReduction;
import io.github.sparklatent.cluster.reduce.Partial;
import io.github.sparklatent.cluster.reduce.Reduced;
import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ReducedSums;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.learn.em.SmallestRows;
import io.github.sparklatent.linalg.Block;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Cached row blocks on a cluster; each traversal is one Spark job.
 *
 * @param complete whether no value is missing
 */
record ClusterRowBlocks(JavaRDD<Block> blocks, int width, long rows, boolean complete) implements RowBlocks {
    /** Up to this number, all partitions send as many rows as are selected. */
    private static final int FEW_PARTITIONS = 32;

    /** A partition has fewer than this many times its share of the selected rows but by a rare chance. */
    private static final int SHARE = 4;

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public ReducedSums sums(String description, Expectation expectation) {
        int length = expectation.length();
        Reduced.Job job = Reduced.run(
                context(),
                description,
                expectation,
                shipped -> OrderedReduction.run(
                        blocks.mapPartitionsWithIndex((i, part) -> add(i, part, shipped), true), 0, length));
        return new ReducedSums(
                job.reduced().sums(),
                job.broadcast(),
                job.compute(),
                job.reduce(),
                OrderedReduction.traffic(blocks.getNumPartitions(), 0, length));
    }

    private JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(blocks.context());
    }

    private static Iterator<Partial> add(
            int partition, Iterator<Block> blocks, Broadcast<Shipped<Expectation>> shipped) {
        if (!blocks.hasNext()) {
            return List.<Partial>of().iterator();
        }
        long start = System.currentTimeMillis();
        Expectation.Accumulator accumulator = shipped.value().value().accumulator();
        blocks.forEachRemaining(accumulator::add);
        double[] statistics = accumulator.statistics();
        return List.of(new Partial(partition, start, System.currentTimeMillis(), statistics))
                .iterator();
    }

    @Override
    public List<SelectedRow> smallest(String description, RowScore score, int count) {
        JavaSparkContext context = context();
        Broadcast<Shipped<RowScore>> shipped = context.broadcast(Shipped.of(score));
        try {
            double limit = Described.run(context, description, () -> limit(shipped, count));
            List<double[]> rows = Described.run(context, description, () -> select(shipped, count, limit));
            if (rows.size() < count && limit < Double.POSITIVE_INFINITY) {
                rows = Described.run(context, description, () -> select(shipped, count, Double.POSITIVE_INFINITY));
            }
            return rows.stream().map(ClusterRowBlocks::unpack).toList();
        } finally {
            shipped.destroy();
        }
    }

    /**
     * Returns a score that hardly any row beyond the selected ones has, from the rows of one partition. Hashes place
     * the rows, so each partition has about the same share of the selected ones.
     */
    private double limit(Broadcast<Shipped<RowScore>> shipped, int count) {
        int partitions = blocks.getNumPartitions();
        if (partitions <= FEW_PARTITIONS) {
            return Double.POSITIVE_INFINITY;
        }
        int share = SHARE * (count / partitions + 1);
        List<SelectedRow> rows = blocks
                .mapPartitionsWithIndex(
                        (i, part) -> candidates(i, part, shipped, share, Double.POSITIVE_INFINITY), true)
                .collectPartitions(new int[] {0})[0]
                .stream()
                .map(ClusterRowBlocks::unpack)
                .toList();
        return rows.size() < share
                ? Double.POSITIVE_INFINITY
                : rows.get(share - 1).score();
    }

    /**
     * Returns the rows with the smallest scores up to a limit, at most {@code count}, packed by {@link #pack}. Each
     * partition selects at most {@code count} of its rows; one task then selects among them. So the driver receives
     * only the selected rows, for any number of partitions.
     */
    private List<double[]> select(Broadcast<Shipped<RowScore>> shipped, int count, double limit) {
        JavaRDD<double[]> candidates = blocks.mapPartitionsWithIndex(
                        (i, part) -> candidates(i, part, shipped, count, limit), true)
                .coalesce(1, true);
        List<double[]> chosen =
                candidates.mapPartitions(rows -> choose(rows, shipped, count)).collect();
        KeptRows.releaseShuffle(candidates.rdd());
        return chosen;
    }

    private static Iterator<double[]> candidates(
            int partition, Iterator<Block> blocks, Broadcast<Shipped<RowScore>> shipped, int count, double limit) {
        return SmallestRows.of(() -> blocks, partition, shipped.value().value(), count).stream()
                .filter(row -> row.score() <= limit)
                .map(ClusterRowBlocks::pack)
                .iterator();
    }

    /**
     * Selects the rows with the smallest scores among the packed candidates. The result does not depend on the order of
     * the candidates.
     */
    private static Iterator<double[]> choose(
            Iterator<double[]> candidates, Broadcast<Shipped<RowScore>> shipped, int count) {
        SmallestRows smallest = new SmallestRows(count, shipped.value().value().isOfDistinctRows());
        candidates.forEachRemaining(packed -> smallest.add(unpack(packed)));
        return smallest.rows().stream().map(ClusterRowBlocks::pack).iterator();
    }

    /** Packs a row, its score and its weight into one array, which every serialiser can handle. */
    private static double[] pack(SelectedRow row) {
        int d = row.values().length;
        double[] packed = Arrays.copyOf(row.values(), d + 2);
        packed[d] = row.score();
        packed[d + 1] = row.weight();
        return packed;
    }

    private static SelectedRow unpack(double[] packed) {
        int d = packed.length - 2;
        return new SelectedRow(packed[d], packed[d + 1], Arrays.copyOf(packed, d));
    }
}
