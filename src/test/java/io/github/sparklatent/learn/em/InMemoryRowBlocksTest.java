package io.github.sparklatent.learn.em;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.TestMatrices;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class InMemoryRowBlocksTest {
    private static final DMatrixRMaj ROWS = TestMatrices.uniform(11, 2, 1);

    @Test
    void blocksOfAHeightHoldEveryRowOnce() {
        for (int height : new int[] {1, 2, 7, 11, 100}) {
            List<Integer> sizes = new ArrayList<>();
            InMemoryRowBlocks blocks = InMemoryRowBlocks.of(ROWS, height);
            double[] sums =
                    blocks.sums("", new ColumnSums(2, sizes, new ArrayList<>())).sums();
            double[] expected = new double[2];
            for (int i = 0; i < 11; i++) {
                expected[0] += ROWS.get(i, 0);
                expected[1] += ROWS.get(i, 1);
            }
            assertThat(sums).containsExactly(expected);
            assertThat(sizes.subList(0, sizes.size() - 1)).allMatch(size -> size == height);
            assertThat(blocks.rows()).isEqualTo(11);
            assertThat(blocks.width()).isEqualTo(2);
        }
    }

    @Test
    void partialResultsAreAddedInPartitionOrder() {
        InMemoryRowBlocks blocks = new InMemoryRowBlocks(
                List.of(List.of(block(1e16)), List.of(), List.of(block(1), block(1)), List.of(block(-1e16))));
        // 1e16 + (1 + 1) − 1e16 = 2; row by row it would be 0.
        assertThat(blocks.sums("", new ColumnSums(1, new ArrayList<>(), new ArrayList<>()))
                        .sums()[0])
                .isEqualTo(2);
    }

    @Test
    void eachPartitionHasBuffersOfItsOwn() {
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        ColumnSums sums = new ColumnSums(1, sizes, new CopyOnWriteArrayList<>());
        new InMemoryRowBlocks(List.of(List.of(block(1)), List.of(block(2, 3)), List.of(block(4)))).sums("", sums);
        assertThat(sums.accumulators()).hasSize(3).doesNotHaveDuplicates();
        assertThat(sizes).containsExactlyInAnyOrder(1, 2, 1);
    }

    @Test
    void rowsAreThoseOfTheTable() {
        Block merged = new Block(TestMatrices.uniform(2, 3, 1), new double[] {5, 2}, 7);
        InMemoryRowBlocks blocks = new InMemoryRowBlocks(List.of(List.of(merged), List.of(merged)));
        assertThat(blocks.rows()).isEqualTo(14);
        assertThat(blocks.width()).isEqualTo(3);
    }

    @Test
    void theSmallestRowsOfAllPartitions() {
        InMemoryRowBlocks blocks =
                new InMemoryRowBlocks(List.of(List.of(block(5), block(2)), List.of(), List.of(block(4, 2, 1))));
        List<SelectedRow> rows = blocks.smallest(
                "", partition -> (block, scores) -> System.arraycopy(block.rows().data, 0, scores, 0, block.size()), 3);
        assertThat(rows).extracting(SelectedRow::score).containsExactly(1.0, 2.0, 4.0);
    }

    private static Block block(double... values) {
        return Block.of(new DMatrixRMaj(values.length, 1, true, values));
    }

    /**
     * Sums of the columns.
     *
     * @param sizes gets the size of each block
     * @param accumulators gets each accumulator
     */
    private record ColumnSums(int length, List<Integer> sizes, List<Expectation.Accumulator> accumulators)
            implements Expectation {
        @Override
        public Accumulator accumulator() {
            double[] sums = new double[length];
            Accumulator accumulator = Accumulator.of(sums, block -> {
                sizes.add(block.size());
                for (int i = 0; i < block.size() * length; i++) {
                    sums[i % length] += block.rows().data[i];
                }
            });
            accumulators.add(accumulator);
            return accumulator;
        }
    }
}
