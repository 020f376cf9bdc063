package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small table is brought to the driver; larger ones are not. */
@Tag("slow")
class SmallTableTest {
    private static final double[][] ROWS = Sample.clusters(200, 3, 11);
    private static final TableOptions OPTIONS =
            TableOptions.DEFAULT.withPartitions(1).withHoldoutFraction(0.2);

    private final SparkSession spark = LocalSpark.session();

    /** Adds the first column of the rows. */
    record Sum() implements PartitionWork {
        @Override
        public int length() {
            return 1;
        }

        @Override
        public int sums() {
            return 1;
        }

        @Override
        public PartitionResult run(int partition, PartitionRows rows) {
            AtomicReference<Double> sum = new AtomicReference<>(0.0);
            rows.forEachBatch(16, (batch, weights) -> {
                for (int i = 0; i < batch.numRows; i++) {
                    sum.set(sum.get() + weights[i] * batch.get(i, 0) / 3);
                }
            });
            double found = sum.get();
            return new PartitionResult(rows.weight(), new float[] {(float) found}, new double[] {found});
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void traversalsOfASmallTableNeedNoJobAndHaveTheSameBits(int partitions) {
        ColumnMoments moments = new ColumnMoments(new double[] {0.3, 0.2, 0.1});
        TableOptions options = OPTIONS.withPartitions(partitions);
        try (BlockTable local = BlockTable.of(Sample.table(spark, ROWS, 3, 1), options);
                BlockTable cluster = BlockTable.of(Sample.table(spark, ROWS, 3, 1), options.withDriverBytes(0));
                Jobs jobs = Jobs.follow(spark.sparkContext())) {
            List<double[]> sums = List.of(
                    local.train().sums("training", moments).sums(),
                    local.holdout().sums("held-out", moments).sums());
            assertThat(local.train().smallest("rows", new ClusterRowBlocksTest.Draw(3, 200), 2))
                    .hasSize(2);
            assertThat(jobs.descriptions()).isEmpty();
            assertThat(cluster.train().sums("training", moments).sums()).containsExactly(sums.get(0));
            assertThat(cluster.holdout().sums("held-out", moments).sums()).containsExactly(sums.get(1));
            assertThat(jobs.descriptions()).containsExactly("training", "held-out");
            assertThat(local.train().rows()).isEqualTo(cluster.train().rows());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void trainingOnSmallShardsNeedsNoJobAndHasTheSameBits(int partitions) {
        TableOptions options = OPTIONS.withPartitions(partitions);
        try (ShardTable local = shards(options);
                ShardTable cluster = shards(options.withDriverBytes(0));
                Jobs jobs = Jobs.follow(spark.sparkContext())) {
            Shards.Result result = local.train().run("training", new Sum());
            Shards.Result heldOut = local.holdout().run("held-out", new Sum());
            assertThat(jobs.descriptions()).isEmpty();
            assertThat(cluster.train().run("training", new Sum()).average()).containsExactly(result.average());
            assertThat(cluster.holdout().run("held-out", new Sum()).sums()).containsExactly(heldOut.sums());
            assertThat(jobs.descriptions()).containsExactly("training", "held-out");
            assertThat(local.train().sizes().starts())
                    .containsExactly(cluster.train().sizes().starts());
        }
    }

    private ShardTable shards(TableOptions options) {
        return ShardTable.of(Sample.table(spark, ROWS, 3, 1), options, width -> RowCheck.NONE);
    }

    @Test
    void manyBytesStayOnTheWorkers() {
        long bytes = 200 * 3 * Double.BYTES;
        TableOptions whole = OPTIONS.withHoldoutFraction(0);
        assertThat(trainedOnTheDriver(whole.withDriverBytes(bytes))).isTrue();
        assertThat(trainedOnTheDriver(whole.withDriverBytes(bytes - 1))).isFalse();
    }

    private boolean trainedOnTheDriver(TableOptions options) {
        try (BlockTable blocks = BlockTable.of(Sample.table(spark, ROWS, 3, 1), options);
                ShardTable shards = shards(options)) {
            RowBlocks rows = blocks.train();
            boolean local = rows instanceof InMemoryRowBlocks;
            assertThat(shards.train() instanceof InMemoryShards).isEqualTo(local);
            return local;
        }
    }

    /**
     * Rows with weights, missing values, −0, and a content of a third of the rows, half of which have another weight.
     */
    private Dataset<Row> uneven() {
        return spark.range(0, 600, 1, 4)
                .selectExpr(
                        "if(id % 3 = 0, 1d, if(id % 7 = 0, null, cast(id % 50 as double))) a",
                        "if(id % 3 = 0, 2d, if(id % 5 = 0, -0d, id / 9)) b", "if(id % 6 = 0, 2d, 0.5d) w");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aTableInItsLocalFormIsLoadedWithoutAJobAndHasTheSameBits(int partitions) {
        TableOptions options = OPTIONS.withPartitions(partitions)
                .withWeight("w")
                .withScale(Scale.STANDARD)
                .withInvalid(Invalid.KEEP)
                .withFeatures(List.of("a", "b"));
        Dataset<Row> table = uneven();
        Dataset<Row> local = SmallTable.of(table, TableOptions.DEFAULT.driverBytes());
        assertThat(local.isLocal()).isTrue();
        assertThat(local.schema()).isEqualTo(table.schema());
        assertThat(local.collectAsList()).isEqualTo(table.collectAsList());
        ColumnMoments moments = new ColumnMoments(new double[] {0.3, 0.2});
        try (Jobs jobs = Jobs.follow(spark.sparkContext());
                BlockTable here = BlockTable.of(local, options);
                ShardTable shards = ShardTable.of(local, options, width -> RowCheck.NONE)) {
            List<double[]> sums = List.of(
                    here.train().sums("training", moments).sums(),
                    here.holdout().sums("held-out", moments).sums());
            double[] averages = shards.train().run("training", new Sum()).sums();
            assertThat(jobs.descriptions()).isEmpty();
            try (BlockTable cluster = BlockTable.of(table, options.withDriverBytes(0));
                    ShardTable there = ShardTable.of(table, options.withDriverBytes(0), width -> RowCheck.NONE)) {
                assertThat(here.facts()).usingRecursiveComparison().isEqualTo(cluster.facts()); // also the profile
                assertThat(here.facts().holdoutRule().repeated()).isNotEmpty();
                assertThat(cluster.train().sums("training", moments).sums()).containsExactly(sums.get(0));
                assertThat(cluster.holdout().sums("held-out", moments).sums()).containsExactly(sums.get(1));
                assertThat(there.train().run("training", new Sum()).sums()).containsExactly(averages);
            }
        }
    }

    @Test
    void valuesOfAllTypesStayAsTheyAre() {
        Dataset<Row> table = spark.range(0, 3, 1, 2)
                .selectExpr(
                        "id",
                        "cast(id as decimal(12, 3)) d",
                        "if(id = 1, null, cast(id as string)) s",
                        "timestamp_micros(id * 1234567891234) t",
                        "date_add(date'1500-01-01', cast(id as int)) day",
                        "date_add(date'1582-10-10', cast(id as int)) inTheGap",
                        "make_ym_interval(1, int(id)) year",
                        "make_dt_interval(int(id)) days",
                        "array(1f, cast(id as float)) f",
                        "map('a', id) m",
                        "named_struct('x', id, 'y', null) n",
                        "cast('abc' as binary) bytes");
        Dataset<Row> local = SmallTable.of(table, 1 << 20);
        assertThat(local.isLocal()).isTrue();
        assertThat(local.schema()).isEqualTo(table.schema());
        String[] shown = {"to_json(struct(*))", "hex(bytes)", "xxhash64(id, d, s, t, day, inTheGap, f, n, bytes)"};
        assertThat(local.selectExpr(shown).collectAsList())
                .isEqualTo(table.selectExpr(shown).collectAsList());
    }

    /** Of a table whose size is not known, each task reads its share of the bytes of a small table and a row. */
    @Test
    void ofALargeTableFewRowsAreRead() {
        LongAccumulator read = spark.sparkContext().longAccumulator();
        JavaRDD<Row> rows = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(IntStream.range(0, 10_000).boxed().toList(), 4)
                .map(i -> {
                    read.add(1);
                    return RowFactory.create((double) i);
                });
        Dataset<Row> table = spark.createDataFrame(rows, new StructType().add("x", DataTypes.DoubleType));
        int row = 2 * Double.BYTES; // the bits of nulls and the number
        assertThat(SmallTable.of(table, 100 * row)).isSameAs(table);
        assertThat(read.value()).isEqualTo(4 * (2 * 100 / 4 + 1));
        assertThat(SmallTable.of(table, 10_000 * row - 1)).isSameAs(table);
        assertThat(SmallTable.of(table, 10_000 * row).isLocal()).isTrue();
        assertThat(SmallTable.of(table, 0)).isSameAs(table);
    }

    /** Spark estimates a local table by its types only. */
    @Test
    void aLocalTableOfManyBytesIsNotHere() {
        Dataset<Row> list =
                LocalSpark.table(spark, "x double, s string", new Object[] {1d, "a"}, new Object[] {2d, "b"});
        assertThat(list.isLocal()).isTrue();
        assertThat(SmallTable.isHere(spark.range(1), 1000)).isFalse();
        assertThat(SmallTable.isHere(list, 2 * 32)).isTrue(); // bits, number, place and length, text
        assertThat(SmallTable.isHere(list, 2 * 32 - 1)).isFalse();
    }

    @Test
    void anInterruptedThreadStartsNoRound() {
        try (BlockTable blocks = BlockTable.of(Sample.table(spark, ROWS, 3, 1), OPTIONS);
                ShardTable shards = shards(OPTIONS)) {
            RowBlocks rows = blocks.train();
            Shards parts = shards.train();
            ColumnMoments moments = new ColumnMoments(new double[3]);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> rows.sums("training", moments)).isInstanceOf(CancellationException.class);
            assertThatThrownBy(() -> parts.run("training", new Sum())).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void ofALargePlanNoRowIsRead() {
        Dataset<Row> table = spark.range(1 << 20).selectExpr("cast(id as double) x");
        try (Jobs jobs = Jobs.follow(spark.sparkContext())) {
            assertThat(SmallTable.of(table, 1 << 20)).isSameAs(table);
            assertThat(jobs.descriptions()).isEmpty();
        }
    }
}
