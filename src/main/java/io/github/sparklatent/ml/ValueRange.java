package io.github.sparklatent.ml;

import io.github.sparklatent.cluster.Scaling;
import io.github.sparklatent.learn.PartitionRows;
import io.github.sparklatent.learn.PartitionWork;
import io.github.sparklatent.learn.Shards;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What rows' values range over in the units of the table, whatever the column: the greatest less
 * the least.
 *
 * @param scaling of the rows, which is undone
 * @param partitions how many; each has two places of its own in the sums
 */
public record ValueRange(Scaling scaling, int partitions) implements PartitionWork {
    private static final int BATCH = 128;

    /** Digits that undoing a scaling of floats leaves. */
    private static final MathContext DIGITS = new MathContext(6);

    /** The range, to six digits; 0 where all values are the same. */
    public static double of(Shards rows, Scaling scaling, String description) {
        ValueRange work = new ValueRange(scaling, rows.partitions());
        double[] sums = rows.run(description, work).sums();
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int p = 0; p < work.partitions; p++) {
            if (sums[3 * p] > 0) {
                least = Math.min(least, sums[3 * p + 1]);
                greatest = Math.max(greatest, sums[3 * p + 2]);
            }
        }
        return new BigDecimal(greatest - least).round(DIGITS).doubleValue();
    }

    @Override
    public int length() {
        return 0;
    }

    @Override
    public int sums() {
        return 3 * partitions;
    }

    /** Whether there are rows, the least value, the greatest. */
    @Override
    public PartitionResult run(int partition, PartitionRows rows) {
        double[] row = new double[rows.width()];
        double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        rows.forEachBatch(
                BATCH,
                (batch, weights) -> {
                    for (int i = 0; i < batch.numRows; i++) {
                        TableUnits.of(scaling, batch, i, row);
                        for (double value : row) {
                            range[0] = Math.min(range[0], value);
                            range[1] = Math.max(range[1], value);
                        }
                    }
                });
        double[] sums = new double[sums()];
        sums[3 * partition] = 1;
        sums[3 * partition + 1] = range[0];
        sums[3 * partition + 2] = range[1];
        return new PartitionResult(rows.weight(), new float[0], sums);
    }
}
