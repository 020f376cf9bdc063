package io.github.sparklatent.cluster;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.github.sparklatent.cluster.table.GroupedRow;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.cluster.table.TableStatistics;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.Block;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Brings the rows of each group of a table into the memory of one task, in canonical order.
 *
 * <p>A group is sorted by hash, then content, and packed into blocks as {@link BlockTable} packs a partition. So its
 * blocks depend on its rows alone: neither on the other groups nor on the number of partitions.
 */
public final class RowGroups {
    /** Greatest number of bytes of a group's rows, 512 MiB. */
    public static final long GREATEST_BYTES = 1L << 29;

    /** Name of the last column of the results: sum of the fingerprints of a group's rows. */
    public static final String FINGERPRINT = "fingerprint";

    /** Name of the column of a group's texts. */
    public static final String GROUP = "group";

    /** Columns of {@link #apart}; a fingerprint is in halves, because sums of longs may overflow. */
    private static final StructType APART = new StructType()
            .add(GROUP, DataTypes.createArrayType(DataTypes.StringType))
            .add("rows", DataTypes.LongType)
            .add("holdoutRows", DataTypes.LongType)
            .add("weight", DataTypes.DoubleType)
            .add("holdoutWeight", DataTypes.DoubleType)
            .add("high", DataTypes.LongType)
            .add("low", DataTypes.LongType);

    /** Target number of doubles of a partition, 1 MiB: many groups or one, each fitted for long. */
    private static final long TARGET_LENGTH = 1 << 17;

    private static final int MOST_PARTITIONS = 4096;

    private RowGroups() {}

    /**
     * The usable rows of a group.
     *
     * @param key texts of the group's columns; null where the table has a null
     * @param rows number of training rows
     * @param heldOut number of held-out rows
     * @param weight total weight of the training rows
     * @param heldOutWeight total weight of the held-out rows
     * @param train blocks of the training rows; empty if there are none or the group is too large
     * @param holdout blocks of the held-out rows, likewise
     * @param isTooLarge whether the rows have more than {@link #GREATEST_BYTES}
     */
    public record Group(
            List<String> key,
            long rows,
            long heldOut,
            double weight,
            double heldOutWeight,
            List<Block> train,
            List<Block> holdout,
            boolean isTooLarge) {}

    /** Computes the result of a group. */
    public interface Work extends Serializable {
        Row of(Group group);
    }

    /**
     * Returns one row for each group: that of the work, and {@link #FINGERPRINT}. The sum over all groups shows whether
     * the rows are those that were counted.
     *
     * @param apart condition on the column {@link #GROUP}: groups that are left out here
     * @param facts facts about the table, from which the number of partitions follows
     * @param schema schema of the rows of the work
     */
    public static Dataset<Row> map(
            Dataset<GroupedRow> table,
            Column apart,
            Scaling scaling,
            TableOptions options,
            TableFacts facts,
            StructType schema,
            Work work) {
        boolean keep = options.invalid() == Invalid.KEEP;
        double fraction = options.holdoutFraction();
        long key = RandomStreams.key(options.seed(), Purpose.HOLDOUT);
        StructType all = schema.add(FINGERPRINT, DataTypes.LongType);
        MapPartitionsFunction<GroupedRow, Row> function = rows -> new Groups(rows, keep, fraction, key, scaling, work);
        return table.where(not(apart))
                .repartition(partitions(options, facts), col(GROUP))
                .sortWithinPartitions(GROUP, "hash", "features", "weight")
                .mapPartitions(function, Encoders.row(all))
                .to(all);
    }

    /**
     * Returns the role, weight and fingerprint of each row of the groups that {@link #map} leaves out, so that Spark
     * can add them where they are. An unusable row counts as none.
     *
     * @param apart condition on the column {@link #GROUP}: the groups
     */
    public static Dataset<Row> apart(Dataset<GroupedRow> table, Column apart, TableOptions options) {
        boolean keep = options.invalid() == Invalid.KEEP;
        double fraction = options.holdoutFraction();
        long key = RandomStreams.key(options.seed(), Purpose.HOLDOUT);
        MapFunction<GroupedRow, Row> function = row -> {
            boolean isUsable = row.isUsable(keep);
            boolean isHeldOut = row.isHeldOut(fraction, key);
            long train = isUsable && !isHeldOut ? 1 : 0;
            long holdout = isUsable && isHeldOut ? 1 : 0;
            long fingerprint = isUsable ? row.fingerprint() : 0;
            return RowFactory.create(
                    row.getGroup(),
                    train,
                    holdout,
                    train > 0 ? row.getWeight() : 0,
                    holdout > 0 ? row.getWeight() : 0,
                    fingerprint >> Integer.SIZE,
                    fingerprint & 0xffff_ffffL);
        };
        return table.where(apart).map(function, Encoders.row(APART));
    }

    /**
     * Requires that the rows of all groups are those that were counted before.
     *
     * @param rows number of rows of all groups
     * @param fingerprint sum of their fingerprints
     * @throws io.github.sparklatent.learn.DataException if the table has changed
     */
    public static void requireUnchanged(TableFacts facts, long rows, long fingerprint) {
        TableStatistics.requireSame(facts.rows() + facts.holdoutRows(), facts.usedFingerprint(), rows, fingerprint);
    }

    private static int partitions(TableOptions options, TableFacts facts) {
        long length = (facts.rows() + facts.holdoutRows()) * facts.width();
        return options.partitions() > 0
                ? options.partitions()
                : (int) Math.min(MOST_PARTITIONS, 1 + length / TARGET_LENGTH);
    }

    /** The results of a partition's groups. */
    private static final class Groups implements Iterator<Row> {
        private final Iterator<GroupedRow> rows;
        private final boolean keep;
        private final double fraction;
        private final long key;
        private final Scaling scaling;
        private final Work work;
        private GroupedRow next;
        private long fingerprint;

        Groups(Iterator<GroupedRow> rows, boolean keep, double fraction, long key, Scaling scaling, Work work) {
            this.rows = rows;
            this.keep = keep;
            this.fraction = fraction;
            this.key = key;
            this.scaling = scaling;
            this.work = work;
            advance();
        }

        private void advance() {
            next = rows.hasNext() ? rows.next() : null;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Row next() {
            if (next == null) {
                throw new NoSuchElementException("the partition has no more groups");
            }
            Row row = work.of(group(next.getGroup()));
            Object[] values = new Object[row.length() + 1];
            for (int i = 0; i < row.length(); i++) {
                values[i] = row.get(i);
            }
            values[row.length()] = fingerprint;
            return RowFactory.create(values);
        }

        private Group group(String[] group) {
            PackedRows<Block> packed = new PackedRows<>(
                    new Own(group), keep, row -> row.isHeldOut(fraction, key), () -> new BlockPacker(scaling));
            List<Block> train = new ArrayList<>();
            List<Block> holdout = new ArrayList<>();
            long[] counts = new long[2];
            long bytes = 0;
            double[] weights = new double[2];
            fingerprint = 0;
            while (packed.hasNext()) {
                Packed<Block> one = packed.next();
                int role = one.heldOut ? 1 : 0;
                counts[role] += one.rows;
                fingerprint += one.fingerprint;
                for (int i = 0; i < one.block.size(); i++) {
                    weights[role] += one.block.weight(i);
                }
                bytes += (long) Double.BYTES * one.block.rows().getNumElements();
                if (bytes > GREATEST_BYTES) {
                    train.clear();
                    holdout.clear();
                } else {
                    (one.heldOut ? holdout : train).add(one.block);
                }
            }
            return new Group(
                    Arrays.asList(group),
                    counts[0],
                    counts[1],
                    weights[0],
                    weights[1],
                    train,
                    holdout,
                    bytes > GREATEST_BYTES);
        }

        /** The rows of one group, which are consumed. */
        private final class Own implements Iterator<RowRecord> {
            private final String[] group;

            Own(String[] group) {
                this.group = group;
            }

            @Override
            public boolean hasNext() {
                return next != null && Arrays.equals(group, next.getGroup());
            }

            @Override
            public RowRecord next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the group has no more rows");
                }
                RowRecord row = next;
                advance();
                return row;
            }
        }
    }
}
