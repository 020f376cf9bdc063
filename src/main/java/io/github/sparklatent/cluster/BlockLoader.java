package io.github.sparklatent.cluster;

import static org.apache.spark.sql.functions.col;

import io.github.sparklatent.cluster.reduce.Described;
import io.github.sparklatent.cluster.reduce.OwnShuffle;
import io.github.sparklatent.cluster.table.Census;
import io.github.sparklatent.cluster.table.Invalid;
import io.github.sparklatent.cluster.table.PartitionChoice;
import io.github.sparklatent.cluster.table.Placement;
import io.github.sparklatent.cluster.table.RepeatedRow;
import io.github.sparklatent.cluster.table.RepeatedRows;
import io.github.sparklatent.cluster.table.RowCheck;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.cluster.table.Scale;
import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.FloatBlock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Places the rows that the census has counted and packs them into blocks, which are cached on the
 * workers or, of a small table, brought to the driver. Training and held-out rows are placed
 * together, once, when they are first needed.
 */
final class BlockLoader {
    private static final Logger LOG = LoggerFactory.getLogger(BlockLoader.class);

    private final JavaSparkContext context;
    private final Census census;
    private final TableOptions options;
    private final Dataset<RowRecord> records;
    private final PartitionChoice partitions;
    private final List<JavaRDD<?>> cached = new ArrayList<>();
    private JavaRDD<RowRecord> placed;
    private JavaRDD<RowRecord> shared;

    /**
     * Creates a loader.
     *
     * @param partitions number of partitions for placed rows; not used if rows stay where they are
     */
    BlockLoader(
            Dataset<RowRecord> records,
            Census census,
            TableOptions options,
            PartitionChoice partitions) {
        this.context = JavaSparkContext.fromSparkContext(records.sparkSession().sparkContext());
        this.census = census;
        this.options = options;
        this.records = records;
        this.partitions = partitions;
    }

    private JavaRDD<RowRecord> placed() {
        if (placed == null) {
            placed = Described.run(context, "table, rows placed", this::place);
            if (options.trainedOn()) {
                LOG.info("partitions: {}", partitions());
            }
        }
        return placed;
    }

    /** Returns the number of partitions of the placed rows and the reason for it. */
    PartitionChoice partitions() {
        return options.placement() == Placement.ASIS
                ? new PartitionChoice(placed.getNumPartitions(), "those of the table")
                : partitions;
    }

    private JavaRDD<RowRecord> place() {
        if (options.placement() == Placement.ASIS) {
            return records.toJavaRDD();
        }
        RepeatedRows repeated = RepeatedRows.of(census, partitions.number());
        if (!repeated.exist()) {
            return placed(records).toJavaRDD();
        }
        MapPartitionsFunction<RowRecord, RepeatedRow> combine = repeated::combine;
        return placed(records.mapPartitions(combine, Encoders.bean(RepeatedRow.class)))
                .toJavaRDD()
                .map(row -> row);
    }

    private <R> Dataset<R> placed(Dataset<R> rows) {
        return rows.repartition(partitions.number(), col("hash"))
                .sortWithinPartitions("hash", "features", "weight");
    }

    /**
     * Returns the placed rows for training within partitions: each partition has its share of the
     * copies of a row that is repeated often. Sums do not need this, because their blocks merge
     * equal rows.
     */
    private JavaRDD<RowRecord> shared() {
        if (shared == null) {
            RepeatedRows repeated = RepeatedRows.of(census, partitions.number());
            shared =
                    options.placement() == Placement.ASIS || !repeated.exist()
                            ? placed()
                            : share(placed(), repeated);
        }
        return shared;
    }

    private JavaRDD<RowRecord> share(JavaRDD<RowRecord> rows, RepeatedRows repeated) {
        List<RepeatedRow> often =
                Described.run(
                        context,
                        "table, repeated rows counted",
                        () -> rows.mapPartitions(repeated::often).collect());
        return often.isEmpty()
                ? rows
                : rows.mapPartitionsWithIndex((i, part) -> repeated.shared(i, part, often), true);
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

    RowBlocks train(Scaling scaling) {
        return rowBlocks(false, scaling, "training blocks");
    }

    /** Packs the held-out rows; returns null if no row is held out. */
    RowBlocks holdout(Scaling scaling) {
        return census.holdout == 0 ? null : rowBlocks(true, scaling, "held-out blocks");
    }

    /** Computes the scaling from the training rows. */
    Scaling learn(Scale scale) {
        return switch (scale) {
            case NONE -> Scaling.none();
            case UNIT -> Scaling.of(Scale.UNIT, new double[0], new double[0]);
            case MINMAX -> Scaling.range(census.least, census.greatest);
            case STANDARD -> {
                RowBlocks unscaled = rowBlocks(false, Scaling.none(), "unscaled blocks");
                ColumnMoments near = new ColumnMoments(census.least);
                double[] means = near.means(unscaled.sums("table, means of columns", near).sums());
                ColumnMoments centred = new ColumnMoments(means);
                double[] sums = unscaled.sums("table, deviations of columns", centred).sums();
                unpersist();
                yield Scaling.standard(means, centred.variances(sums));
            }
        };
    }

    private RowBlocks rowBlocks(boolean heldOut, Scaling scaling, String name) {
        boolean keep = options.invalid() == Invalid.KEEP;
        JavaRDD<Packed<Block>> packed =
                packed(placed(), heldOut, rows -> new BlockPacker(rows, scaling, keep), name);
        if (isSmall(packed, heldOut)) {
            List<Packed<Block>> blocks = collected(packed, name);
            requireUnchanged(blocks.stream().reduce(Packed.none(), Packed::plus), heldOut);
            return new InMemoryRowBlocks(List.of(withoutSums(blocks)));
        }
        JavaRDD<Packed<Block>> blocks = cached(packed);
        Packed<Block> found =
                Described.run(
                        context,
                        "table, " + name + " packed",
                        () -> blocks.map(Packed::sums).fold(Packed.none(), Packed::plus));
        requireUnchanged(found, heldOut);
        long incomplete = heldOut ? census.incompleteHoldout : census.incompleteTrain;
        return new ClusterRowBlocks(
                blocks.map(one -> one.block),
                census.greatestWidth,
                counted(heldOut),
                incomplete == 0);
    }

    Shards trainShards(Scaling scaling, RowCheck check) {
        return shards(false, scaling, check, "training rows");
    }

    /** Packs the held-out rows as shards; returns null if no row is held out. */
    Shards holdoutShards(Scaling scaling, RowCheck check) {
        return census.holdout == 0 ? null : shards(true, scaling, check, "held-out rows");
    }

    private Shards shards(boolean heldOut, Scaling scaling, RowCheck check, String name) {
        boolean keep = options.invalid() == Invalid.KEEP;
        JavaRDD<Packed<FloatBlock>> packed =
                packed(shared(), heldOut, rows -> new ShardPacker(rows, scaling, keep), name);
        if (isSmall(packed, heldOut)) {
            List<Packed<FloatBlock>> blocks = collected(packed, name);
            requireUsable(ShardCount.of(blocks, check), heldOut, name);
            return new InMemoryShards(List.of(new PartitionRows(withoutSums(blocks))));
        }
        JavaRDD<Packed<FloatBlock>> blocks = cached(packed);
        ShardCount found =
                Described.run(
                        context,
                        "table, " + name + " packed",
                        () -> ShardCount.take(blocks, check));
        requireUsable(found, heldOut, name);
        return new ClusterShards(blocks.map(one -> one.block), census.greatestWidth, found.sizes());
    }

    private void requireUsable(ShardCount found, boolean heldOut, String name) {
        requireUnchanged(found.sizes().rows(), found.fingerprint(), heldOut);
        found.requireUsable(name);
    }

    /**
     * Returns whether the rows are one partition of few bytes. A round over them would be one task,
     * and starting a Spark job takes longer than that task: the driver does its work, with the same
     * bits.
     */
    private boolean isSmall(JavaRDD<?> packed, boolean heldOut) {
        return packed.getNumPartitions() == 1
                && counted(heldOut) * census.greatestWidth * Double.BYTES <= options.driverBytes();
    }

    private <B> List<B> collected(JavaRDD<B> packed, String name) {
        return Described.run(context, "table, " + name + " packed", packed::collect);
    }

    private static <B> List<B> withoutSums(List<Packed<B>> blocks) {
        return blocks.stream().map(packed -> packed.block).toList();
    }

    private <B> JavaRDD<B> cached(JavaRDD<B> packed) {
        JavaRDD<B> blocks = packed.persist(StorageLevel.MEMORY_AND_DISK());
        cached.add(blocks);
        return blocks;
    }

    private <B> JavaRDD<B> packed(
            JavaRDD<RowRecord> rows,
            boolean heldOut,
            FlatMapFunction<Iterator<RowRecord>, B> packer,
            String name) {
        long key = RandomStreams.key(options.seed(), Purpose.HOLDOUT);
        double fraction = options.holdoutFraction();
        return rows.filter(row -> Census.isHeldOut(row, fraction, key) == heldOut)
                .mapPartitions(packer)
                .setName(name);
    }

    private long counted(boolean heldOut) {
        return heldOut ? census.holdout : census.train;
    }

    private void requireUnchanged(Packed<?> found, boolean heldOut) {
        requireUnchanged(found.rows, found.fingerprint, heldOut);
    }

    private void requireUnchanged(long rows, long fingerprint, boolean heldOut) {
        long counted = counted(heldOut);
        String change =
                rows != counted
                        ? "%d rows were counted first, %d later".formatted(counted, rows)
                        : fingerprint
                                        != (heldOut
                                                ? census.holdoutFingerprint
                                                : census.trainFingerprint)
                                ? "%d rows were read twice, with other values the second time"
                                        .formatted(rows)
                                : null;
        if (change != null) {
            throw new DataException(
                    "the table changed while it was read: %s; expected a table that does not change, e.g. one that has been written to files"
                            .formatted(change));
        }
    }
}
