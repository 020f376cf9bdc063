package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowSample;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.initialization.RandomRows;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class ClusterRowBlocksTest {
    /** Small tables are placed, too. */
    private static final TableOptions DEFAULT = TableOptions.DEFAULT.withDriverBytes(0);

    private static final double[][] ROWS = Sample.clusters(200, 3, 11);

    private final SparkSession spark = LocalSpark.session();

    /** A number out of a row's content. */
    record Draw(long key, int finite) implements RowScore {
        @Override
        public Scorer scorer(int partition) {
            return (block, scores) -> {
                int d = block.width();
                for (int i = 0; i < block.size(); i++) {
                    long hash = RandomStreams.hash(block.rows().data, i * d, d);
                    double draw = RandomStreams.uniform(key, hash);
                    scores[i] = draw * 200 < finite
                            ? Math.floor(10 * draw)
                            : draw > 0.9 ? Double.NaN : Double.POSITIVE_INFINITY;
                }
            };
        }
    }

    /** All 40 partitions together send a few times the selected rows, not 40 times. */
    @Test
    void manyPartitionsSendFewRows() {
        try (BlockTable table = BlockTable.of(
                        Sample.table(spark, Sample.clusters(4000, 3, 5), 3, 7), DEFAULT.withPartitions(40));
                Jobs jobs = Jobs.follow(spark.sparkContext())) {
            List<List<Block>> blocks = Sample.blocks(spark, "training blocks");
            long before = jobs.shuffledRows();
            for (RowScore score : List.of(new RandomRows(3), new Draw(3, 30))) { // the second has 10% of the rows
                List<SelectedRow> found = table.train().smallest("rows", score, 200);
                assertThat(found).hasSameSizeAs(new InMemoryRowBlocks(blocks).smallest("rows", score, 200));
                assertThat(found.stream().map(SelectedRow::score))
                        .containsExactlyElementsOf(new InMemoryRowBlocks(blocks)
                                .smallest("rows", score, 200).stream()
                                        .map(SelectedRow::score)
                                        .toList());
            }
            assertThat(jobs.shuffledRows() - before).isBetween(400L, 3000L);
        }
    }

    /** Scores tie, so content decides; some rows have no finite score. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 19})
    void theSmallestRowsAreThoseFoundInMemory(int partitions) {
        try (BlockTable table = BlockTable.of(
                Sample.table(spark, ROWS, 3, partitions),
                DEFAULT.withPartitions(partitions).withDriverBytes(0))) {
            RowBlocks memory = new InMemoryRowBlocks(Sample.blocks(spark, "training blocks"));
            for (int[] asked : new int[][] {{1, 200}, {50, 200}, {1000, 100}, {3, 0}}) {
                RowScore score = new Draw(3, asked[1]);
                List<SelectedRow> found = table.train().smallest("rows", score, asked[0]);
                assertThat(found)
                        .usingRecursiveFieldByFieldElementComparator()
                        .containsExactlyElementsOf(memory.smallest("rows", score, asked[0]));
                assertThat(found.isEmpty()).isEqualTo(asked[1] == 0);
            }
        }
    }

    /** Rows of two contents: a partition or a copy that is not told from another would be drawn once. */
    @ParameterizedTest
    @ValueSource(ints = {4, 40})
    void sampledRowsAreThoseFoundInMemory(int partitions) {
        try (BlockTable table = BlockTable.of(
                spark.range(600)
                        .selectExpr("id", "cast(id % 2 as double) x", "1D y")
                        .repartition(3),
                DEFAULT.withPartitions(partitions).withId("id"))) {
            RowBlocks memory = new InMemoryRowBlocks(Sample.blocks(spark, "training blocks"));
            RowSample found = RowSample.of(table.train(), "rows", 3, 100);
            assertThat(found.drawn()).hasSize(100);
            assertThat(found).usingRecursiveComparison().isEqualTo(RowSample.of(memory, "rows", 3, 100));
            assertThat(Arrays.stream(found.first(50).weights()).sum()).isCloseTo(600, within(4 * 600 / Math.sqrt(50)));
        }
    }

    @Test
    void sumsAreThoseFoundInMemoryBitForBit() {
        ColumnMoments moments = new ColumnMoments(new double[] {0.3, 0.2, 0.1});
        try (BlockTable table = BlockTable.of(
                Sample.table(spark, ROWS, 3, 1), DEFAULT.withPartitions(7).withHoldoutFraction(0.2))) {
            for (String name : List.of("training blocks", "held-out blocks")) {
                RowBlocks memory = new InMemoryRowBlocks(Sample.blocks(spark, name));
                RowBlocks cluster = name.startsWith("t") ? table.train() : table.holdout();
                assertThat(cluster.sums("moments", moments).sums())
                        .containsExactly(memory.sums("moments", moments).sums());
                assertThat(cluster.rows()).isEqualTo(memory.rows());
                assertThat(cluster.width()).isEqualTo(3);
            }
        }
    }

    @Test
    void jobsBearTheirDescriptionAndTheCallersStandsAgain() {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        context.sc().setJobDescription("somebody's job");
        spark.conf().set("spark.sql.adaptive.enabled", true); // the shuffle is a job of its own
        try (Jobs jobs = Jobs.follow(context.sc())) {
            try (BlockTable table = BlockTable.of(
                    Sample.table(spark, ROWS, 3, 1),
                    DEFAULT.withHoldoutFraction(0.2).withScale(Scale.STANDARD))) {
                table.train().sums("a traversal", new ColumnMoments(new double[3]));
                table.train().smallest("a choice", new Draw(1, 200), 2);
            }
            assertThat(context.getLocalProperty("spark.job.description")).isEqualTo("somebody's job");
            assertThat(jobs.descriptions())
                    .containsExactly(
                            "table, rows counted and checked",
                            "table, columns described",
                            "table, rows placed",
                            "means of the columns",
                            "variances of the columns",
                            "table, training blocks packed",
                            "table, held-out blocks packed",
                            "a traversal",
                            "a choice");
        } finally {
            spark.conf().set("spark.sql.adaptive.enabled", false);
            context.sc().setJobDescription(null);
        }
    }

    /** The promise: rows stay with the workers. Ten times the rows, not one more byte of results. */
    @Test
    void theDriverReceivesNoRowsButASampleOfThem() {
        long[] bytes = new long[2];
        int[] rows = {20_000, 40_000};
        for (int i = 0; i < 2; i++) {
            double[][] all = Sample.clusters(rows[i], 4, 5);
            try (Jobs jobs = Jobs.follow(spark.sparkContext());
                    BlockTable table = BlockTable.of(
                            Sample.table(spark, all, 4, 1),
                            DEFAULT.withPartitions(4).withHoldoutFraction(0.1).withScale(Scale.STANDARD))) {
                table.train().sums("a traversal", new ColumnMoments(new double[4]));
                table.train().smallest("a choice", new Draw(1, 200), 3);
                assertThat(table.facts().rows()).isGreaterThan(rows[i] / 2);
                bytes[i] = jobs.resultBytes();
            }
        }
        // 10 jobs of 4 tasks with metrics of 1 to 4 KiB, the four parts of the statistics with 32 KiB of counts each,
        // and about 10,000 rows for the profile, of at most 100 bytes; 40,000 rows are 4,000,000 bytes.
        assertThat(bytes[0]).isLessThan(10 * 4 * 4096 + 4 * 34_000 + 11_000 * 100);
        assertThat(bytes[1]).isBetween((long) (0.95 * bytes[0]), (long) (1.05 * bytes[0]));
    }

    @Test
    void blocksAreCachedAndReadFromThere() {
        try (BlockTable table = BlockTable.of(Sample.table(spark, ROWS, 3, 1), DEFAULT)) {
            var cached = Sample.cached(spark, "training blocks");
            assertThat(cached.getNumPartitions()).isEqualTo(4);
            // The store of the web page, getRDDStorageInfo, follows later.
            assertThat(SparkEnv.get().blockManager().master().getStorageStatus())
                    .singleElement()
                    .satisfies(status -> {
                        assertThat(status.rddBlocks().size()).isEqualTo(4);
                        assertThat(status.diskUsed()).isZero();
                    });
            assertThat(table.facts().rows()).isEqualTo(ROWS.length);
        }
        assertThat(JavaSparkContext.fromSparkContext(spark.sparkContext()).getPersistentRDDs())
                .isEmpty();
    }

    /** Column x1 is constant. Each other column varies, but x2 has two values in all rows. */
    @Test
    void aSampleWithoutTwoValuesOfAColumnIsNotUsed() {
        double[][] rows = new double[1000][];
        Arrays.setAll(rows, i -> new double[] {i, 5, i < 2 ? i : Double.NaN});
        TableOptions options = DEFAULT.withPartitions(2).withInvalid(Invalid.KEEP);
        try (BlockTable table = BlockTable.of(Sample.table(spark, rows, 2, 0), options)) {
            assertThat(table.sample(100, 1, feature -> true)).isSameAs(table.train());
            assertThat(table.sample(100, 1, feature -> false)).isSameAs(table.train());
        }
        Arrays.setAll(rows, i -> new double[] {i, 5, i < 2 ? i : 1});
        try (BlockTable table = BlockTable.of(Sample.table(spark, rows, 2, 0), options)) {
            assertThat(table.sample(100, 1, feature -> true)).isSameAs(table.train());
            assertThat(table.sample(100, 1, feature -> false).rows()).isBetween(50L, 150L);
        }
        double[][] known = Arrays.stream(rows).map(row -> Arrays.copyOf(row, 2)).toArray(double[][]::new);
        try (BlockTable table = BlockTable.of(Sample.table(spark, known, 2, 0), options)) {
            // 100 with a standard deviation of at most 10
            assertThat(table.sample(100, 1, feature -> true).rows()).isBetween(50L, 150L);
        }
    }
}
