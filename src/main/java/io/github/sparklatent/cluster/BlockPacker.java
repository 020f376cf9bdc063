package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.cluster.table.UsableRows;
import io.github.sparklatent.linalg.Block;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.ejml.data.DMatrixRMaj;

/**
 * Packs the rows of a partition into scaled blocks. Unusable rows are left out. Equal neighbours
 * are merged into one row of greater weight, so that a row of weight 2 is the same data as two
 * equal rows.
 */
final class BlockPacker implements Iterator<Packed<Block>> {
    private final UsableRows rows;
    private final Scaling scaling;

    /**
     * Creates the packer of a partition.
     *
     * @param keep whether NaN is a missing value
     */
    BlockPacker(Iterator<RowRecord> rows, Scaling scaling, boolean keep) {
        this.rows = new UsableRows(rows, keep);
        this.scaling = scaling;
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public Packed<Block> next() {
        if (!rows.hasNext()) {
            throw new NoSuchElementException("the partition has no more rows");
        }
        int d = rows.peek().getFeatures().length;
        int height = Block.height(d);
        double[] values = new double[height * d];
        double[] weights = new double[height];
        long before = rows.fingerprint();
        int size = 0;
        long count = 0;
        double squares = 0;
        boolean unit = true;
        while (rows.hasNext() && size < height) {
            RowRecord row = rows.peek();
            double weight = 0;
            while (rows.hasNext() && isEqual(rows.peek().getFeatures(), row.getFeatures())) {
                double own = rows.next().getWeight();
                weight += own;
                squares += own * own;
                count++;
            }
            copy(row.getFeatures(), values, size * d);
            scaling.apply(values, size * d, d);
            weights[size++] = weight;
            unit &= weight == 1;
        }
        if (size < height) {
            values = Arrays.copyOf(values, size * d);
            weights = Arrays.copyOf(weights, size);
        }
        return new Packed<>(
                new Block(DMatrixRMaj.wrap(size, d, values), unit ? null : weights, count, squares),
                count,
                rows.fingerprint() - before);
    }

    /**
     * Compares rows; −0.0 equals 0.0 and missing values are equal, as in Spark's hash and order,
     * which makes equal rows neighbours.
     */
    private static boolean isEqual(double[] a, double[] b) {
        for (int j = 0; j < a.length && j < b.length; j++) {
            if (a[j] != b[j] && !(Double.isNaN(a[j]) && Double.isNaN(b[j]))) {
                return false;
            }
        }
        return a.length == b.length;
    }

    /**
     * Copies a row. Adding 0.0 turns −0.0 into 0.0, so that the order of equal rows does not
     * matter.
     */
    private static void copy(double[] row, double[] values, int at) {
        for (int j = 0; j < row.length; j++) {
            values[at + j] = row[j] + 0.0;
        }
    }
}
