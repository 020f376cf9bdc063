package io.github.sparklatent.learn.em;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.linalg.Block;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class RowCountsTest {
    @Test
    void equalRowsAddTheirWeights() {
        DMatrixRMaj rows = new DMatrixRMaj(new double[][] {{1, 0}, {2, 3}, {1, -0.0}, {4, 4}});
        Block weighted = new Block(rows, new double[] {1, 5, 2, 7}, 4);
        InMemoryRowBlocks data = new InMemoryRowBlocks(List.of(List.of(weighted), List.of(Block.of(rows))));
        List<SelectedRow> selected = List.of(
                new SelectedRow(0, new double[] {1, 0}),
                new SelectedRow(1, new double[] {4, 4}),
                new SelectedRow(2, new double[] {9, 9}));
        assertThat(RowCounts.of(data, selected)).containsExactly(5, 8, 0);
    }
}
