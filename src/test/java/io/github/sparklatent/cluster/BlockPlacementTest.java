package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.linalg.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where rows go and which are held out; where bits are compared, not one may differ. */
@Tag("slow")
class BlockPlacementTest {
    /** Small tables are placed, too. */
    private static final TableOptions DEFAULT = TableOptions.DEFAULT.withDriverBytes(0);

    private static final String TRAIN = "training blocks";
    private static final String HOLDOUT = "held-out blocks";
    private static final int N = 300;
    private static final double[][] ROWS = Sample.clusters(N, 2, 7);

    private final SparkSession spark = LocalSpark.session();

    private String bits(Dataset<Row> table, TableOptions options) {
        try (BlockTable blocks = BlockTable.of(table, options)) {
            String train = Sample.bits(Sample.blocks(spark, TRAIN));
            return blocks.holdout() == null ? train : train + "held out\n" + Sample.bits(Sample.blocks(spark, HOLDOUT));
        }
    }

    private Set<List<Double>> heldOut(Dataset<Row> table, TableOptions options) {
        try (BlockTable blocks = BlockTable.of(table, options)) {
            Set<List<Double>> rows = new HashSet<>(Sample.contents(Sample.blocks(spark, HOLDOUT)));
            assertThat(blocks.facts().holdoutRows()).isGreaterThanOrEqualTo(rows.size());
            return rows;
        }
    }

    /** Rows with everything that could make an order ambiguous: repeated, of other weight, -0.0. */
    private static List<Row> knotty() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < N; i++) {
            rows.add(RowFactory.create(ROWS[i][0], ROWS[i][1], 1.0));
            rows.add(RowFactory.create(ROWS[i % 50][0], ROWS[i % 50][1], 0.1 * (i % 7)));
            rows.add(RowFactory.create(0.0, (double) (i % 3), 1.0));
            rows.add(RowFactory.create(-0.0, (double) (i % 3), 0.3));
        }
        return rows;
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "3, 1", "16, 3"})
    void theSameTableGivesTheSameBlocksHoweverItComes(int slices, long order) {
        StructType schema = Sample.schema(2, "w double");
        TableOptions options = DEFAULT.withWeight("w").withHoldoutFraction(0.3).withPartitions(5);
        String expected = bits(Sample.table(spark, schema, knotty(), 2, 9), options);
        String found = bits(Sample.table(spark, schema, knotty(), slices, order), options);
        assertThat(found).isEqualTo(expected);
        assertThat(expected.split("partition\n")).hasSize(1 + 2 * 5);
    }

    /** Generated and interpreted code, adaptive execution or none: one hash, one order. */
    @ParameterizedTest
    @CsvSource({
        "spark.sql.adaptive.enabled, true",
        "spark.sql.codegen.wholeStage, true",
        "spark.sql.codegen.factoryMode, FALLBACK",
        "spark.sql.ansi.enabled, false",
        "spark.sql.shuffle.partitions, 3"
    })
    void settingsOfSparkSqlDoNotMoveARow(String key, String value) {
        StructType schema = Sample.schema(2, "w double");
        TableOptions options = DEFAULT.withWeight("w").withHoldoutFraction(0.3);
        Dataset<Row> table = Sample.table(spark, schema, knotty(), 3, 1);
        String expected = bits(table, options);
        String before = spark.conf().get(key);
        spark.conf().set(key, value);
        try {
            assertThat(bits(Sample.table(spark, schema, knotty(), 3, 1), options))
                    .isEqualTo(expected);
        } finally {
            spark.conf().set(key, before);
        }
    }

    /** Closing gives back the files of our shuffle, and not those of the RDD behind the table. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theShufflesOfOthersAreLeftAlone(boolean isPlaced) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        JavaRDD<Row> theirs = context.parallelize(Sample.rows(ROWS), 3).repartition(5);
        Set<Integer> before = Jobs.shuffles();
        theirs.count();
        Set<Integer> known = Jobs.shuffles();
        List<Integer> behind = known.stream().filter(id -> !before.contains(id)).toList();
        assertThat(behind).isNotEmpty();
        Dataset<Row> table = spark.createDataFrame(theirs, Sample.schema(2, ""));
        BlockTable.of(table, DEFAULT.withIsPlaced(isPlaced)).close();
        assertThat(known).containsAll(Jobs.shuffles());
        assertThat(Jobs.shuffles()).containsAll(behind);
        assertThat(theirs.count()).isEqualTo(N);
    }

    @Test
    void nullVectorsAreLeftOutBeforeRowsArePlaced() {
        double[][] vectors = new double[300][];
        for (int i = 0; i < 300; i += 3) {
            vectors[i] = ROWS[i];
        }
        Dataset<Row> rows = LocalSpark.vectors(spark, vectors);
        TableOptions options = DEFAULT.withInvalid(Invalid.SKIP);
        try (Jobs jobs = Jobs.follow(spark.sparkContext());
                BlockTable table = BlockTable.of(rows, options)) {
            assertThat(table.facts().rows()).isEqualTo(100);
            assertThat(table.facts().skipped()).isEqualTo(200);
            assertThat(jobs.shuffledRows()).isEqualTo(100);
        }
    }

    @Test
    void withAKeyRowsKeepTheirPlaceWhenTheirNumbersChange() {
        StructType schema = Sample.schema(1, "id int");
        TableOptions options = DEFAULT.withId("id").withPartitions(4);
        List<List<List<Double>>> places = new ArrayList<>();
        for (double shift : new double[] {0, 1000}) {
            List<Row> rows = IntStream.range(0, 40)
                    .mapToObj(i -> RowFactory.create(i + shift, i))
                    .toList();
            try (BlockTable table = BlockTable.of(Sample.table(spark, schema, rows, 3, 5), options)) {
                List<List<Double>> place = new ArrayList<>();
                for (List<Block> partition : Sample.blocks(spark, TRAIN)) {
                    place.add(Sample.contents(List.of(partition)).stream()
                            .map(row -> row.get(0) - shift)
                            .toList());
                }
                places.add(place);
                assertThat(table.columns().columns()).containsExactly("x0");
            }
        }
        assertThat(places.get(1)).isEqualTo(places.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tinyint", "bigint"})
    void aWholeNumberIsTheSameKeyWhateverItsType(String type) {
        StructType schema = Sample.schema(1, "id int");
        List<Row> rows = IntStream.range(0, 60)
                .mapToObj(i -> RowFactory.create((double) i, i))
                .toList();
        Dataset<Row> table = Sample.table(spark, schema, rows, 2, 0);
        TableOptions options = DEFAULT.withId("id").withHoldoutFraction(0.3);
        assertThat(heldOut(table.withColumn("id", table.col("id").cast(type)), options))
                .isEqualTo(heldOut(table, options))
                .hasSizeBetween(5, 35);
    }

    @Test
    void rowsWithoutTheirKeyAreNotOneRow() {
        StructType schema = Sample.schema(1, "id string");
        List<Row> rows = IntStream.range(0, 60)
                .mapToObj(i -> RowFactory.create((double) i, (String) null))
                .toList();
        TableOptions options = DEFAULT.withId("id").withHoldoutFraction(0.5).withInvalid(Invalid.KEEP);
        assertThat(heldOut(Sample.table(spark, schema, rows, 2, 0), options)).hasSizeBetween(10, 50);
    }

    @Test
    void heldOutRowsFollowFromTheirContentAndTheSeedAlone() {
        TableOptions options = DEFAULT.withHoldoutFraction(0.25);
        Set<List<Double>> some = heldOut(Sample.table(spark, ROWS, 3, 1), options);
        // Binomial(300, 1/4): mean 75, deviation 7.5; five deviations.
        assertThat(some).hasSizeBetween(38, 112);

        double[][] more = Arrays.copyOf(ROWS, 2 * N);
        System.arraycopy(Sample.clusters(N, 2, 8), 0, more, N, N);
        Set<List<Double>> among = heldOut(Sample.table(spark, more, 4, 2), options);
        Set<List<Double>> old = new HashSet<>(Sample.contents(List.of(blockOf(ROWS))));
        assertThat(among.stream().filter(old::contains).toList()).containsExactlyInAnyOrderElementsOf(some);

        assertThat(heldOut(Sample.table(spark, ROWS, 3, 1), options.withHoldoutFraction(0.5)))
                .as("a greater share holds out the same rows and others")
                .containsAll(some);
        assertThat(heldOut(Sample.table(spark, ROWS, 3, 1), options.withSeed(2)))
                .isNotEqualTo(some);
        assertThat(heldOut(
                        Sample.table(spark, ROWS, 3, 1),
                        options.withIsPlaced(false).withScale(Scale.NONE)))
                .as("placement has nothing to do with it")
                .isEqualTo(some);
    }

    private static List<Block> blockOf(double[][] rows) {
        return List.of(Block.of(new org.ejml.data.DMatrixRMaj(rows)));
    }

    @Test
    void everyRowIsTrainedOnOrHeldOut() {
        try (BlockTable table = BlockTable.of(Sample.table(spark, ROWS, 3, 0), DEFAULT.withHoldoutFraction(0.4))) {
            List<List<Double>> all = Sample.contents(Sample.blocks(spark, TRAIN));
            assertThat(all).hasSize((int) table.train().rows());
            List<List<Double>> held = Sample.contents(Sample.blocks(spark, HOLDOUT));
            assertThat(held).hasSize((int) table.holdout().rows());
            assertThat(table.facts().rows()).isEqualTo(table.train().rows());
            assertThat(table.facts().holdoutRows()).isEqualTo(table.holdout().rows());
            all.addAll(held);
            assertThat(all).containsExactlyInAnyOrderElementsOf(Sample.contents(List.of(blockOf(ROWS))));
        }
    }

    /** Training rows, held-out rows and the scaling need one traversal of the sorted rows. */
    @Test
    void thePlacedRowsAreShuffledSortedAndPackedOnce() {
        TableOptions options = DEFAULT.withHoldoutFraction(0.3).withScale(Scale.STANDARD);
        try (Jobs jobs = Jobs.follow(spark.sparkContext());
                BlockTable table = BlockTable.of(Sample.table(spark, ROWS, 3, 0), options)) {
            assertThat(table.holdout().rows()).isPositive();
            assertThat(jobs.shuffledRows()).isEqualTo(N);
            assertThat(jobs.readRows()).isEqualTo(N);
        }
    }

    /** The source is read once for counts, scaling and blocks, and nothing of it is kept. */
    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void theSourceIsReadOnce(boolean isPlaced, boolean adaptive) {
        TableOptions options =
                DEFAULT.withIsPlaced(isPlaced).withHoldoutFraction(0.3).withScale(Scale.STANDARD);
        spark.conf().set("spark.sql.adaptive.enabled", adaptive);
        try {
            LongAccumulator read = spark.sparkContext().longAccumulator();
            Dataset<Row> table = counted(read);
            try (BlockTable blocks = BlockTable.of(table, options)) {
                assertThat(blocks.train().rows() + blocks.holdout().rows()).isEqualTo(N);
                assertThat(read.value()).isEqualTo(N);
                assertThat(kept()).containsExactlyInAnyOrder(TRAIN, HOLDOUT);
            }
            try (ShardTable shards = ShardTable.of(table, options, width -> RowCheck.NONE)) {
                assertThat(shards.train().sizes().rows()).isLessThan(N);
                assertThat(read.value()).isEqualTo(2 * N);
            }
        } finally {
            spark.conf().set("spark.sql.adaptive.enabled", false);
        }
    }

    /** Rows that are lost with their executor after the count are read again, with the same bits. */
    @Test
    void lostRowsAreReadAgain() {
        LongAccumulator read = spark.sparkContext().longAccumulator();
        String expected = bits(Sample.table(spark, ROWS, 3, 0), DEFAULT);
        BlockTable table = Sample.loseRead(spark, counted(read), DEFAULT);
        try (table) {
            assertThat(Sample.bits(Sample.blocks(spark, TRAIN))).isEqualTo(expected);
            assertThat(read.value()).isEqualTo(2 * N);
        }
        assertThat(kept()).isEmpty();
    }

    @Test
    void nothingIsKeptOfATableThatIsRefused() {
        List<String> before = kept();
        assertThatThrownBy(() -> BlockTable.of(
                        counted(spark.sparkContext().longAccumulator()), DEFAULT.withHoldoutFraction(0.999999)))
                .hasMessageContaining("are held out");
        assertThat(kept()).isEqualTo(before);
    }

    private Dataset<Row> counted(LongAccumulator read) {
        return Sample.table(spark, ROWS, 3, 0).filter((FilterFunction<Row>) row -> {
            read.add(1);
            return true;
        });
    }

    private List<String> kept() {
        return JavaSparkContext.fromSparkContext(spark.sparkContext()).getPersistentRDDs().values().stream()
                .map(rdd -> String.valueOf(rdd.name()))
                .toList();
    }

    @Test
    void asIsLeavesRowsWhereTheyAre() {
        try (BlockTable table = BlockTable.of(Sample.table(spark, ROWS, 6, 0), DEFAULT.withIsPlaced(false))) {
            List<List<Block>> blocks = Sample.blocks(spark, TRAIN);
            assertThat(blocks).hasSize(6);
            assertThat(Sample.contents(blocks)).containsExactlyElementsOf(Sample.contents(List.of(blockOf(ROWS))));
            assertThat(table.facts().rows()).isEqualTo(N);
        }
    }

    @Test
    void aRowOfWeightTwoIsTheRowTwice() {
        StructType schema = Sample.schema(2, "w double");
        List<Row> once = new ArrayList<>();
        List<Row> twice = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            double weight = 1 + i % 3;
            once.add(RowFactory.create(ROWS[i][0], ROWS[i][1], weight));
            for (int copy = 0; copy < weight; copy++) {
                twice.add(RowFactory.create(ROWS[i][0], ROWS[i][1], 1.0));
            }
        }
        TableOptions options = DEFAULT.withWeight("w").withHoldoutFraction(0.2);
        String weighted = bits(Sample.table(spark, schema, once, 2, 0), options);
        String repeated = bits(Sample.table(spark, schema, twice, 3, 4), options);
        assertThat(repeated.replaceAll("block of \\d+", "")).isEqualTo(weighted.replaceAll("block of \\d+", ""));
        assertThat(weighted).contains("0x1.8p1 ");
    }
}
