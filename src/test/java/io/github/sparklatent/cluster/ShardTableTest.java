package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.linalg.FloatBlock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class ShardTableTest {
    private static final String TRAIN = "training rows";
    private static final String HOLDOUT = "held-out rows";
    private static final double[][] ROWS = Sample.clusters(300, 2, 7);

    private final SparkSession spark = LocalSpark.session();

    @AfterEach
    void nothingIsLeftInTheCache() {
        assertThat(JavaSparkContext.fromSparkContext(spark.sparkContext()).getPersistentRDDs())
                .isEmpty();
    }

    private static ShardTable open(Dataset<Row> table, TableOptions options) {
        return ShardTable.of(table, options, width -> RowCheck.NONE);
    }

    private Dataset<Row> table(int slices, long order) {
        return Sample.table(spark, ROWS, slices, order);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "3, 1", "16, 3"})
    void theSameTableGivesTheSameShardsHoweverItComes(int slices, long order) {
        TableOptions options =
                TableOptions.DEFAULT.withDriverBytes(0).withHoldoutFraction(0.3).withPartitions(5);
        String expected;
        try (ShardTable table = open(table(2, 0), options)) {
            expected = Shard.bits(spark, TRAIN) + Shard.bits(spark, HOLDOUT);
            assertThat(table.train().partitions()).isEqualTo(5);
        }
        try (ShardTable table = open(table(slices, order), options)) {
            assertThat(Shard.bits(spark, TRAIN) + Shard.bits(spark, HOLDOUT)).isEqualTo(expected);
            assertThat(table.facts().width()).isEqualTo(2);
        }
    }

    /** What was found, held out and scaled does not depend on the model that asks. */
    @Test
    void factsHeldOutRowsAndScalingAreThoseOfABlockTable() {
        TableOptions options = TableOptions.DEFAULT
                .withDriverBytes(0)
                .withHoldoutFraction(0.25)
                .withPartitions(3)
                .withScale(Scale.STANDARD);
        Set<List<Double>> blocks;
        TableFacts facts;
        Scaling scaling;
        try (BlockTable table = BlockTable.of(table(2, 0), options)) {
            blocks = new HashSet<>(Sample.contents(Sample.blocks(spark, "held-out blocks")));
            facts = table.facts();
            scaling = table.scaling();
        }
        try (ShardTable table = open(table(2, 0), options)) {
            assertThat(table.facts()).usingRecursiveComparison().isEqualTo(facts);
            assertThat(table.scaling().shift()).containsExactly(scaling.shift());
            assertThat(table.scaling().factor()).containsExactly(scaling.factor());
            assertThat(table.columns().columns()).containsExactly("x0", "x1");
            assertThat(table.train().rows()).isEqualTo(facts.rows());
            assertThat(table.train().width()).isEqualTo(2);
            assertThat(table.holdout().rows()).isEqualTo(facts.holdoutRows());
            Set<List<Float>> rounded = new HashSet<>();
            blocks.forEach(row ->
                    rounded.add(List.of(row.get(0).floatValue(), row.get(1).floatValue(), 1f)));
            Set<List<Float>> shards = new HashSet<>();
            Shard.blocks(spark, HOLDOUT).forEach(part -> shards.addAll(Shard.rows(part)));
            assertThat(shards).isEqualTo(rounded);
        }
    }

    /** A block table would make one row of weight 3 of these. */
    @Test
    void equalRowsStayRowsAndWeightsStay() {
        Dataset<Row> table = Sample.table(
                spark,
                Sample.schema(1, "w double"),
                List.of(
                        RowFactory.create(5.0, 1.0),
                        RowFactory.create(5.0, 1.5),
                        RowFactory.create(5.0, 0.5),
                        RowFactory.create(6.0, 0.0)),
                2,
                1);
        TableOptions options =
                TableOptions.DEFAULT.withWeight("w").withPartitions(1).withDriverBytes(0);
        try (ShardTable shards = open(table, options)) {
            assertThat(shards.train().rows()).isEqualTo(3);
            assertThat(Shard.rows(Shard.blocks(spark, TRAIN).get(0)))
                    .containsExactly(List.of(5f, 0.5f), List.of(5f, 1f), List.of(5f, 1.5f));
            assertThat(shards.facts().skipped()).isEqualTo(1);
        }
    }

    @Test
    void morePartitionsThanTrainingRowsAreRefusedByTheNameTheyWereGivenBy() {
        TableOptions options = TableOptions.DEFAULT.withDriverBytes(0).withHoldoutFraction(0.3);
        long rows;
        try (ShardTable table = open(table(2, 0), options)) {
            rows = table.facts().rows();
        }
        TableOptions many = options.withPartitions((int) rows + 1).withPartitionsKey("pieces");
        refused(
                table(2, 0),
                many,
                RowCheck.NONE,
                ("pieces is %d, but there are %d training rows; expected at most as many partitions"
                                + " as rows, because each partition trains on its own rows")
                        .formatted(rows + 1, rows));
        open(table(2, 0), many.withPartitions((int) rows)).close();
        open(table(2, 0), many.withIsPlaced(false)).close();
    }

    /** That of the training rows, as the table has them. */
    @Test
    void theRangeOfValuesIsOfAllColumns() {
        Dataset<Row> table = LocalSpark.numbers(spark, new double[][] {{0, 5}, {2, -1}, {4, 6.5}});
        TableOptions options =
                TableOptions.DEFAULT.withDriverBytes(0).withPartitions(2).withScale(Scale.STANDARD);
        try (ShardTable shards = open(table, options)) {
            assertThat(shards.facts().valueRange()).isEqualTo(7.5);
        }
    }

    private static void refused(Dataset<Row> table, TableOptions options, RowCheck check, String sentence) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> ShardTable.of(table, options, width -> check).close())
                .satisfies(e -> assertThat(e.getLocalizedMessage()).isEqualTo(sentence));
    }

    @Test
    void theModelsOwnCheckSeesScaledRowsAndNamesAnExample() {
        RowCheck inUnit = row -> row[0] <= 1 ? null : "value %s at place 0, expected up to 1".formatted(row[0]);
        Dataset<Row> table = LocalSpark.numbers(spark, new double[][] {{0, 5}, {2, 5}, {4, 6}});
        TableOptions options = TableOptions.DEFAULT.withDriverBytes(0).withPartitions(1);
        refused(
                table,
                options.withIsPlaced(false),
                inUnit,
                "2 of 3 training rows cannot be used by this model, e.g. value 2.0 at place 0," + " expected up to 1");
        try (ShardTable fits = ShardTable.of(table, options.withScale(Scale.MINMAX), width -> inUnit)) {
            assertThat(fits.train().rows()).isEqualTo(3);
        }
    }

    @Test
    void heldOutRowsAreCheckedToo() {
        TableOptions options =
                TableOptions.DEFAULT.withDriverBytes(0).withHoldoutFraction(0.1).withPartitions(2);
        HashSet<Double> heldOut = new HashSet<>();
        try (ShardTable all = open(table(2, 0), options)) {
            for (List<FloatBlock> part : Shard.blocks(spark, HOLDOUT)) {
                Shard.rows(part).forEach(row -> heldOut.add((double) row.get(0)));
            }
            assertThat(all.holdout().rows()).isEqualTo(heldOut.size());
        }
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() ->
                        ShardTable.of(table(2, 0), options, width -> row -> heldOut.contains(row[0]) ? "no" : null))
                .withMessage(
                        "%d of %d held-out rows cannot be used by this model".formatted(heldOut.size(), heldOut.size()))
                .satisfies(e -> assertThat(e.detail()).isEqualTo(", e.g. no"));
    }

    @Test
    void numbersThatFloatsCannotSquareAreRefused() {
        refused(
                LocalSpark.numbers(spark, new double[][] {{1, 2}, {1e30, 3}}),
                TableOptions.DEFAULT.withDriverBytes(0).withPartitions(2),
                RowCheck.NONE,
                "1 of 2 training rows cannot be used by this model, e.g. feature 1 of 2 is beyond"
                        + " 1.0E18, too large for single precision; scale the data, or correct it");
        Dataset<Row> faint =
                Sample.table(spark, Sample.schema(1, "w double"), List.of(RowFactory.create(5.0, 1e-60)), 1, 0);
        refused(
                faint,
                TableOptions.DEFAULT.withDriverBytes(0).withWeight("w"),
                RowCheck.NONE,
                "1 of 1 training rows cannot be used by this model, e.g. the weight is 0.0 in"
                        + " single precision, expected above 0 and up to 1.0E18");
    }
}
