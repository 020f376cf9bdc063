package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.em.ColumnMoments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Blocks that were lost with a worker are packed again from the source, which somebody may have overwritten. The rows
 * stay where they are, because the files of a shuffle would still have the old rows.
 */
@Tag("slow")
class RereadTableTest {
    private static final TableOptions OPTIONS = TableOptions.DEFAULT
            .withDriverBytes(0)
            .withIsPlaced(false)
            .withDriverBytes(0)
            .withTrainedOn(false)
            .withHoldoutFraction(0.2);

    @TempDir
    Path folder;

    private final SparkSession spark = LocalSpark.session();

    @BeforeEach
    void write() throws IOException {
        write(0);
    }

    /** Writes rows whose texts have the same length, so that the file keeps its size. */
    private void write(int change) throws IOException {
        Files.write(
                folder.resolve("table.csv"),
                IntStream.range(100, 160)
                        .mapToObj(i -> (i + change) + "," + (900 - i))
                        .toList());
    }

    private Dataset<Row> table() {
        return spark.read()
                .schema("x double, y double")
                .csv(folder.resolve("table.csv").toString());
    }

    /** Requires that traversals of lost blocks give the same sums, and are refused once the source has changed. */
    @SafeVarargs
    private void assertReread(Supplier<double[]>... traversals) throws IOException {
        for (Supplier<double[]> traversal : traversals) {
            double[] sums = traversal.get();
            Jobs.loseBlocks(spark);
            assertThat(traversal.get()).containsExactly(sums);
        }
        write(1);
        Jobs.loseBlocks(spark);
        for (Supplier<double[]> traversal : traversals) {
            assertThatThrownBy(traversal::get)
                    .hasRootCauseInstanceOf(DataException.class)
                    .rootCause()
                    .hasMessageStartingWith("the table changed while it was read: ")
                    .hasMessageContaining("with other values the second time");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "STANDARD"})
    void blocksOfOtherRowsAreRefused(Scale scale) throws IOException {
        ColumnMoments moments = new ColumnMoments(new double[2]);
        try (BlockTable table = BlockTable.of(table(), OPTIONS.withScale(scale))) {
            assertReread(
                    () -> table.train().sums("train", moments).sums(),
                    () -> table.holdout().sums("holdout", moments).sums());
        }
    }

    /** The number of rows of a partition. */
    private record Sizes(int length, int sums) implements PartitionWork {
        @Override
        public PartitionResult run(int partition, PartitionRows rows) {
            return new PartitionResult(rows.weight(), new float[] {rows.size()}, new double[] {rows.size()});
        }
    }

    @Test
    void shardsOfOtherRowsAreRefused() throws IOException {
        Sizes sizes = new Sizes(1, 1);
        try (ShardTable table = ShardTable.of(table(), OPTIONS, width -> RowCheck.NONE)) {
            assertReread(
                    () -> table.train().run("train", sizes).sums(),
                    () -> table.holdout().run("holdout", sizes).sums());
        }
    }
}
