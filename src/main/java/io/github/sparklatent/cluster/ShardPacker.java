package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.FloatBlock;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/** Packs rows into one scaled block of floats. Each row is kept with its weight. */
final class ShardPacker implements PackedRows.Packer<FloatBlock> {
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
