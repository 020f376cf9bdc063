package io.github.sparklatent.cluster;

import static org.apache.spark.sql.functions.col;

import io.github.sparklatent.cluster.reduce.Described;
import io.github.sparklatent.cluster.reduce.OwnShuffle;
import io.github.sparklatent.cluster.table.Census;
import io.github.sparklatent.cluster.table.Placement;
import io.github.sparklatent.cluster.table.RowCheck;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.cluster.table.Scale;
import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.FloatBlock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.storage.StorageLevel;

/**
 * Places the rows that the census has counted and packs them into cached blocks. Training and
 * held-out rows are placed together, once, when they are first needed.
 */
final class BlockLoader {
    private final JavaSparkContext context;
    private final Census census;
    private final TableOptions options;
    private final Dataset<RowRecord> records;
    private final int partitions;
    private final List<JavaRDD<?>> cached = new ArrayList<>();
    private JavaRDD<RowRecord> placed;

    /**
     * Creates a loader.
     *
     * @param partitions number of partitions for placed rows; not used if rows stay where they are
     */
    BlockLoader(Dataset<RowRecord> records, Census census, TableOptions options, int partitions) {
        this.context = JavaSparkContext.fromSparkContext(records.sparkSession().sparkContext());
        this.census = census;
        this.options = options;
        this.records = records;
        this.partitions = partitions;
    }

    private JavaRDD<RowRecord> placed() {
        if (placed == null) {
            placed = Described.run(context, "table, rows placed", this::place);
        }
        return placed;
    }

    private JavaRDD<RowRecord> place() {
        if (options.placement() == Placement.ASIS) {
            return records.toJavaRDD();
        }
        return records.repartition(partitions, col("hash"))
                .sortWithinPartitions("hash", "features", "weight")
                .toJavaRDD();
    }

    /** Releases the cached blocks and the shuffle files. */
    void release() {
        unpersist();
        if (placed != null && options.placement() == Placement.HASH) {
            OwnShuffle.release(placed.rdd());
        }
    }

    private void unpersist() {
        cached.forEach(blocks -> blocks.unpersist(false));
        cached.clear();
    }

    ClusterRowBlocks train(Scaling scaling) {
        return rowBlocks(false, scaling, "training blocks");
    }

    /** Packs the held-out rows; returns null if no row is held out. */
    ClusterRowBlocks holdout(Scaling scaling) {
        return census.holdout == 0 ? null : rowBlocks(true, scaling, "held-out blocks");
    }

    /** Computes the scaling from the training rows. */
    Scaling learn(Scale scale) {
        return switch (scale) {
            case NONE -> Scaling.none();
            case UNIT -> Scaling.of(Scale.UNIT, new double[0], new double[0]);
            case MINMAX -> Scaling.range(census.least, census.greatest);
            case STANDARD -> {
                ClusterRowBlocks unscaled = rowBlocks(false, Scaling.none(), "unscaled blocks");
                ColumnMoments near = new ColumnMoments(census.least);
                double[] means = near.means(unscaled.sums("table, means of columns", near).sums());
                ColumnMoments centred = new ColumnMoments(means);
                double[] sums = unscaled.sums("table, deviations of columns", centred).sums();
                unpersist();
                yield Scaling.standard(means, centred.variances(sums));
            }
        };
    }

    private ClusterRowBlocks rowBlocks(boolean heldOut, Scaling scaling, String name) {
        JavaRDD<Block> blocks = cache(heldOut, rows -> new BlockPacker(rows, scaling), name);
        long found =
                Described.run(
                        context,
                        "table, " + name + " packed",
                        () -> blocks.map(Block::count).fold(0L, Long::sum));
        requireUnchanged(found, heldOut);
        return new ClusterRowBlocks(blocks, census.greatestWidth, counted(heldOut));
    }

    ClusterShards trainShards(Scaling scaling, RowCheck check) {
        return shards(false, scaling, check, "training rows");
    }

    /** Packs the held-out rows as shards; returns null if no row is held out. */
    ClusterShards holdoutShards(Scaling scaling, RowCheck check) {
        return census.holdout == 0 ? null : shards(true, scaling, check, "held-out rows");
    }

    private ClusterShards shards(boolean heldOut, Scaling scaling, RowCheck check, String name) {
        JavaRDD<FloatBlock> blocks = cache(heldOut, rows -> new ShardPacker(rows, scaling), name);
        ShardCount found =
                Described.run(
                        context,
                        "table, " + name + " packed",
                        () -> ShardCount.take(blocks, check));
        requireUnchanged(found.sizes().rows(), heldOut);
        found.requireUsable(name);
        return new ClusterShards(blocks, census.greatestWidth, found.sizes());
    }

    private <B> JavaRDD<B> cache(
            boolean heldOut, FlatMapFunction<Iterator<RowRecord>, B> packer, String name) {
        long key = RandomStreams.key(options.seed(), Purpose.HOLDOUT);
        double fraction = options.holdoutFraction();
        JavaRDD<B> blocks =
                placed().filter(row -> Census.isHeldOut(row, fraction, key) == heldOut)
                        .mapPartitions(packer)
                        .setName(name)
                        .persist(StorageLevel.MEMORY_AND_DISK());
        cached.add(blocks);
        return blocks;
    }

    private long counted(boolean heldOut) {
        return heldOut ? census.holdout : census.train;
    }

    private void requireUnchanged(long found, boolean heldOut) {
        if (found != counted(heldOut)) {
            throw new DataException(
                    "the table changed while it was read: %d rows were counted first, %d later; expected a table that does not change, e.g. one that has been written to files"
                            .formatted(counted(heldOut), found));
        }
    }
}
