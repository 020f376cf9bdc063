package io.github.sparklatent.cluster;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Pass;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.Block;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * The rows of a table checked, placed, scaled, packed into blocks and cached on the workers.
 *
 * <p>Canonical placement: a row goes to the partition that the hash of its key or content names and
 * is sorted there by hash, then content. The number of partitions follows from the size of the
 * data. So the same table gives the same blocks on every cluster, and the choice of held-out rows
 * follows from the same hash.
 */
public final class BlockTable implements AutoCloseable {
    private final ClusterPass train;
    private final ClusterPass holdout;
    private final TableFacts facts;
    private final FeatureColumns columns;
    private final Scaling scaling;

    private BlockTable(
            ClusterPass train,
            ClusterPass holdout,
            TableFacts facts,
            FeatureColumns columns,
            Scaling scaling) {
        this.train = train;
        this.holdout = holdout;
        this.facts = facts;
        this.columns = columns;
        this.scaling = scaling;
    }

    /**
     * Reads a table to train on: columns and scaling follow from it.
     *
     * @throws DataException where it cannot be used, with a sentence that says why
     */
    public static BlockTable of(Dataset<Row> table, TableOptions options) {
        Set<String> excluded = new HashSet<>();
        Stream.of(options.label(), options.weight(), options.id())
                .filter(Objects::nonNull)
                .forEach(excluded::add);
        return of(
                table,
                FeatureColumns.resolve(table.schema(), options.features(), excluded),
                null,
                options);
    }

    /**
     * Reads a table for a model that exists.
     *
     * @param columns of that model
     * @param scaling of that model; null: learnt from this table
     */
    public static BlockTable of(
            Dataset<Row> table, FeatureColumns columns, Scaling scaling, TableOptions options) {
        JavaRDD<RowRecord> unplaced = records(table, columns, options).toJavaRDD();
        Census census = Census.take(unplaced, options.holdoutFraction(), options.seed());
        CensusCheck check = new CensusCheck(census, columns, options);
        check.requireUsable();
        Loader loader = new Loader(records(table, columns, options), census, options);
        Scaling learnt = scaling == null ? loader.learn(options.scale()) : scaling;
        TableFacts facts =
                new TableFacts(
                        census.train,
                        census.holdout,
                        census.leftOut,
                        census.greatestWidth,
                        String.format("%016x", census.fingerprint),
                        columns.featureNames(census.greatestWidth),
                        check.warnings());
        ClusterPass train = loader.pass(false, learnt);
        ClusterPass holdout = census.holdout == 0 ? null : loader.pass(true, learnt);
        return new BlockTable(train, holdout, facts, columns, learnt);
    }

    private static Dataset<RowRecord> records(
            Dataset<Row> table, FeatureColumns columns, TableOptions options) {
        return table.select(
                        columns.numbers().alias("features"),
                        weight(table.schema(), options).alias("weight"),
                        hash(table.schema(), columns, options).alias("hash"))
                .as(Encoders.bean(RowRecord.class));
    }

    /** Weight of a row; NaN where it is null, 1 where no column is named. */
    static Column weight(StructType schema, TableOptions options) {
        return options.weight() == null
                ? lit(1.0)
                : coalesce(
                        number(schema, options.weight()).cast(DataTypes.DoubleType),
                        lit(Double.NaN));
    }

    /** Hash of a row's key, or of its content where no key is named. */
    static Column hash(StructType schema, FeatureColumns columns, TableOptions options) {
        return options.id() == null
                ? xxhash64(columns.numbers())
                : xxhash64(existing(schema, "id", options.id()));
    }

    private static Column number(StructType schema, String name) {
        Column column = existing(schema, "weight", name);
        StructField field = schema.apply(name);
        if (!(field.dataType() instanceof NumericType || field.dataType() instanceof BooleanType)) {
            throw new DataException(
                    "weight column \"%s\" is a %s, expected a number"
                            .formatted(name, field.dataType().typeName()));
        }
        return column;
    }

    private static Column existing(StructType schema, String role, String name) {
        if (!Set.of(schema.fieldNames()).contains(name)) {
            throw new DataException(
                    "%s column \"%s\" does not exist; the table's columns: %s"
                            .formatted(role, name, String.join(", ", schema.fieldNames())));
        }
        return col("`" + name.replace("`", "``") + "`");
    }

    /** Training rows. */
    public Pass train() {
        return train;
    }

    /** Held-out rows, or null where there are none. */
    public Pass holdout() {
        return holdout;
    }

    /** What is known of the table. */
    public TableFacts facts() {
        return facts;
    }

    /** The columns that the rows were made of. */
    public FeatureColumns columns() {
        return columns;
    }

    /** How the rows were scaled. */
    public Scaling scaling() {
        return scaling;
    }

    /** Gives the cached blocks back. */
    @Override
    public void close() {
        train.unpersist();
        if (holdout != null) {
            holdout.unpersist();
        }
    }

    /** Places and packs the rows that the census has counted. */
    private record Loader(Dataset<RowRecord> records, Census census, TableOptions options) {
        ClusterPass pass(boolean heldOut, Scaling scaling) {
            JavaRDD<Block> blocks =
                    placed(heldOut)
                            .mapPartitions(rows -> new BlockPacker(rows, scaling))
                            .persist(StorageLevel.MEMORY_AND_DISK());
            blocks.setName(heldOut ? "held-out blocks" : "training blocks");
            return new ClusterPass(
                    blocks, census.greatestWidth, heldOut ? census.holdout : census.train);
        }

        Scaling learn(Scale scale) {
            return switch (scale) {
                case NONE -> Scaling.none();
                case UNIT -> Scaling.of(Scale.UNIT, new double[0], new double[0]);
                case MINMAX -> Scaling.range(census.least, census.greatest);
                case STANDARD -> {
                    ClusterPass unscaled = pass(false, Scaling.none());
                    ColumnMoments moments = new ColumnMoments(census.least);
                    double[] sums =
                            unscaled.sums("means and deviations of the columns", moments).sums();
                    double[] means = moments.means(sums);
                    ColumnMoments centred = new ColumnMoments(means);
                    sums = unscaled.sums("deviations of the columns", centred).sums();
                    unscaled.unpersist();
                    yield Scaling.standard(means, centred.variances(sums));
                }
            };
        }

        private JavaRDD<RowRecord> placed(boolean heldOut) {
            long key = RandomStreams.key(options.seed(), Purpose.HOLDOUT);
            double fraction = options.holdoutFraction();
            Dataset<RowRecord> part =
                    fraction == 0
                            ? records
                            : records.filter(
                                    (org.apache.spark.api.java.function.FilterFunction<RowRecord>)
                                            row -> Census.isHeldOut(row, fraction, key) == heldOut);
            if (options.placement() == Placement.ASIS) {
                return part.toJavaRDD();
            }
            long rows = heldOut ? census.holdout : census.train;
            int partitions =
                    options.partitions() > 0
                            ? options.partitions()
                            : PartitionCount.of(rows, census.greatestWidth);
            return part.repartition(partitions, col("hash"))
                    .sortWithinPartitions("hash", "features", "weight")
                    .toJavaRDD();
        }
    }
}
