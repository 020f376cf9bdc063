package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A table of one small partition is brought to the driver; larger ones are not. */
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

    @Test
    void traversalsOfASmallTableNeedNoJobAndHaveTheSameBits() {
        ColumnMoments moments = new ColumnMoments(new double[] {0.3, 0.2, 0.1});
        try (BlockTable local = BlockTable.of(Sample.table(spark, ROWS, 3, 1), OPTIONS);
                BlockTable cluster = BlockTable.of(Sample.table(spark, ROWS, 3, 1), OPTIONS.withDriverBytes(0));
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

    @Test
    void trainingOnSmallShardsNeedsNoJobAndHasTheSameBits() {
        try (ShardTable local = shards(OPTIONS);
                ShardTable cluster = shards(OPTIONS.withDriverBytes(0));
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
    void severalPartitionsOrManyBytesStayOnTheWorkers() {
        long bytes = 200 * 3 * Double.BYTES;
        TableOptions whole = OPTIONS.withHoldoutFraction(0);
        assertThat(trainedOnTheDriver(whole.withDriverBytes(bytes))).isTrue();
        assertThat(trainedOnTheDriver(whole.withDriverBytes(bytes - 1))).isFalse();
        assertThat(trainedOnTheDriver(whole.withPartitions(2))).isFalse();
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
}
