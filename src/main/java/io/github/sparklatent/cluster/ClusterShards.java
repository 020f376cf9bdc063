package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.reduce.Described;
import io.github.sparklatent.cluster.reduce.OrderedReduction;
import io.github.sparklatent.cluster.reduce.PackedDoubles;
import io.github.sparklatent.cluster.reduce.Partial;
import io.github.sparklatent.cluster.reduce.Reduced;
import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.learn.PackedFloats;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionSizes;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.PartitionWork.PartitionResult;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.linalg.FloatBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Work within the partitions of cached blocks, each round one Spark job.
 *
 * <p>Memory: an executor holds the work (with the parameters in it) once for all its tasks, and the
 * bytes it came in, which the driver holds too. A task holds beside its cached rows what the work
 * itself needs, its result as floats, the same packed, and a slice of that. The driver receives the
 * results themselves while they are 32 MiB in all, or no more bytes than the average itself, and
 * beyond that each number of the average once, as a double, however many partitions there are. Work
 * and slices are given back when the round ends.
 */
final class ClusterShards implements Shards {
    private static final int MORE_ROOM = 1 << 12;
    private static final int MOST_ROOM = 1 << 30;

    private final JavaSparkContext context;
    private final JavaRDD<FloatBlock> blocks;
    private final int width;
    private final PartitionSizes sizes;

    /** Of the last work. */
    private Class<?> last;

    /** Bytes that the next work of that class will take, most likely: as many as the last one. */
    private int room;

    ClusterShards(JavaRDD<FloatBlock> blocks, int width, PartitionSizes sizes) {
        this.context = JavaSparkContext.fromSparkContext(blocks.context());
        this.blocks = blocks;
        this.width = width;
        this.sizes = sizes;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public PartitionSizes sizes() {
        return sizes;
    }

    @Override
    public Result run(String description, PartitionWork work) {
        int averaged = work.length();
        int added = work.sums() + 1;
        long start = System.nanoTime();
        Shipped<PartitionWork> packed = Shipped.of(work, work.getClass() == last ? room : 0);
        last = work.getClass();
        room = Math.min(packed.size(), MOST_ROOM) + MORE_ROOM;
        Broadcast<Shipped<PartitionWork>> shipped = context.broadcast(packed);
        long sent = System.nanoTime();
        try {
            Reduced reduced =
                    Described.run(
                            context,
                            description,
                            () ->
                                    OrderedReduction.run(
                                            blocks.mapPartitionsWithIndex(
                                                    (i, part) -> work(i, part, shipped), true),
                                            averaged,
                                            added));
            double job = (System.nanoTime() - sent) / 1e9;
            double compute = Math.min(job, reduced.computeSeconds());
            return new Result(
                    reduced.average,
                    reduced.sums[added - 1],
                    Arrays.copyOf(reduced.sums, added - 1),
                    (sent - start) / 1e9,
                    compute,
                    job - compute);
        } finally {
            shipped.destroy();
        }
    }

    /** The weight of a partition is added up as the last of its sums. */
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
        return List.of(
                        new Partial(
                                partition,
                                start,
                                System.currentTimeMillis(),
                                result.weight(),
                                PackedFloats.of(result.values()),
                                PackedDoubles.of(sums)))
                .iterator();
    }
}
