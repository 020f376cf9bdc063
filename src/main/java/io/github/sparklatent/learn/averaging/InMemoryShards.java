package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.OrderedSum;
import io.github.sparklatent.learn.Traffic;
import io.github.sparklatent.learn.averaging.PartitionWork.PartitionResult;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.FloatBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * Rows on the driver, for small tables and as the reference of the cluster: the same partitions and the same order of
 * summation. The cores of this machine share the partitions, and the results of all are held at once. An interrupted
 * thread starts no traversal.
 */
public final class InMemoryShards implements Shards {
    private final List<PartitionRows> partitions;
    private final int width;
    private final PartitionSizes sizes;

    /**
     * Creates a data set of given partitions.
     *
     * @param partitions the rows of each partition; some but not all may be empty
     */
    public InMemoryShards(List<PartitionRows> partitions) {
        this.partitions = List.copyOf(partitions);
        this.sizes = PartitionSizes.of(
                partitions.stream().mapToLong(PartitionRows::size).toArray(),
                partitions.stream().mapToDouble(PartitionRows::weight).toArray());
        if (sizes.rows() == 0) {
            throw new DataException("the table has no rows");
        }
        this.width = partitions.stream()
                .filter(part -> part.size() > 0)
                .findFirst()
                .get()
                .width();
    }

    /**
     * Returns rows of weight 1 in partitions of nearly equal size, cut in row order.
     *
     * @param rows n × d. Not modified.
     */
    public static InMemoryShards of(FMatrixRMaj rows, int partitions) {
        List<PartitionRows> parts = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            int from = (int) ((long) p * rows.numRows / partitions);
            int to = (int) ((p + 1L) * rows.numRows / partitions);
            FMatrixRMaj part = new FMatrixRMaj(to - from, rows.numCols);
            System.arraycopy(rows.data, from * rows.numCols, part.data, 0, part.getNumElements());
            parts.add(new PartitionRows(to == from ? List.of() : List.of(new FloatBlock(part, null))));
        }
        return new InMemoryShards(parts);
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public PartitionSizes sizes() {
        return sizes;
    }

    @Override
    public Kept computed(int columns, Computed rows) {
        List<List<Block>> blocks = partitions.stream()
                .filter(part -> part.size() > 0)
                .map(rows::of)
                .toList();
        return new Kept(new InMemoryRowBlocks(blocks), () -> {});
    }

    @Override
    public Result run(String description, PartitionWork work) {
        InMemoryRowBlocks.requireNoInterrupt();
        long start = System.nanoTime();
        List<PartitionResult> results = IntStream.range(0, partitions.size())
                .parallel()
                .filter(p -> partitions.get(p).size() > 0)
                .mapToObj(p -> work.run(p, partitions.get(p)))
                .toList();
        long computed = System.nanoTime();
        double weight = 0;
        for (PartitionResult result : results) {
            weight += result.weight();
        }
        WeightedAverage average = new WeightedAverage(work.length(), weight, true);
        OrderedSum sums = new OrderedSum(work.sums());
        for (PartitionResult result : results) {
            average.add(result.values(), result.weight());
            sums.add(result.sums());
        }
        return new Result(
                average.values(),
                weight,
                sums.values(),
                0,
                (computed - start) / 1e9,
                (System.nanoTime() - computed) / 1e9,
                Traffic.inMemory(partitions.size()));
    }
}
