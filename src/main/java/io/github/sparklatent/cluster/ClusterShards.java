package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.reduce.KeptRows;
import io.github.sparklatent.cluster.reduce.OrderedReduction;
import io.github.sparklatent.cluster.reduce.Partial;
import io.github.sparklatent.cluster.reduce.Reduced;
import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.learn.PackedDoubles;
import io.github.sparklatent.learn.PackedFloats;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionSizes;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.PartitionWork.PartitionResult;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.FloatBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * Runs work on the partitions of cached blocks; each round is one Spark job.
 *
 * <p>Memory: an executor holds the work, including the parameters, once for all its tasks, and its serialised bytes in
 * pieces; the driver holds these bytes too. In local mode the tasks use the driver's own work. Besides its cached rows,
 * a task holds the memory that the work needs, its result as floats, and a slice of it. The driver receives the
 * partitions' results themselves if they are small, or not more bytes than the average. Otherwise it receives only the
 * average as doubles, slice by slice, for any number of partitions. Work and slices are released at the end of the
 * round.
 */
record ClusterShards(JavaRDD<FloatBlock> blocks, int width, PartitionSizes sizes) implements Shards {
    @Override
    public Kept computed(int columns, Computed rows) {
        Broadcast<Shipped<Computed>> shipped = context().broadcast(Shipped.of(rows));
        JavaRDD<Block> kept = blocks.mapPartitions(part -> {
                    List<FloatBlock> all = new ArrayList<>();
                    part.forEachRemaining(all::add);
                    return all.isEmpty()
                            ? Collections.emptyIterator()
                            : shipped.value().value().of(new PartitionRows(all)).iterator();
                })
                .persist(StorageLevel.MEMORY_AND_DISK());
        return new Kept(new ClusterRowBlocks(kept, columns, rows(), true), () -> {
            KeptRows.release(kept);
            shipped.destroy();
        });
    }

    @Override
    public Result run(String description, PartitionWork work) {
        int averaged = work.length();
        int added = work.sums() + 1;
        Reduced.Job job = Reduced.run(
                context(),
                description,
                work,
                shipped -> OrderedReduction.run(
                        blocks.mapPartitionsWithIndex((i, part) -> work(i, part, shipped), true), averaged, added));
        double[] sums = job.reduced().sums();
        return new Result(
                job.reduced().average(),
                sums[added - 1],
                Arrays.copyOf(sums, added - 1),
                job.broadcast(),
                job.compute(),
                job.reduce(),
                OrderedReduction.traffic(blocks.getNumPartitions(), averaged, added));
    }

    private JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(blocks.context());
    }

    /**
     * Runs the work on one partition and returns its result; an empty partition returns none. The weight of the
     * partition is appended to the sums, so that the total weight is known too.
     */
    private static Iterator<Partial> work(
            int partition, Iterator<FloatBlock> blocks, Broadcast<Shipped<PartitionWork>> shipped) {
        List<FloatBlock> all = new ArrayList<>();
        blocks.forEachRemaining(all::add);
        if (all.isEmpty()) {
            return List.<Partial>of().iterator();
        }
        long start = System.currentTimeMillis();
        PartitionResult result = shipped.value().value().run(partition, new PartitionRows(all));
        double[] sums = Arrays.copyOf(result.sums(), result.sums().length + 1);
        sums[sums.length - 1] = result.weight();
        return List.of(new Partial(
                        partition,
                        start,
                        System.currentTimeMillis(),
                        result.weight(),
                        PackedFloats.of(result.values()),
                        PackedDoubles.of(sums)))
                .iterator();
    }
}
