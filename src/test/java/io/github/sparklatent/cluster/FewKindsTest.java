package io.github.sparklatent.cluster;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.cluster.table.TableRows;
import io.github.sparklatent.cluster.table.TableSample;
import io.github.sparklatent.cluster.table.TableStatistics;
import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.ml.mixture.GaussianMixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table without a key that has few different rows, so that a hash of their content selects all copies or none. */
@Tag("slow")
class FewKindsTest {
    private static final int N = 3000;
    private static final int KINDS = 32;
    private static final TableOptions OPTIONS =
            TableOptions.DEFAULT.withDriverBytes(0).withHoldoutFraction(0.1);

    private final SparkSession spark = LocalSpark.session();

    private static List<Row> rows() {
        return IntStream.range(0, N)
                .mapToObj(i -> i % KINDS)
                .map(kind -> RowFactory.create((double) (kind % 4), (double) (kind / 4)))
                .toList();
    }

    private Dataset<Row> table(int slices, long order) {
        return Sample.table(spark, Sample.schema(2, ""), rows(), slices, order);
    }

    /** The copies of a kind that are held out are n f, rounded up or down, of both kinds of training. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void copiesAreHeldOutNotKinds(int partitions) {
        TableOptions options = OPTIONS.withPartitions(partitions);
        List<String> bits = new ArrayList<>();
        for (int order = 0; order < 2; order++) {
            try (BlockTable blocks = BlockTable.of(table(1 + 4 * order, order), options);
                    ShardTable shards = ShardTable.of(table(1 + 4 * order, order), options, width -> RowCheck.NONE)) {
                assertThat(blocks.facts().holdoutRows()).isBetween(N / 10 - KINDS / 2L, N / 10 + KINDS / 2L);
                assertThat(blocks.facts().warnings())
                        .containsExactly(
                                "the 3000 rows are about 32 different ones: held-out rows are copies of training"
                                        + " rows, so their metrics say nothing about other rows");
                assertThat(blocks.holdout().rows()).isEqualTo(blocks.facts().holdoutRows());
                assertThat(blocks.train().rows()).isEqualTo(N - blocks.holdout().rows());
                assertThat(shards.train().rows()).isEqualTo(blocks.train().rows());
                bits.add(blocks.facts().holdoutRows() + " " + blocks.facts().fingerprint());
                if (partitions > 0) {
                    bits.add(Sample.bits(Sample.blocks(spark, "training blocks")) + Shard.bits(spark, "training rows"));
                }
            }
        }
        assertThat(bits.stream().distinct().count()).isEqualTo(bits.size() / 2);
    }

    @Test
    void aKeyIsHeldOutAsAWhole() {
        Dataset<Row> keyed =
                table(3, 0).withColumn("id", col("x0").plus(col("x1").multiply(4)));
        TableOptions options = OPTIONS.withId("id").withFeatures(List.of("x0", "x1"));
        try (BlockTable blocks = BlockTable.of(keyed, options)) {
            Map<Boolean, List<Long>> counts = keyed
                    .groupBy(TableRows.heldOut(keyed.schema(), blocks.columns(), options), col("id"))
                    .count()
                    .collectAsList()
                    .stream()
                    .collect(Collectors.groupingBy(
                            row -> row.getBoolean(0), Collectors.mapping(row -> row.getLong(2), Collectors.toList())));
            assertThat(counts.get(true).size() + counts.get(false).size()).isEqualTo(KINDS);
            assertThat(blocks.facts().holdoutRows())
                    .isEqualTo(counts.get(true).stream().mapToLong(n -> n).sum());
        }
    }

    @Test
    void anEstimatorHasAKey() {
        Dataset<Row> keyed =
                table(3, 0).withColumn("id", col("x0").plus(col("x1").multiply(4)));
        GaussianMixture estimator =
                new GaussianMixture().setInputCols("*").setIdCol("id").setHoldoutFraction(0.1);
        TrainingTables tables = TrainingContext.of(estimator, keyed, List.of()).tables();
        TableOptions options = OPTIONS.withId("id").withFeatures(List.of("x0", "x1"));
        try (BlockTable expected = BlockTable.of(keyed, options);
                BlockTable found = tables.blocks(null, width -> 0)) {
            assertThat(found.columns().columns()).containsExactly("x0", "x1");
            assertThat(found.facts().holdoutRows()).isEqualTo(expected.facts().holdoutRows());
            assertThat(found.facts().fingerprint()).isEqualTo(expected.facts().fingerprint());
        }
        assertThatThrownBy(() ->
                        new GaussianMixture().setInputCols("*").setIdCol("ide").fit(keyed))
                .hasMessageContaining("\"ide\"");
    }

    /** Contents of two copies each share counts by the first bits of their hashes. */
    @Test
    void aTableOfManyKindsIsHeldOutByKinds() {
        Dataset<Row> table = spark.range(0, 5000, 1, 3).selectExpr("double(id div 2) x0");
        try (BlockTable blocks = BlockTable.of(table, OPTIONS)) {
            assertThat(blocks.facts().holdoutRows()).isEven().isBetween(400L, 600L);
            assertThat(blocks.facts().warnings()).isEmpty();
        }
    }

    /** A sample has each kind with its share, training rows and held-out rows alike. */
    @Test
    void aSampleHasEachKind() {
        int n = 100_000;
        Dataset<Row> table = spark.range(0, n, 1, 5).selectExpr("double(id % 4) x0", "double(pmod(id, 32) div 4) x1");
        FeatureColumns columns = FeatureColumns.resolve(table.schema(), List.of(), Set.of());
        TableFacts facts = BlockTable.check(table, columns, null, OPTIONS);
        Dataset<Row> sample = TableRows.sample(
                table,
                TableRows.hash(table.schema(), columns, OPTIONS),
                lit(1.0),
                facts.holdoutRule(),
                "heldOut",
                0.02,
                0.2);
        List<Row> cells =
                sample.groupBy("x0", "x1", "heldOut").agg(count(lit(1))).collectAsList();
        assertThat(cells).hasSize(2 * KINDS);
        double each = (double) n / KINDS;
        for (Row cell : cells) {
            double expected = cell.getBoolean(2) ? each * 0.1 * 0.2 : each * 0.9 * 0.02;
            assertThat((double) cell.getLong(3)).isBetween(expected - 1.5, expected + 1.5); // rounded twice
        }
    }

    /** A score may depend on more than the features, such as the group of a row. */
    @Test
    void copiesOfASampleKeepWhatSetsThemApart() {
        Dataset<Row> table = spark.range(0, 30_000, 1, 5)
                .selectExpr("double(id % 4) x0", "double(pmod(id, 32) div 4) x1", "id % 3 shop");
        TableOptions options = OPTIONS.withFeatures(List.of("x0", "x1"));
        FeatureColumns columns = FeatureColumns.resolve(table.schema(), List.of("x0", "x1"), Set.of());
        TableFacts facts = BlockTable.check(table, columns, null, options);
        List<Row> cells = TableRows.sample(
                        table,
                        TableRows.hash(table.schema(), columns, options),
                        lit(1.0),
                        facts.holdoutRule(),
                        "heldOut",
                        0.1,
                        1,
                        col("shop"))
                .groupBy("x0", "x1", "shop", "heldOut")
                .count()
                .collectAsList();
        assertThat(cells).hasSize(2 * 3 * KINDS);
    }

    @Test
    void theProfileOfAGateHasEachKind() {
        int n = 150_000;
        Dataset<Row> table = spark.range(0, n, 1, 5).selectExpr("double(id % 32) x0");
        FeatureColumns columns = FeatureColumns.resolve(table.schema(), List.of(), Set.of());
        Dataset<RowRecord> rows = TableRows.of(table, columns, OPTIONS);
        TableStatistics statistics = TableStatistics.take(rows.toJavaRDD(), false, 0, 1);
        statistics.splitCopies(rows, false);
        TableSample sample = TableSample.of(rows, Optional.empty(), statistics, columns, TableSample.MAX_ROWS);
        Map<Double, Long> counts =
                sample.values().stream().collect(Collectors.groupingBy(row -> row[0], Collectors.counting()));
        assertThat(counts).hasSize(KINDS);
        assertThat(counts.values())
                .allSatisfy(c -> assertThat((double) c)
                        .isBetween(TableSample.MAX_ROWS / 32.0 - 1, TableSample.MAX_ROWS / 32.0 + 1));
    }
}
