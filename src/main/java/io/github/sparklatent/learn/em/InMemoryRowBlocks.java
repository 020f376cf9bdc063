package io.github.sparklatent.learn.em;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.OrderedSum;
import io.github.sparklatent.learn.Traffic;
import io.github.sparklatent.linalg.Block;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Rows on the driver, for small tables and as the reference of the cluster: the same blocks, partitions and order of
 * summation. The partitions are shared among the cores of this machine. An interrupted thread starts no traversal.
 */
public final class InMemoryRowBlocks implements RowBlocks {
    private final List<List<Block>> partitions;
    private final int width;

    /**
     * Creates a data set of given partitions.
     *
     * @param partitions the blocks of each partition; at least one block in total
     */
    public InMemoryRowBlocks(List<List<Block>> partitions) {
        this.partitions = partitions;
        this.width = partitions.stream()
                .flatMap(List::stream)
                .findFirst()
                .orElseThrow(() -> new DataException("the table has no rows"))
                .width();
    }

    /**
     * Returns one partition of blocks of the given height.
     *
     * @param rows n × d. Not modified.
     */
    public static InMemoryRowBlocks of(DMatrixRMaj rows, int height) {
        List<Block> blocks = java.util.stream.IntStream.iterate(0, from -> from < rows.numRows, from -> from + height)
                .mapToObj(from -> Block.of(
                        CommonOps_DDRM.extract(rows, from, Math.min(rows.numRows, from + height), 0, rows.numCols)))
                .toList();
        return new InMemoryRowBlocks(List.of(blocks));
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public long rows() {
        return partitions.stream().flatMap(List::stream).mapToLong(Block::count).sum();
    }

    @Override
    public boolean isComplete() {
        return partitions.stream().flatMap(List::stream).allMatch(Block::isComplete);
    }

    /**
     * Throws a {@link CancellationException} if a user has interrupted the thread, which would end a Spark job, too.
     */
    public static void requireNoInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the training was interrupted");
        }
    }

    @Override
    public ReducedSums sums(String description, Expectation expectation) {
        requireNoInterrupt();
        long start = System.nanoTime();
        OrderedSum sum = new OrderedSum(expectation.length());
        partitions.parallelStream()
                .map(partition -> {
                    Expectation.Accumulator accumulator = expectation.accumulator();
                    partition.forEach(accumulator::add);
                    return accumulator.statistics();
                })
                .toList()
                .forEach(sum::add);
        return new ReducedSums(
                sum.values(), 0, (System.nanoTime() - start) / 1e9, 0, Traffic.inMemory(partitions.size()));
    }

    @Override
    public List<SelectedRow> smallest(String description, RowScore score, int count) {
        SmallestRows smallest = new SmallestRows(count, score.isOfDistinctRows());
        for (int i = 0; i < partitions.size(); i++) {
            SmallestRows.of(partitions.get(i), i, score, count).forEach(smallest::add);
        }
        return smallest.rows();
    }
}
