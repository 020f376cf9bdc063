package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class ClusterShardsTest {
    private static final double[][] ROWS = Sample.clusters(200, 3, 11);

    /** Calls in the tasks of {@link #computedRowsAreKept}. */
    private static final AtomicInteger CALLS = new AtomicInteger();

    private final SparkSession spark = LocalSpark.session();

    /** Numbers of very different size, so that each order of summation has bits of its own. */
    private record Scattered(int length, int sums) implements PartitionWork {
        @Override
        public PartitionResult run(int partition, PartitionRows rows) {
            RandomGenerator random = RandomStreams.of(rows.size(), Purpose.NOISE, partition);
            float[] values = new float[length];
            for (int i = 0; i < length; i++) {
                double x = random.nextDouble();
                values[i] = (float) ((x - 0.5) * Math.pow(10, 8 * x));
            }
            double[] added = random.doubles(sums)
                    .map(x -> (x - 0.5) * Math.pow(10, 16 * x))
                    .toArray();
            return new PartitionResult(rows.weight(), values, added);
        }
    }

    private ShardTable table(int partitions) {
        return ShardTable.of(
                Sample.table(spark, ROWS, 3, 1),
                TableOptions.DEFAULT
                        .withDriverBytes(0)
                        .withPartitions(partitions)
                        .withDriverBytes(0)
                        .withTrainedOn(false)
                        .withHoldoutFraction(0.2),
                width -> RowCheck.NONE);
    }

    /** 170 partitions hold 160 rows, so many are empty; 1,200,000 numbers of 7 go through the shuffle. */
    @ParameterizedTest
    @CsvSource({"1, 1000, 3", "4, 0, 2", "4, 1000, 3", "7, 1200000, 5", "170, 2000, 1"})
    void resultsAreThoseFoundInMemoryBitForBit(int partitions, int length, int sums) {
        try (ShardTable table = table(partitions)) {
            for (String name : new String[] {"training rows", "held-out rows"}) {
                Shards cluster = name.startsWith("t") ? table.train() : table.holdout();
                InMemoryShards memory = Shard.inMemory(spark, name);
                assertThat(cluster.rows()).isEqualTo(memory.rows());
                assertThat(cluster.width()).isEqualTo(3);
                assertThat(cluster.partitions()).isEqualTo(partitions);
                assertThat(cluster.sizes().starts()).isEqualTo(memory.sizes().starts());
                assertThat(cluster.sizes().weight()).isEqualTo(memory.sizes().weight());
                Shards.Result found = cluster.run("", new Scattered(length, sums));
                Shards.Result expected = memory.run("", new Scattered(length, sums));
                assertThat(found.average()).isEqualTo(expected.average());
                assertThat(found.sums()).containsExactly(expected.sums());
                assertThat(found.weight()).isEqualTo(expected.weight());
            }
        }
    }

    /** They are computed once for any number of traversals, with the bits of those in memory. */
    @ParameterizedTest
    @ValueSource(ints = {4, 170})
    void computedRowsAreKept(int partitions) {
        try (ShardTable table = table(partitions)) {
            Shards.Computed doubled = rows -> {
                CALLS.incrementAndGet();
                List<Block> blocks = new ArrayList<>();
                rows.forEachBatch(16, (batch, weights) -> {
                    DMatrixRMaj own = new DMatrixRMaj(batch.numRows, 2);
                    for (int i = 0; i < batch.numRows; i++) {
                        own.set(i, 0, 2 * batch.get(i, 0));
                        own.set(i, 1, batch.get(i, 1) / 3);
                    }
                    blocks.add(new Block(own, null, batch.numRows));
                });
                return blocks;
            };
            Shards.Kept kept = table.train().computed(2, doubled);
            RowBlocks expected =
                    Shard.inMemory(spark, "training rows").computed(2, doubled).rows();
            CALLS.set(0);
            for (int i = 0; i < 3; i++) {
                Expectation moments = new ColumnMoments(new double[] {i, 0.5});
                assertThat(kept.rows().sums("", moments).sums())
                        .containsExactly(expected.sums("", moments).sums());
            }
            long filled = IntStream.range(0, partitions)
                    .filter(p -> table.train().sizes().starts()[p + 1]
                            > table.train().sizes().starts()[p])
                    .count();
            assertThat(CALLS).hasValue((int) filled);
            kept.release().run();
        }
    }

    @Test
    void aRoundIsOneJobUnderItsDescriptionWithItsTimes() {
        try (ShardTable table = table(4);
                Jobs jobs = Jobs.follow(spark.sparkContext())) {
            for (int length : new int[] {10, 2_200_000}) {
                Shards.Result result = table.train().run("round of " + length, new Scattered(length, 1));
                assertThat(result.broadcast()).isPositive();
                assertThat(result.compute()).isNotNegative();
                assertThat(result.reduce()).isPositive();
            }
            assertThat(jobs.descriptions()).containsExactly("round of 10", "round of 2200000");
        }
    }

    /**
     * A result comes once, as doubles, with 5 bytes for each 1,024 of them; a task's own metrics are 1 to 4 KiB, two
     * tasks a partition.
     */
    @Test
    void theDriversTrafficDoesNotGrowWithThePartitions() {
        int length = 2_200_000;
        long vector = (long) length * Double.BYTES;
        for (int partitions : new int[] {4, 16}) {
            try (ShardTable table = table(partitions);
                    Jobs jobs = Jobs.follow(spark.sparkContext())) {
                table.train().run("", new Scattered(length, 2));
                assertThat(jobs.resultBytes()).isBetween(vector, vector + vector / 100 + 2 * partitions * 4096);
            }
        }
    }

    /** 4 parts of 2,000,000 floats are under 32 MiB, as doubles they would be over it. */
    @Test
    void whatIsShortAsFloatsGoesTheShortWay() {
        try (ShardTable table = table(4);
                Jobs jobs = Jobs.follow(spark.sparkContext())) {
            table.train().run("", new Scattered(2_000_000, 2));
            assertThat(jobs.shuffledRows()).isZero();
            table.train().run("", new Scattered(2_200_000, 2));
            assertThat(jobs.shuffledRows()).isEqualTo(4 * 4);
        }
    }
}
