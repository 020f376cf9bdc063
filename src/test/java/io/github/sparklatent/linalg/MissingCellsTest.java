package io.github.sparklatent.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class MissingCellsTest {
    private static final double NONE = Double.NaN;

    @Test
    void completeRowsHaveNone() {
        Block block = Block.of(TestMatrices.uniform(4, 3, 1));
        assertThat(block.isComplete()).isTrue();
        assertThat(block.missing()).isNull();
    }

    @Test
    void rowsAreOrderedByPattern() {
        Block block = Block.of(new DMatrixRMaj(new double[][] {
            {1, NONE, 2},
            {1, 2, 3},
            {NONE, 1, 2},
            {3, NONE, 1},
            {NONE, 4, NONE},
            {5, 6, 7}
        }));
        MissingCells missing = block.missing();
        assertThat(missing.completeRows()).containsExactly(1, 5);
        assertThat(missing.incompleteRows()).containsExactly(2, 0, 3, 4);
        assertThat(missing.patterns()).isEqualTo(3);
        assertThat(missing.columns(0)).containsExactly(0);
        assertThat(missing.columns(1)).containsExactly(1);
        assertThat(missing.columns(2)).containsExactly(2, 0);
        assertThat(missing.start(1)).isEqualTo(1);
        assertThat(missing.end(1)).isEqualTo(3);
    }

    @Test
    void selectedRowsKeepTheirWeights() {
        Block block = new Block(TestMatrices.uniform(3, 2, 1), new double[] {1, 2, 3}, 9).select(new int[] {2, 0});
        assertThat(block.size()).isEqualTo(2);
        assertThat(block.weight(0)).isEqualTo(3);
        assertThat(block.weight(1)).isEqualTo(1);
    }
}
