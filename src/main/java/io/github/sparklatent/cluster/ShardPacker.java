package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.cluster.table.UsableRows;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.FloatBlock;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.ejml.data.FMatrixRMaj;

/**
 * Packs the rows of a partition into scaled blocks of floats. Unusable rows are left out. Each
 * other row is kept with its weight; equal rows are not merged.
 */
final class ShardPacker implements Iterator<Packed<FloatBlock>> {
    private final UsableRows rows;
    private final Scaling scaling;

    /**
     * Creates the packer of a partition.
     *
     * @param keep whether NaN is a missing value
     */
    ShardPacker(Iterator<RowRecord> rows, Scaling scaling, boolean keep) {
        this.rows = new UsableRows(rows, keep);
        this.scaling = scaling;
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public Packed<FloatBlock> next() {
        if (!rows.hasNext()) {
            throw new NoSuchElementException("the partition has no more rows");
        }
        int d = rows.peek().getFeatures().length;
        int height = Block.height(d);
        float[] values = new float[height * d];
        float[] weights = new float[height];
        double[] scaled = new double[d];
        long before = rows.fingerprint();
        int size = 0;
        boolean unit = true;
        while (rows.hasNext() && size < height) {
            RowRecord row = rows.next();
            System.arraycopy(row.getFeatures(), 0, scaled, 0, d);
            scaling.apply(scaled, 0, d);
            for (int j = 0; j < d; j++) {
                values[size * d + j] = (float) (scaled[j] + 0.0);
            }
            weights[size++] = (float) row.getWeight();
            unit &= row.getWeight() == 1;
        }
        if (size < height) {
            values = Arrays.copyOf(values, size * d);
            weights = Arrays.copyOf(weights, size);
        }
        return new Packed<>(
                new FloatBlock(FMatrixRMaj.wrap(size, d, values), unit ? null : weights),
                size,
                rows.fingerprint() - before);
    }
}
