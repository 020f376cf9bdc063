package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class BlockSampleTest {
    private static final int ROWS = 10_000;
    private static final double HEAVY = 5000;

    /** Rows 0, 1, ... of weight 1, but the row 77 of a great one. */
    private static List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        int height = 500;
        for (int from = 0; from < ROWS; from += height) {
            double[] values = new double[height];
            double[] weights = new double[height];
            for (int i = 0; i < height; i++) {
                values[i] = from + i;
                weights[i] = from + i == 77 ? HEAVY : 1;
            }
            blocks.add(new Block(DMatrixRMaj.wrap(height, 1, values), weights, height));
        }
        return blocks;
    }

    private static List<Block> sample(double unit, long key) {
        List<Block> sample = new ArrayList<>();
        new BlockSample(blocks().iterator(), unit, key).forEachRemaining(sample::add);
        return sample;
    }

    @Test
    void eachRowStandsForTheSameWeight() {
        double unit = 20;
        double sum = 0;
        double weight = 0;
        boolean hasHeavy = false;
        List<Block> sample = sample(unit, 1);
        for (Block block : sample) {
            for (int i = 0; i < block.size(); i++) {
                boolean isHeavy = block.rows().get(i, 0) == 77;
                hasHeavy |= isHeavy;
                assertThat(block.weight(i)).isEqualTo(isHeavy ? HEAVY / unit : 1);
                weight += block.weight(i);
                sum += block.weight(i) * block.rows().get(i, 0);
            }
        }
        assertThat(hasHeavy).isTrue();
        // 750 with a binomial deviation of √(10,000 · 0.05 · 0.95) = 22
        assertThat(weight).isCloseTo((ROWS - 1 + HEAVY) / unit, within(5 * 22.0));
        double mean = ((ROWS - 1.0) * ROWS / 2 + (HEAVY - 1) * 77) / (ROWS - 1 + HEAVY);
        // values of the sampled rows deviate by 5,800 at most, and 22 is the deviation of their
        // number
        assertThat(sum / weight).isCloseTo(mean, within(5 * 5800 * 22.0 / 750));
        assertThat(sample).hasSize(1);
        assertThat(sample.get(0).isUnweighted()).isFalse();
    }

    @Test
    void theKeyDeterminesTheSample() {
        double[] one = sample(2, 1).get(0).rows().data;
        assertThat(sample(2, 1).get(0).rows().data).containsExactly(one);
        assertThat(Arrays.equals(sample(2, 2).get(0).rows().data, one)).isFalse();
        assertThat(sample(2, 1)).hasSizeGreaterThan(1);
        assertThat(sample(2, 1).get(0).size()).isEqualTo(Block.height(1));
        assertThat(sample(1e9, 1)).isEmpty();
    }
}
