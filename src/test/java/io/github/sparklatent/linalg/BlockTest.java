package io.github.sparklatent.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
    void heightFollowsFromTheWidthAlone() {
        assertThat(Block.height(0)).isEqualTo(1024);
        assertThat(Block.height(1)).isEqualTo(1024);
        assertThat(Block.height(64)).isEqualTo(512);
        assertThat(Block.height(784)).isEqualTo(41);
        assertThat(Block.height(1_000_000)).isEqualTo(32);
    }

    @Test
    void slicesHaveTheRowsWeightsAndCounts() {
        double[] weights = {1, 2, 3, 4, 5};
        Block block = new Block(TestMatrices.uniform(5, 3, 1), weights, 9);
        List<Block> slices = block.slices(2);
        assertThat(slices).extracting(Block::size).containsExactly(2, 2, 1);
        assertThat(slices.stream().mapToLong(Block::count).sum()).isEqualTo(9);
        assertThat(slices.stream().mapToDouble(Block::squaredWeights).sum()).isEqualTo(55);
        for (int i = 0; i < 5; i++) {
            assertThat(slices.get(i / 2).weight(i % 2)).isEqualTo(weights[i]);
            assertThat(slices.get(i / 2).rows().get(i % 2, 1))
                    .isEqualTo(block.rows().get(i, 1));
        }
        assertThat(block.slices(5)).containsExactly(block);
    }
}
