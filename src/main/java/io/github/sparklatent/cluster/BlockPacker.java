package io.github.sparklatent.cluster;

import io.github.sparklatent.linalg.Block;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.ejml.data.DMatrixRMaj;

/**
 * Packs the rows of a partition into blocks, scaled. Rows that cannot be computed with are left
 * out; equal neighbours become one row of greater weight, so that a row of weight 2 and the same
 * row twice are the same data.
 */
final class BlockPacker implements Iterator<Block> {
    private final Iterator<RowRecord> rows;
    private final Scaling scaling;
    private RowRecord next;

    BlockPacker(Iterator<RowRecord> rows, Scaling scaling) {
        this.rows = rows;
        this.scaling = scaling;
        this.next = nextUsable();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Block next() {
        if (next == null) {
            throw new NoSuchElementException("the partition has no more rows");
        }
        int d = next.getFeatures().length;
        int height = Block.height(d);
        double[] values = new double[height * d];
        double[] weights = new double[height];
        int size = 0;
        long count = 0;
        boolean unit = true;
        while (next != null && size < height) {
            RowRecord row = next;
            double weight = 0;
            while (next != null && Arrays.equals(next.getFeatures(), row.getFeatures())) {
                weight += next.getWeight();
                count++;
                next = nextUsable();
            }
            System.arraycopy(row.getFeatures(), 0, values, size * d, d);
            scaling.apply(values, size * d, d);
            weights[size++] = weight;
            unit &= weight == 1;
        }
        DMatrixRMaj matrix = new DMatrixRMaj(size, d, true, Arrays.copyOf(values, size * d));
        return new Block(matrix, unit ? null : Arrays.copyOf(weights, size), count);
    }

    private RowRecord nextUsable() {
        while (rows.hasNext()) {
            RowRecord row = rows.next();
            if (Census.isUsable(row)) {
                return row;
            }
        }
        return null;
    }
}
