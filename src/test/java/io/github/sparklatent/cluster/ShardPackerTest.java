package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.cluster.table.HoldoutRule;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.linalg.FloatBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShardPackerTest {
    private static RowRecord row(double weight, double... features) {
        RowRecord row = new RowRecord();
        row.setFeatures(features);
        row.setWeight(weight);
        return row;
    }

    private static PackedRows<FloatBlock> packed(Scaling scaling, boolean keep, RowRecord... rows) {
        return new PackedRows<>(
                List.of(rows).iterator(),
                keep,
                HoldoutRule.ofNone(Set.of()),
                () -> new BlockPacker.ShardPacker(scaling));
    }

    private static List<FloatBlock> pack(Scaling scaling, RowRecord... rows) {
        return pack(scaling, false, rows);
    }

    private static List<FloatBlock> pack(Scaling scaling, boolean keep, RowRecord... rows) {
        List<FloatBlock> blocks = new ArrayList<>();
        packed(scaling, keep, rows).forEachRemaining(packed -> blocks.add(packed.block));
        return blocks;
    }

    @Test
    void everyUsableRowStaysARowOfItsWeight() {
        RowRecord none = row(1, 7);
        none.setFeatures(null);
        List<FloatBlock> blocks = pack(
                Scaling.none(),
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
    void missingValuesStayIfTheyAreKept() {
        Scaling scaling = Scaling.of(Scale.STANDARD, new double[] {1, 2}, new double[] {1, 2});
        List<FloatBlock> blocks = pack(
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
    void rowsAreScaledInDoublePrecisionFirst() {
        Scaling scaling = Scaling.of(Scale.STANDARD, new double[] {1e9}, new double[] {4});
        assertThat(pack(scaling, row(1, 1e9 + 0.25)).get(0).rows().data).containsExactly(1);
    }

    @Test
    void aPartitionWithoutUsableRowsHasNoBlock() {
        assertThat(pack(Scaling.none())).isEmpty();
        assertThat(pack(Scaling.none(), row(0, 1))).isEmpty();
        PackedRows<FloatBlock> empty = packed(null, false);
        assertThatThrownBy(empty::next).isInstanceOf(NoSuchElementException.class);
    }
}
