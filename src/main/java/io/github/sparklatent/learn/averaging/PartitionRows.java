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
     * Creates a partition.
     *
     * @param blocks blocks of rows, all of the same height; only the last block may have fewer rows
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

    public int size() {
        return size;
    }

    /** Number of columns. Fails if the partition is empty. */
    public int width() {
        return blocks.get(0).width();
    }

    public double weight() {
        return weight;
    }

    /** Returns Σ_{j ≤ i} w_j for each row i. */
    double[] cumulativeWeights() {
        double[] cumulative = new double[size];
        double sum = 0;
        int i = 0;
        for (FloatBlock block : blocks) {
            for (int row = 0; row < block.size(); row++) {
                sum += block.weight(row);
                cumulative[i++] = sum;
            }
        }
        return cumulative;
    }

    /** An operation on a batch of rows. */
    @FunctionalInterface
    public interface BatchAction {
        /**
         * Processes a batch.
         *
         * @param batch n × d, a buffer that is valid until the next batch
         * @param weights weight of each of these rows; only the first n entries are used
         */
        void take(FMatrixRMaj batch, float[] weights);
    }

    /** Passes all rows to an action, in order. {@code maxRows}: largest number of rows of a batch. */
    public void forEachBatch(int maxRows, BatchAction action) {
        int[] order = IntStream.range(0, size).toArray();
        FMatrixRMaj batch = new FMatrixRMaj(0, 0);
        float[] weights = new float[maxRows];
        for (int from = 0; from < size; from += maxRows) {
            gather(order, from, Math.min(maxRows, size - from), batch, weights);
            action.take(batch, weights);
        }
    }

    /**
     * Copies rows into a batch.
     *
     * @param order row indices
     * @param from index of the first entry of the order
     * @param count number of rows to copy
     * @param batch reshaped to count × d
     * @param weights receives the weights of the copied rows
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
