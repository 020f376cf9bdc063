package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.reduce.Described;
import io.github.sparklatent.cluster.reduce.KeptRows;
import io.github.sparklatent.cluster.table.HoldoutRule;
import io.github.sparklatent.cluster.table.PartitionChoice;
import io.github.sparklatent.cluster.table.RepeatedRows;
import io.github.sparklatent.cluster.table.RepeatedRows.RepeatedRow;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.cluster.table.TableStatistics;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.FloatBlock;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Places the rows that have been counted and packs them into blocks, which are cached on the workers or, of a small
 * table, brought to the driver. Training and held-out rows are placed, sorted and packed together, once, when they are
 * first needed.
 */
final class BlockLoader {
    private static final Logger LOG = LoggerFactory.getLogger(BlockLoader.class);

    private final JavaSparkContext context;
    private final RowPlacement placement;
    private final TableStatistics statistics;
    private final TableOptions options;
    private final List<JavaRDD<?>> cached = new ArrayList<>();
    private final List<JavaRDD<?>> sources = new ArrayList<>();
    private Partitions<RowRecord> shared;
    private Partitions<PackedRows.Packed<Block>> unscaled;

    /** Creates a loader of rows that are placed when they are first needed. */
    BlockLoader(RowPlacement placement, TableStatistics statistics, TableOptions options) {
        this.context = placement.context();
        this.placement = placement;
        this.statistics = statistics;
        this.options = options;
    }

    /** Returns the number of partitions of the placed rows and the reason for it. */
    PartitionChoice partitions() {
        return placement.partitions();
    }

    /**
     * Returns the placed rows for training within partitions: each partition has its share of the copies of a row that
     * is repeated often. Sums do not need this, because their blocks merge equal rows.
     */
    private Partitions<RowRecord> shared() {
        if (shared == null) {
            Partitions<RowRecord> placed = placement.rows();
            RepeatedRows repeated = RepeatedRows.of(statistics, placed.number());
            shared = options.isPlaced() && repeated.exist() ? share(placed, repeated) : placed;
        }
        return shared;
    }

    private Partitions<RowRecord> share(Partitions<RowRecord> rows, RepeatedRows repeated) {
        List<RepeatedRow> often =
                collected(rows.map((i, part) -> repeated.often(part)), "repeated rows counted").stream()
                        .flatMap(List::stream)
                        .toList();
        return often.isEmpty() ? rows : rows.map((i, part) -> repeated.shared(i, part, often));
    }

    /** Releases the cached blocks and the shuffle files. */
    void release() {
        unpersistSources();
        unpersist();
        placement.release();
    }

    private void unpersist() {
        cached.forEach(KeptRows::release);
        cached.clear();
    }

    private void unpersistSources() {
        sources.forEach(KeptRows::release);
        sources.clear();
    }

    /** Computes the scaling from the training rows. */
    Scaling learn(Scale scale) {
        return switch (scale) {
            case NONE -> Scaling.none();
            case UNIT, QUANTILE -> Scaling.of(scale, new double[0], new double[0]);
            case MINMAX -> Scaling.range(statistics.train().least, statistics.train().greatest);
            case STANDARD, BOTH -> {
                unscaled = packed(placement.rows(), () -> new BlockPacker(Scaling.none()), "blocks", true);
                Partitions<Block> train = ofRole(unscaled, false).each(one -> one.block);
                RowBlocks blocks = train instanceof Partitions.OnWorkers<Block> onWorkers
                        ? onCluster(onWorkers.rows(), false)
                        : new InMemoryRowBlocks(train.collect());
                double[] means = ColumnMoments.means(blocks, statistics.train().least);
                yield Scaling.standard(means, ColumnMoments.variances(blocks, means));
            }
        };
    }

    /**
     * Packs the training rows and the held-out rows in one traversal of the placed rows. Blocks that a scaling was
     * learnt from are scaled and not packed again.
     */
    Roles<RowBlocks> blocks(Scaling scaling) {
        Partitions<PackedRows.Packed<Block>> all = unscaled == null
                ? packed(placement.rows(), () -> new BlockPacker(scaling), "blocks", statistics.heldOut().rows > 0)
                : unscaled.each(one -> one.with(BlockPacker.scaled(one.block, scaling)));
        return roles(heldOut -> loaded(
                ofRole(all, heldOut),
                heldOut,
                heldOut ? "held-out blocks" : "training blocks",
                null,
                InMemoryRowBlocks::new,
                (blocks, sums) -> onCluster(sums.checked(blocks), heldOut)));
    }

    /**
     * Caches and checks the blocks of one role, or brings them to the driver if they are small.
     *
     * @param check requirements on the rows of shards; null: none
     * @param here makes the rows of blocks on the driver, by partition
     * @param there makes the rows of cached blocks
     */
    private <B, R> R loaded(
            Partitions<PackedRows.Packed<B>> packed,
            boolean heldOut,
            String name,
            RowCheck check,
            Function<List<List<B>>, R> here,
            BiFunction<JavaRDD<PackedRows.Packed<B>>, PackedSums, R> there) {
        if (!(packed instanceof Partitions.OnWorkers<PackedRows.Packed<B>> onWorkers) || isSmall(onWorkers, heldOut)) {
            Partitions<PackedRows.Packed<B>> local = new Partitions.OnDriver<>(collected(packed, name + " packed"));
            PackedSums.of(local, check).require(role(heldOut), name);
            return here.apply(local.each(one -> one.block).collect());
        }
        JavaRDD<PackedRows.Packed<B>> blocks = cached(onWorkers.rows(), name);
        PackedSums sums = Described.run(
                context, "table, " + name + " packed", () -> PackedSums.of(new Partitions.OnWorkers<>(blocks), check));
        sums.require(role(heldOut), name);
        return there.apply(blocks, sums);
    }

    /**
     * Returns a cached sample of blocks. Returns the blocks themselves if they have few rows, or if a column has too
     * few values in the sample: none, or only one if its variance is to be fitted.
     *
     * @param needsVariance whether the variance of a feature is to be fitted
     */
    RowBlocks sample(
            ClusterRowBlocks all, long most, long seed, List<Feature> features, Predicate<Feature> needsVariance) {
        JavaRDD<Block> blocks = BlockSample.of(all.blocks(), most, seed);
        if (blocks == all.blocks()) {
            return all;
        }
        JavaRDD<Block> some = blocks.persist(StorageLevel.MEMORY_AND_DISK());
        cached.add(some);
        long rows = Described.run(
                context,
                "table, sampled blocks packed",
                () -> some.map(Block::count).fold(0L, Long::sum));
        RowBlocks sample = new ClusterRowBlocks(some, all.width(), rows, all.isComplete());
        double[] variances = ColumnMoments.variances(sample, ColumnMoments.means(sample));
        List<String> lacking = BlockSample.lacking(variances, statistics, features, needsVariance);
        if (rows > 0 && lacking.isEmpty()) {
            return sample;
        }
        LOG.warn(
                "a sample of {} rows has too few values of {}, so the model is fitted to all rows",
                rows,
                String.join(", ", lacking));
        KeptRows.release(some);
        return all;
    }

    private RowBlocks onCluster(JavaRDD<Block> blocks, boolean heldOut) {
        long incomplete = role(heldOut).incomplete;
        return new ClusterRowBlocks(blocks, statistics.width(), role(heldOut).rows, incomplete == 0);
    }

    /** Packs the rows as shards; see {@link #blocks}. */
    Roles<Shards> shards(Scaling scaling, RowCheck check) {
        unpersistSources();
        Partitions<PackedRows.Packed<FloatBlock>> all =
                packed(shared(), () -> new BlockPacker.ShardPacker(scaling), "shards", statistics.heldOut().rows > 0);
        return roles(heldOut -> loaded(
                ofRole(all, heldOut),
                heldOut,
                heldOut ? "held-out rows" : "training rows",
                heldOut ? check.ofHeldOut() : check,
                parts -> new InMemoryShards(
                        parts.stream().map(PartitionRows::new).toList()),
                (blocks, sums) -> new ClusterShards(sums.checked(blocks), statistics.width(), sums.sizes())));
    }

    /**
     * The training rows and the held-out rows.
     *
     * @param holdout null if no row is held out
     */
    record Roles<R>(R train, R holdout) {}

    /** Loads the rows of both roles, then releases what they were made from. */
    private <R> Roles<R> roles(Function<Boolean, R> role) {
        R train = role.apply(false);
        Roles<R> roles = new Roles<>(train, statistics.heldOut().rows == 0 ? null : role.apply(true));
        placement.releaseRead();
        unpersistSources();
        return roles;
    }

    /**
     * Returns whether the rows are few bytes, in partitions that the driver works on at once. Starting a Spark job
     * takes longer than their work: the driver does it, with the same bits.
     */
    private boolean isSmall(Partitions<?> packed, boolean heldOut) {
        return placement.areAtOnce(packed.number())
                && role(heldOut).rows * statistics.width() * Double.BYTES <= options.driverBytes();
    }

    private <B> List<List<B>> collected(Partitions<B> parts, String name) {
        return Described.run(context, "table, " + name, parts::collect);
    }

    private <B> JavaRDD<B> cached(JavaRDD<B> packed, String name) {
        JavaRDD<B> blocks = packed.setName(name).persist(StorageLevel.MEMORY_AND_DISK());
        cached.add(blocks);
        return blocks;
    }

    /**
     * Packs the rows of both roles in one traversal.
     *
     * @param kept whether the blocks are cached until those of each role have been made from them
     */
    private <B extends Serializable> Partitions<PackedRows.Packed<B>> packed(
            Partitions<RowRecord> rows, Packing<B> packer, String name, boolean kept) {
        boolean keep = options.invalid() == Invalid.KEEP;
        HoldoutRule rule = statistics.holdoutRule();
        Partitions<PackedRows.Packed<B>> packed =
                rows.map((i, part) -> new PackedRows<>(part, keep, rule, packer::get));
        if (kept && packed instanceof Partitions.OnWorkers<PackedRows.Packed<B>> onWorkers) {
            sources.add(onWorkers.rows().setName(name).persist(StorageLevel.MEMORY_AND_DISK()));
        }
        return packed;
    }

    /** Creates empty blocks. Sent to the workers. */
    private interface Packing<B> extends Supplier<PackedRows.Packer<B>>, Serializable {}

    private static <B> Partitions<PackedRows.Packed<B>> ofRole(Partitions<PackedRows.Packed<B>> all, boolean heldOut) {
        return all.filter(one -> one.heldOut == heldOut);
    }

    private TableStatistics.Part role(boolean heldOut) {
        return heldOut ? statistics.heldOut() : statistics.train();
    }
}
