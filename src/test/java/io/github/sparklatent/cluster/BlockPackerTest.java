package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.cluster.table.HoldoutRule;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.FloatBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockPackerTest {
    private static RowRecord row(double weight, double... features) {
        RowRecord row = new RowRecord();
        row.setFeatures(features);
        row.setWeight(weight);
        return row;
    }

    private static <B> PackedRows<B> packed(Supplier<PackedRows.Packer<B>> packer, boolean keep, RowRecord... rows) {
        return new PackedRows<>(List.of(rows).iterator(), keep, HoldoutRule.ofNone(Set.of()), packer);
    }

    private static List<Block> pack(Scaling scaling, RowRecord... rows) {
        return pack(scaling, false, rows);
    }

    private static List<Block> pack(Scaling scaling, boolean keep, RowRecord... rows) {
        return blocks(packed(() -> new BlockPacker(scaling), keep, rows));
    }

    private static List<FloatBlock> shards(Scaling scaling, boolean keep, RowRecord... rows) {
        return blocks(packed(() -> new BlockPacker.ShardPacker(scaling), keep, rows));
    }

    private static <B> List<B> blocks(PackedRows<B> rows) {
        List<B> blocks = new ArrayList<>();
        rows.forEachRemaining(packed -> blocks.add(packed.block));
        return blocks;
    }

    /** Rows without any value are left out; equal rows are merged as others are. */
    @Test
    void missingValuesAreKeptIfAskedFor() {
        double none = Double.NaN;
        List<Block> blocks = pack(
                Scaling.standard(new double[] {1, 1}, new double[] {4, 4}),
                true,
                row(1, 3, none),
                row(2, 3, none),
                row(1, none, none),
                row(1, none, 5),
                row(1, Double.POSITIVE_INFINITY, 5));
        assertThat(blocks).hasSize(1);
        assertThat(blocks.get(0).rows().data).containsExactly(1, none, none, 2);
        assertThat(blocks.get(0).weight(0)).isEqualTo(3);
        assertThat(blocks.get(0).count()).isEqualTo(3);
        assertThat(blocks.get(0).isComplete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 784, 5000})
    void aBlockIsFullAtTheHeightOfItsWidth(int width) {
        int height = Block.height(width);
        RowRecord[] rows = IntStream.range(0, 2 * height + 1)
                .mapToObj(i -> {
                    double[] x = new double[width];
                    x[width - 1] = i;
                    return row(1, x);
                })
                .toArray(RowRecord[]::new);
        List<Block> blocks = pack(Scaling.none(), rows);
        assertThat(blocks).extracting(Block::size).containsExactly(height, height, 1);
        assertThat(blocks).allMatch(Block::isUnweighted);
        assertThat(blocks)
                .allSatisfy(block -> assertThat(block.rows().data)
                        .as("no room is kept that no row needs")
                        .hasSize(block.size() * width));
        assertThat(blocks.get(1).rows().get(0, width - 1)).isEqualTo(height);
        assertThat(blocks.get(2).rows().get(0, width - 1)).isEqualTo(2 * height);
    }

    @Test
    void equalNeighboursAreOneRowOfTheirWeightTogether() {
        List<Block> blocks =
                pack(Scaling.none(), row(1, 1, 2), row(0.5, 1, 2), row(2, 1, 2), row(1, 1, 3), row(1, 1, 2));
        assertThat(blocks).hasSize(1);
        Block block = blocks.get(0);
        assertThat(block.rows().data).containsExactly(1, 2, 1, 3, 1, 2);
        assertThat(block.weight(0)).isEqualTo(3.5);
        assertThat(block.weight(1)).isEqualTo(1);
        assertThat(block.count()).isEqualTo(5);
    }

    @Test
    void aRunOfEqualRowsIsNotCutAtTheEndOfABlock() {
        int height = Block.height(1);
        RowRecord[] rows = IntStream.range(0, height + 5)
                .mapToObj(i -> row(1, Math.min(i, height - 1)))
                .toArray(RowRecord[]::new);
        List<Block> blocks = pack(Scaling.none(), rows);
        assertThat(blocks).hasSize(1);
        assertThat(blocks.get(0).weight(height - 1)).isEqualTo(6);
        assertThat(blocks.get(0).count()).isEqualTo(height + 5);
    }

    @Test
    void minusZeroIsZero() {
        List<Block> blocks =
                pack(Scaling.none(), row(1, -0.0, 1), row(1, 0.0, 1), row(1, 0.0, -0.0), row(1, -0.0, 0.0));
        assertThat(blocks).hasSize(1);
        assertThat(bits(blocks.get(0).rows().data)).containsExactly(bits(0.0, 1, 0.0, 0.0));
        assertThat(blocks.get(0).weight(0)).isEqualTo(2);
        assertThat(blocks.get(0).weight(1)).isEqualTo(2);
    }

    private static long[] bits(double... values) {
        return DoubleStream.of(values).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    @Test
    void rowsThatCannotBeComputedWithAreLeftOut() {
        List<Block> blocks = pack(
                Scaling.none(),
                row(1, Double.NaN, 0),
                row(1, (double[]) null),
                row(1, 1, 2),
                row(0, 3, 4),
                row(1, 0, Double.NEGATIVE_INFINITY),
                row(1, 1.0000001e150, 0),
                row(1, -1e150, 0));
        assertThat(blocks).hasSize(1);
        assertThat(blocks.get(0).rows().data).containsExactly(1, 2, -1e150, 0);
        assertThat(blocks.get(0).count()).isEqualTo(2);
        assertThat(pack(Scaling.none(), row(1, Double.NaN), row(0, 1.0))).isEmpty();
        assertThat(pack(Scaling.none())).isEmpty();
    }

    @Test
    void rowsAreScaledOnceAndTheSourceIsLeftAsItIs() {
        RowRecord first = row(1, 10, 4);
        Scaling scaling = Scaling.of(Scale.STANDARD, new double[] {8, 0}, new double[] {0.5, 2});
        List<Block> blocks = pack(scaling, first, row(1, 10, 4), row(1, 8, 1));
        assertThat(blocks.get(0).rows().data).containsExactly(1, 8, 0, 2);
        assertThat(first.getFeatures()).containsExactly(10, 4);
    }

    @Test
    void everyUsableRowOfAShardStaysARowOfItsWeight() {
        RowRecord none = row(1, 7);
        none.setFeatures(null);
        List<FloatBlock> blocks = shards(
                Scaling.none(),
                false,
                none,
                row(1, 1, 2),
                row(0, 5, 5),
                row(0.5, 1, 2),
                row(1, Double.NaN, 2),
                row(2, 0.1, -0.0),
                row(1, 1, Double.POSITIVE_INFINITY));
        assertThat(blocks).hasSize(1);
        FloatBlock block = blocks.get(0);
        assertThat(block.rows().data).containsExactly(1, 2, 1, 2, 0.1f, 0);
        assertThat(List.of(block.weight(0), block.weight(1), block.weight(2))).containsExactly(1f, 0.5f, 2f);
    }

    /** Rows without any value are left out; an infinite number is no missing one. */
    @Test
    void missingValuesOfAShardStayIfTheyAreKept() {
        Scaling scaling = Scaling.of(Scale.STANDARD, new double[] {1, 2}, new double[] {1, 2});
        List<FloatBlock> blocks = shards(
                scaling,
                true,
                row(1, Double.NaN, 3),
                row(1, Double.NaN, Double.NaN),
                row(1, Double.NaN, 3),
                row(1, 1, Double.POSITIVE_INFINITY));
        assertThat(blocks).hasSize(1);
        assertThat(blocks.get(0).rows().data).containsExactly(Float.NaN, 2, Float.NaN, 2);
    }

    @Test
    void rowsOfAShardAreScaledInDoublePrecisionFirst() {
        Scaling scaling = Scaling.of(Scale.STANDARD, new double[] {1e9}, new double[] {4});
        assertThat(shards(scaling, false, row(1, 1e9 + 0.25)).get(0).rows().data)
                .containsExactly(1);
    }

    @Test
    void aShardWithoutUsableRowsHasNoBlock() {
        assertThat(shards(Scaling.none(), false)).isEmpty();
        assertThat(shards(Scaling.none(), false, row(0, 1))).isEmpty();
        PackedRows<FloatBlock> empty = packed(() -> new BlockPacker.ShardPacker(null), false);
        assertThatThrownBy(empty::next).isInstanceOf(NoSuchElementException.class);
    }
}
