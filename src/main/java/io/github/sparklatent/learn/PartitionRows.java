package io.github.sparklatent.learn;

import io.github.sparklatent.linalg.FloatBlock;
import java.util.List;
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
