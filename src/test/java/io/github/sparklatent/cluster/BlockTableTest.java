package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.linalg.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Weights, facts, scaling and refusals of a table packed into blocks. */
@Tag("slow")
class BlockTableTest {
    /** Small tables are placed, too. */
    private static final TableOptions DEFAULT = TableOptions.DEFAULT.withDriverBytes(0);

    private static final String TRAIN = "training blocks";
    private static final int N = 300;
    private static final double[][] ROWS = Sample.clusters(N, 2, 7);

    private final SparkSession spark = LocalSpark.session();

    private String fingerprint(Dataset<Row> table, TableOptions options) {
        try (BlockTable blocks = BlockTable.of(table, options)) {
            return blocks.facts().fingerprint();
        }
    }

    @Test
    void manyEqualRowsAreOneWeightedRow() {
        double[][] rows = new double[5000][];
        Arrays.setAll(rows, i -> new double[] {i % 2, 1});
        try (BlockTable table = BlockTable.of(Sample.table(spark, rows, 4, 0), DEFAULT)) {
            List<Block> blocks =
                    Sample.blocks(spark, TRAIN).stream().flatMap(List::stream).toList();
            assertThat(blocks.stream().mapToInt(Block::size).sum()).isEqualTo(2);
            assertThat(blocks.stream().mapToLong(Block::count).sum()).isEqualTo(5000);
            assertThat(blocks.get(0).weight(0)).isEqualTo(2500);
            assertThat(table.facts().rows()).isEqualTo(5000);
        }
    }

    /** Half of the rows have the same content: of its copies the same share is sampled as of the other rows. */
    @Test
    void aSampleHasTheShareOfEachContentAndKeepsTheRoles() {
        double[][] numbers = new double[4000][];
        Arrays.setAll(numbers, i -> new double[] {i % 2 == 0 ? -1 : i, 1});
        TableOptions options = DEFAULT.withHoldoutFraction(0.1);
        Set<List<Double>> train;
        Set<List<Double>> heldOut;
        try (BlockTable all = BlockTable.of(Sample.table(spark, numbers, 4, 0), options)) {
            train = Set.copyOf(Sample.contents(Sample.blocks(spark, TRAIN)));
            heldOut = Set.copyOf(Sample.contents(Sample.blocks(spark, "held-out blocks")));
            assertThat(all.facts().fitted()).isEqualTo(all.facts().rows());
        }
        List<List<List<Double>>> sampled = new ArrayList<>();
        for (int partitions : new int[] {4, 3}) {
            Dataset<Row> table = Sample.table(spark, numbers, partitions, 0);
            try (BlockTable some = BlockTable.of(table, options.withSampleRows(900))) {
                List<List<Double>> rows = Sample.contents(Sample.blocks(spark, TRAIN));
                sampled.add(rows);
                long others = rows.stream().filter(row -> row.get(0) > 0).count();
                long copies = some.train().rows() - others;
                double share = 900.0 / some.facts().rows();
                assertThat((double) copies).isCloseTo(2000 * 0.9 * share, within(2.0)); // rounded twice
                assertThat((double) some.facts().fitted()).isCloseTo(900, within(4 * Math.sqrt(450 * (1 - share))));
                assertThat(some.train().rows()).isEqualTo(some.facts().fitted());
                assertThat(some.facts().rows() + some.facts().holdoutRows()).isEqualTo(4000);
                assertThat(train).containsAll(rows);
                assertThat(heldOut).containsAll(Sample.contents(Sample.blocks(spark, "held-out blocks")));
            }
        }
        assertThat(sampled.get(1)).containsExactlyInAnyOrderElementsOf(sampled.get(0));
        try (BlockTable whole = BlockTable.of(Sample.table(spark, numbers, 4, 0), options.withSampleRows(5000))) {
            assertThat(whole.train().rows()).isEqualTo(whole.facts().rows());
        }
    }

    @Test
    void unusableRowsAreLeftOutAndCounted() {
        Dataset<Row> table = LocalSpark.table(
                spark,
                "x double, y double, w int",
                new Object[] {1.0, 2.0, 1},
                new Object[] {Double.NaN, 2.0, 1},
                new Object[] {null, 2.0, 1},
                new Object[] {1.0, Double.POSITIVE_INFINITY, 1},
                new Object[] {1.0, 1e151, 1},
                new Object[] {1.0, 3.0, 0},
                new Object[] {4.0, 2.0, 2});
        TableOptions options = DEFAULT.withWeight("w").withInvalid(Invalid.SKIP);
        try (BlockTable blocks = BlockTable.of(table, options)) {
            assertThat(blocks.facts().rows()).isEqualTo(2);
            assertThat(blocks.facts().skipped()).isEqualTo(5);
            assertThat(blocks.facts().featureNames()).containsExactly("x", "y");
            assertThat(blocks.facts().warnings())
                    .containsExactly(
                            "1 of 2 columns are constant and carry no information: y = 2.0",
                            "4 of 7 rows were left out: a feature was null, NaN, infinite or beyond" + " 1.0E150",
                            "1 of 7 rows were left out: their weight is 0");
            assertThat(Sample.contents(Sample.blocks(spark, TRAIN)))
                    .containsExactlyInAnyOrder(List.of(1.0, 2.0), List.of(4.0, 2.0));
        }
    }

    @Test
    void theFingerprintFollowsFromTheRowsInWhateverOrder() {
        StructType schema = Sample.schema(1, "w double, id string");
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rows.add(RowFactory.create((double) i, 1.0, "row " + i));
        }
        TableOptions options = DEFAULT.withWeight("w").withId("id");
        String fingerprint = fingerprint(Sample.table(spark, schema, rows, 2, 0), options);
        assertThat(fingerprint).matches("[0-9a-f]{16}");
        assertThat(fingerprint(Sample.table(spark, schema, rows, 5, 3), options))
                .isEqualTo(fingerprint);
        assertThat(fingerprint(
                        Sample.table(spark, schema, rows, 1, 1),
                        options.withPartitions(7)
                                .withHoldoutFraction(0.3)
                                .withScale(Scale.STANDARD)
                                .withIsPlaced(false)))
                .as("what is done with the rows does not matter")
                .isEqualTo(fingerprint);
        for (Row other : List.of(
                RowFactory.create(3.5, 1.0, "row 3"),
                RowFactory.create(3.0, 2.0, "row 3"),
                RowFactory.create(3.0, 1.0, "row three"),
                RowFactory.create(4.0, 1.0, "row 4"))) {
            List<Row> changed = new ArrayList<>(rows);
            changed.set(3, other);
            assertThat(fingerprint(Sample.table(spark, schema, changed, 2, 0), options))
                    .as("with %s", other)
                    .isNotEqualTo(fingerprint);
        }
    }

    @Test
    void standardScalingIsThatOfTheTrainingRowsAndTheirWeights() {
        StructType schema = Sample.schema(2, "w double");
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < N; i++) {
            rows.add(RowFactory.create(1e6 + 1e-2 * ROWS[i][0], 5.0, 1.0 + i % 2));
        }
        TableOptions options = DEFAULT.withWeight("w").withHoldoutFraction(0.3).withScale(Scale.STANDARD);
        try (BlockTable table = BlockTable.of(Sample.table(spark, schema, rows, 3, 0), options)) {
            double weight = 0;
            double sum = 0;
            double squares = 0;
            for (Block block : flat(Sample.blocks(spark, TRAIN))) {
                for (int i = 0; i < block.size(); i++) {
                    double x = block.rows().get(i, 0);
                    weight += block.weight(i);
                    sum += block.weight(i) * x;
                    squares += block.weight(i) * x * x;
                    assertThat(block.rows().get(i, 1)).isEqualTo(0);
                }
            }
            // A value of 1e6 is known to 1e-10, 1e-8 of the deviation of 1e-2.
            assertThat(sum / weight).isCloseTo(0, within(1e-8));
            assertThat(squares / weight).isCloseTo(1, within(1e-8));
            assertThat(table.scaling().kind()).isEqualTo(Scale.STANDARD);
            assertThat(table.scaling().factor()[1]).isEqualTo(1);
            assertThat(table.facts().warnings().get(0)).endsWith(": x1 = 5.0");
            assertThat(openBlocks()).as("none but these stay in memory").isEqualTo(2);
        }
        assertThat(openBlocks()).isZero();
    }

    private static List<Block> flat(List<List<Block>> partitions) {
        return partitions.stream().flatMap(List::stream).toList();
    }

    private int openBlocks() {
        return JavaSparkContext.fromSparkContext(spark.sparkContext())
                .getPersistentRDDs()
                .size();
    }

    @Test
    void minMaxScalingBringsTrainingRowsTo0And1() {
        TableOptions options = DEFAULT.withHoldoutFraction(0.5).withScale(Scale.MINMAX);
        try (BlockTable table = BlockTable.of(Sample.table(spark, ROWS, 3, 0), options)) {
            double[] values = flat(Sample.blocks(spark, TRAIN)).stream()
                    .flatMapToDouble(block -> Arrays.stream(block.rows().data))
                    .toArray();
            assertThat(Arrays.stream(values).min()).hasValue(0);
            assertThat(Arrays.stream(values).max().getAsDouble()).isCloseTo(1, within(1e-15));
            assertThat(table.scaling().kind()).isEqualTo(Scale.MINMAX);
        }
    }

    @Test
    void unitScalingKeepsRowsOfZeros() {
        Dataset<Row> rows = LocalSpark.vectors(spark, new double[] {3, 4}, new double[] {0, 0}, new double[] {0, -2});
        try (BlockTable table = BlockTable.of(rows, DEFAULT.withScale(Scale.UNIT))) {
            assertThat(Sample.contents(Sample.blocks(spark, TRAIN)))
                    .containsExactlyInAnyOrder(List.of(0.6, 0.8), List.of(0.0, 0.0), List.of(0.0, -1.0));
            assertThat(table.facts().featureNames()).containsExactly("features[0]", "features[1]");
        }
    }

    @Test
    void aSavedModelsColumnsAndScalingAreKept() {
        Dataset<Row> rows = Sample.table(spark, ROWS, 2, 0);
        FeatureColumns columns = FeatureColumns.resolve(rows.schema(), List.of("x1", "x0"), Set.of());
        Scaling scaling = Scaling.of(Scale.STANDARD, new double[] {100, 200}, new double[] {1, 1});
        try (BlockTable table = BlockTable.of(rows, columns, scaling, DEFAULT.withScale(Scale.MINMAX))) {
            assertThat(table.scaling()).isSameAs(scaling);
            assertThat(Sample.contents(Sample.blocks(spark, TRAIN)))
                    .contains(List.of(ROWS[0][1] - 100, ROWS[0][0] - 200));
        }
        Scaling three = Scaling.of(Scale.MINMAX, new double[3], new double[] {1, 1, 1});
        assertThatThrownBy(() -> BlockTable.of(rows, columns, three, DEFAULT))
                .isInstanceOf(DataException.class)
                .hasMessage("the rows have 2 numbers in features \"x1\", \"x0\", expected 3 (those the"
                        + " model was fitted on)");
    }

    @Test
    void namedColumnsAreCheckedAndNeverTrainedOn() {
        Dataset<Row> table = LocalSpark.table(
                spark,
                "x double, class int, n int, key map<string,int>, name string",
                new Object[] {1.0, 1, 1, Map.of("a", 1), "a"},
                new Object[] {2.0, 2, 1, Map.of("b", 1), "b"});
        try (BlockTable blocks =
                BlockTable.of(table, DEFAULT.withLabel("Class").withWeight("N").withId("NAME"))) {
            assertThat(blocks.columns().columns()).containsExactly("x");
        }
        assertRefused(table, DEFAULT.withWeight("name"), "weight column \"name\" is a string, expected a number");
        assertRefused(
                table,
                DEFAULT.withWeight("count").withFeatures(List.of("x")),
                "weight column \"count\" does not exist; the table's columns: x double, class int,"
                        + " n int, key map<string,int>, name string");
        assertRefused(
                table,
                DEFAULT.withId("key"),
                "id column \"key\" is a map<string,int>, expected a number, a string or another" + " single value");
        assertRefused(
                table,
                DEFAULT.withId("row").withFeatures(List.of("x")),
                "id column \"row\" does not exist; the table's columns: x double, class int, n"
                        + " int, key map<string,int>, name string");
    }

    @Test
    void aTableWithoutRowsIsRefusedHoweverEmpty() {
        Dataset<Row> none = LocalSpark.numbers(spark, new double[] {1}).limit(0);
        assertRefused(none, DEFAULT, "the table has no rows");
        Dataset<Row> filtered = Sample.table(spark, ROWS, 3, 0).filter("x0 > 1000");
        assertRefused(filtered, DEFAULT, "the table has no rows");
        Dataset<Row> noPartition = spark.createDataFrame(
                JavaSparkContext.fromSparkContext(spark.sparkContext()).<Row>emptyRDD(), Sample.schema(2, ""));
        assertRefused(noPartition, DEFAULT, "the table has no rows");
    }

    /** Rows that are lost between the count and the placement are read again. */
    @Test
    void aTableThatChangesWhileItIsReadIsFoundOut() {
        int stage = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(List.of(1), 1)
                .map(one -> TaskContext.get().stageId())
                .first();
        Dataset<Row> changing = Sample.table(spark, ROWS, 3, 0).filter((FilterFunction<Row>)
                row -> row.getDouble(0) != ROWS[0][0] || TaskContext.get().stageId() <= stage + 1);
        assertThatThrownBy(() -> Sample.loseRead(spark, changing, DEFAULT))
                .isInstanceOf(DataException.class)
                .hasMessage("the table changed while it was read: 300 rows were counted first, 299"
                        + " later; expected a table that does not change, e.g. one that"
                        + " has been written to files");
        assertThat(openBlocks()).isZero();
    }

    private static void assertRefused(Dataset<Row> table, TableOptions options, String sentence) {
        assertThatThrownBy(() -> BlockTable.of(table, options))
                .isInstanceOf(DataException.class)
                .hasMessage(sentence);
    }
}
