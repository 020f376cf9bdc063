package io.github.sparklatent.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class BlockTest {
    @Test
    void rowsOfWeightOne() {
        Block block = Block.of(TestMatrices.uniform(5, 3, 1));
        assertThat(block.size()).isEqualTo(5);
        assertThat(block.width()).isEqualTo(3);
        assertThat(block.count()).isEqualTo(5);
        assertThat(block.isUnweighted()).isTrue();
        assertThat(block.weight(4)).isEqualTo(1);
    }

    @Test
    void mergedRowsStandForMoreThanTheyAre() {
        Block block = new Block(TestMatrices.uniform(2, 3, 1), new double[] {4, 0.5}, 6);
        assertThat(block.size()).isEqualTo(2);
        assertThat(block.count()).isEqualTo(6);
        assertThat(block.isUnweighted()).isFalse();
        assertThat(block.weight(0)).isEqualTo(4);
        assertThat(block.weight(1)).isEqualTo(0.5);
    }

    @Test
    void aWeightForEachRow() {
        assertThatThrownBy(() -> new Block(new DMatrixRMaj(3, 2), new double[2], 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("block has 2 weights, expected 3 (one per row)");
    }

    @Test
    void heightFollowsFromTheWidthAlone() {
        assertThat(Block.height(0)).isEqualTo(1024);
        assertThat(Block.height(1)).isEqualTo(1024);
        assertThat(Block.height(64)).isEqualTo(512);
        assertThat(Block.height(784)).isEqualTo(41);
        assertThat(Block.height(1_000_000)).isEqualTo(32);
    }
}
