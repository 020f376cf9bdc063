package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.linalg.FloatBlock;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/** All rows of one partition, as blocks of floats. */
public final class PartitionRows {
    private final List<FloatBlock> blocks;
    private final int height;
    private final int size;
    private final double weight;

    /**
     * @param blocks of equal height but for the last, which may be lower
     */
    public PartitionRows(List<FloatBlock> blocks) {
        this.blocks = List.copyOf(blocks);
        this.height = blocks.isEmpty() ? 1 : blocks.get(0).size();
        this.size = blocks.stream().mapToInt(FloatBlock::size).sum();
        double sum = 0;
        for (FloatBlock block : blocks) {
            for (int i = 0; i < block.size(); i++) {
                sum += block.weight(i);
            }
        }
        this.weight = sum;
    }

    /** Rows. */
    public int size() {
        return size;
    }

    /** Columns; not to be asked of no rows. */
    public int width() {
        return blocks.get(0).width();
    }

    /** Sum of the weights. */
    public double weight() {
        return weight;
    }

    /** What is done with some of the rows. */
    @FunctionalInterface
    public interface BatchAction {
        /**
         * @param batch n × d, a buffer that stands until the next one
         * @param weights of these rows, the first n entries
         */
        void take(FMatrixRMaj batch, float[] weights);
    }

    /**
     * Hands over all rows in their order.
     *
     * @param most rows of a batch
     */
    public void forEachBatch(int most, BatchAction action) {
        int[] order = IntStream.range(0, size).toArray();
        FMatrixRMaj batch = new FMatrixRMaj(0, 0);
        float[] weights = new float[most];
        for (int from = 0; from < size; from += most) {
            gather(order, from, Math.min(most, size - from), batch, weights);
            action.take(batch, weights);
        }
    }

    /**
     * Copies rows into a batch.
     *
     * @param order indices of rows
     * @param from first entry of the order
     * @param count rows to copy
     * @param batch reshaped to count × d
     * @param weights of the rows copied
     */
    public void gather(int[] order, int from, int count, FMatrixRMaj batch, float[] weights) {
        int width = width();
        batch.reshape(count, width);
        for (int i = 0; i < count; i++) {
            int row = order[from + i];
            FloatBlock block = blocks.get(row / height);
            int within = row % height;
            System.arraycopy(block.rows().data, within * width, batch.data, i * width, width);
            weights[i] = block.weight(within);
        }
    }
}
