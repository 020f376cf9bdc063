package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.FloatBlock;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * Packs rows into one scaled block. Equal neighbours are merged into one row of greater weight, so that a row of weight
 * 2 is the same data as two equal rows.
 */
public final class BlockPacker implements PackedRows.Packer<Block> {
    private final Scaling scaling;
    private double[] last;
    private double[] values;
    private double[] weights;
    private int size;
    private long count;
    private double squares;

    public BlockPacker(Scaling scaling) {
        this.scaling = scaling;
    }

    @Override
    public long add(RowRecord row, long copies) {
        double[] x = row.getFeatures();
        double own = row.getWeight();
        if (last != null && RowRecord.areEqual(x, last)) {
            size--;
        } else {
            int height = Block.height(x.length);
            if (size == height) {
                return 0;
            }
            if (size == 0) {
                values = new double[height * x.length];
                weights = new double[height];
            }
            copy(x, values, size * x.length);
            weights[size] = 0;
            last = x;
        }
        for (long i = 0; i < copies; i++) { // rounds as if each were a record
            weights[size] += own;
            squares += own * own;
        }
        size++;
        count += copies;
        return copies;
    }

    @Override
    public long rows() {
        return count;
    }

    @Override
    public Block block() {
        int d = last.length;
        boolean isFull = size == weights.length;
        double[] rows = isFull ? values : Arrays.copyOf(values, size * d);
        double[] own = isFull ? weights : Arrays.copyOf(weights, size);
        Block block = new Block(
                DMatrixRMaj.wrap(size, d, rows),
                Arrays.stream(own).allMatch(weight -> weight == 1) ? null : own,
                count,
                squares);
        return scaled(block, scaling);
    }

    /** Returns a block with scaled rows. The block is not modified. */
    static Block scaled(Block block, Scaling scaling) {
        if (scaling.kind() == Scale.NONE) {
            return block;
        }
        int d = block.width();
        double[] rows = block.rows().data.clone();
        for (int i = 0; i < block.size(); i++) {
            scaling.apply(rows, i * d, d);
        }
        return block.with(DMatrixRMaj.wrap(block.size(), d, rows));
    }

    /** Copies a row. Adding 0.0 turns −0.0 into 0.0, so that the order of equal rows does not matter. */
    private static void copy(double[] row, double[] values, int at) {
        for (int j = 0; j < row.length; j++) {
            values[at + j] = row[j] + 0.0;
        }
    }

    /** Packs rows into one scaled block of floats. Each row is kept with its weight. */
    static final class ShardPacker implements PackedRows.Packer<FloatBlock> {
        private final Scaling scaling;
        private double[] scaled;
        private float[] values;
        private float[] weights;
        private int size;
        private boolean unit = true;

        ShardPacker(Scaling scaling) {
            this.scaling = scaling;
        }

        @Override
        public long add(RowRecord row, long copies) {
            int d = row.getFeatures().length;
            int height = Block.height(d);
            if (size == 0) {
                scaled = new double[d];
                values = new float[height * d];
                weights = new float[height];
            }
            System.arraycopy(row.getFeatures(), 0, scaled, 0, d);
            scaling.apply(scaled, 0, d);
            int packed = (int) Math.min(copies, height - size);
            for (int i = 0; i < packed; i++) {
                for (int j = 0; j < d; j++) {
                    values[size * d + j] = (float) (scaled[j] + 0.0);
                }
                weights[size++] = (float) row.getWeight();
            }
            unit &= packed == 0 || row.getWeight() == 1;
            return packed;
        }

        @Override
        public long rows() {
            return size;
        }

        @Override
        public FloatBlock block() {
            int d = scaled.length;
            boolean isFull = size == weights.length;
            float[] rows = isFull ? values : Arrays.copyOf(values, size * d);
            float[] own = isFull ? weights : Arrays.copyOf(weights, size);
            return new FloatBlock(FMatrixRMaj.wrap(size, d, rows), unit ? null : own);
        }
    }
}
