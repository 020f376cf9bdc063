package io.github.sparklatent.learn.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.linalg.FloatBlock;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class InMemoryShardsTest {
    /** Gives back the first row, and the partition's number and size as sums. */
    private record FirstRow(int length) implements PartitionWork {
        @Override
        public int sums() {
            return 2;
        }

        @Override
        public PartitionResult run(int partition, PartitionRows rows) {
            FMatrixRMaj first = new FMatrixRMaj(1, rows.width());
            float[] weights = new float[1];
            rows.gather(new int[] {0}, 0, 1, first, weights);
            return new PartitionResult(rows.weight(), first.data, new double[] {partition, rows.size()});
        }
    }

    private static FloatBlock block(float[] weights, float... values) {
        return new FloatBlock(FMatrixRMaj.wrap(values.length, 1, values), weights);
    }

    @Test
    void theAverageIsByWeightAndSumsAreAdded() {
        InMemoryShards shards = new InMemoryShards(List.of(
                new PartitionRows(List.of(block(null, 4, 9), block(null, 8))),
                new PartitionRows(List.of()),
                new PartitionRows(List.of(block(new float[] {0.5f, 0.5f}, 8, 2)))));
        assertThat(shards.rows()).isEqualTo(5);
        assertThat(shards.width()).isEqualTo(1);
        assertThat(shards.partitions()).isEqualTo(3);
        assertThat(shards.sizes().starts()).containsExactly(0, 3, 3, 5);
        assertThat(shards.sizes().weight()).isEqualTo(4);
        Shards.Result result = shards.run("", new FirstRow(1));
        assertThat(result.weight()).isEqualTo(4);
        assertThat(result.average()).containsExactly(0.75 * 4 + 0.25 * 8);
        assertThat(result.sums()).containsExactly(2, 5);
    }

    @Test
    void ofOnePartitionTheAverageIsItsValuesToTheSignOfZero() {
        FMatrixRMaj rows = FMatrixRMaj.wrap(3, 2, new float[] {-0.0f, 0.1f, 1, 1, 1, 1});
        Shards.Result result = InMemoryShards.of(rows, 1).run("", new FirstRow(2));
        assertThat(1 / result.average()[0]).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(result.average()[1]).isEqualTo((double) 0.1f);
    }

    @Test
    void rowsAreCutIntoPartitionsOfLikeSize() {
        FMatrixRMaj rows = FMatrixRMaj.wrap(3, 1, new float[] {1, 2, 3});
        InMemoryShards shards = InMemoryShards.of(rows, 5);
        assertThat(shards.partitions()).isEqualTo(5);
        assertThat(shards.run("", new FirstRow(1)).sums()[1]).isEqualTo(3);
        assertThat(shards.run("", new FirstRow(1)).average()[0]).isEqualTo(2);
    }

    @Test
    void rowsAreGatheredFromTheirBlocks() {
        PartitionRows rows =
                new PartitionRows(List.of(block(null, 0, 1, 2), block(new float[] {3, 4, 5}, 3, 4, 5), block(null, 6)));
        FMatrixRMaj batch = new FMatrixRMaj(4, 1);
        float[] weights = new float[4];
        rows.gather(new int[] {9, 6, 0, 4, 2}, 1, 4, batch, weights);
        assertThat(batch.data).containsExactly(6, 0, 4, 2);
        assertThat(weights).containsExactly(1, 1, 4, 1);
        assertThat(rows.weight()).isEqualTo(16);
    }
}
