package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.learn.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A table of which three of ten rows are equal. */
@Tag("slow")
class SkewedTableTest {
    private static final int N = 2000;
    private static final int EQUAL = 600;
    private static final int PARTITIONS = 8;
    private static final StructType SCHEMA = Sample.schema(2, "w double");
    private static final TableOptions OPTIONS =
            TableOptions.DEFAULT.withDriverBytes(0).withWeight("w").withPartitions(PARTITIONS);

    private final SparkSession spark = LocalSpark.session();

    /** The equal rows are those of one place in the table, or spread over it; some have −0.0. */
    private static List<Row> rows() {
        double[][] others = Sample.clusters(N - EQUAL, 2, 7);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < EQUAL; i++) {
            rows.add(RowFactory.create(i % 2 == 0 ? 0.0 : -0.0, 1.5, 1.0));
        }
        for (double[] row : others) {
            rows.add(RowFactory.create(row[0], row[1], 1.0));
        }
        return rows;
    }

    private Dataset<Row> table(int slices, long order) {
        return Sample.table(spark, SCHEMA, rows(), slices, order);
    }

    @Test
    void everyPartitionOfANetworkHasItsShareOfTheCopies() {
        List<String> bits = new ArrayList<>();
        for (long order = 0; order < 2; order++) {
            try (ShardTable shards = ShardTable.of(table(order == 0 ? 1 : 5, order), OPTIONS, width -> RowCheck.NONE)) {
                long[] starts = shards.train().sizes().starts();
                assertThat(shards.train().rows()).isEqualTo(N);
                assertThat(LongStream.range(0, PARTITIONS)
                                .map(p -> starts[(int) p + 1] - starts[(int) p])
                                .max()
                                .getAsLong())
                        .isLessThanOrEqualTo((long) (1.3 * N / PARTITIONS));
                bits.add(Shard.bits(spark, "training rows"));
            }
        }
        assertThat(bits.get(1)).isEqualTo(bits.get(0));
        assertThat(bits.get(0).lines().filter("[0.0, 1.5, 1.0]"::equals)).hasSize(EQUAL);
    }

    /** A mixture's block has one row of their weight; a task sends one row in place of its copies. */
    @Test
    void theCopiesInAMixtureAreOneRowOfTheirWeightThatIsShuffledOnce() {
        List<Row> weighted = new ArrayList<>(rows().subList(EQUAL, N));
        weighted.add(RowFactory.create(0.0, 1.5, (double) EQUAL));
        String expected = bits(Sample.table(spark, SCHEMA, weighted, 2, 3));
        try (Jobs jobs = Jobs.follow(spark.sparkContext())) {
            assertThat(bits(table(5, 1))).isEqualTo(expected);
            assertThat(jobs.shuffledRows()).isBetween((long) N - EQUAL + 1, (long) N - EQUAL + 5 * PARTITIONS);
        }
    }

    private String bits(Dataset<Row> table) {
        try (BlockTable blocks = BlockTable.of(table, OPTIONS)) {
            assertThat(blocks.train().width()).isEqualTo(2);
            return Sample.bits(Sample.blocks(spark, "training blocks")).replaceAll("block of \\d+", "");
        }
    }

    /** The number of rows stays, so only their content can show the change. */
    @Test
    void aTableWhoseValuesChangeBetweenTwoReadsIsRefused() {
        int stage = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(List.of(1), 1)
                .map(one -> TaskContext.get().stageId())
                .first();
        Dataset<Row> changing = table(3, 0)
                .map(
                        (MapFunction<Row, Row>)
                                row -> TaskContext.get().stageId() <= stage + 1 || row.getDouble(1) != 1.5
                                        ? row
                                        : RowFactory.create(0.0, 1.25, 1.0),
                        Encoders.row(SCHEMA));
        String sentence = "the table changed while it was read: 2000 rows were read twice, with other values"
                + " the second time; expected a table that does not change, e.g. one that"
                + " has been written to files";
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Sample.loseRead(spark, changing, OPTIONS.withPartitions(0)))
                .withMessage(sentence);
    }
}
