package io.github.sparklatent.learn.em;

import io.github.sparklatent.linalg.Block;
import java.util.Arrays;

/**
 * Weighted sums and sums of squares of each column around a point, for means and variances. Missing values are left
 * out.
 *
 * <p>The vector of sums has the total weight of each column, d sums and d sums of squares.
 *
 * @param around d numbers near the data, to avoid cancellation. Not to be modified.
 */
public record ColumnMoments(double[] around) implements Expectation {
    /**
     * Share of the squared distance to the mean below which a variance is a rounding error. A constant column has such
     * a variance if its mean was rounded.
     */
    private static final double CANCELLED = 1e-8;

    /** Returns the means of the columns of a data set over the observed values, in one traversal. */
    public static double[] means(RowBlocks data) {
        return means(data, new double[data.width()]);
    }

    /** Returns the means as sums of differences to numbers near the data. */
    public static double[] means(RowBlocks data, double[] around) {
        ColumnMoments moments = new ColumnMoments(around);
        return moments.means(data.sums("means of the columns", moments).sums());
    }

    /** Returns the variances of the columns around their means over the observed values, in one traversal. */
    public static double[] variances(RowBlocks data, double[] means) {
        ColumnMoments moments = new ColumnMoments(means);
        return moments.variances(data.sums("variances of the columns", moments).sums());
    }

    @Override
    public Accumulator accumulator() {
        double[] statistics = new double[3 * around.length];
        return Accumulator.of(statistics, block -> addBlock(block, statistics));
    }

    private void addBlock(Block block, double[] statistics) {
        int d = around.length;
        double[] x = block.rows().data;
        for (int i = 0; i < block.size(); i++) {
            double weight = block.weight(i);
            for (int j = 0; j < d; j++) {
                double difference = x[i * d + j] - around[j];
                if (!Double.isNaN(difference)) {
                    statistics[j] += weight;
                    statistics[d + j] += weight * difference;
                    statistics[2 * d + j] += weight * difference * difference;
                }
            }
        }
    }

    /** Returns the mean of each column; of one without values the point. */
    public double[] means(double[] sums) {
        double[] means = new double[around.length];
        Arrays.setAll(means, j -> sums[j] == 0 ? around[j] : around[j] + sums[means.length + j] / sums[j]);
        return means;
    }

    /**
     * Returns the population variance of each column, as does StandardScaler of scikit-learn; 0 if it is lost in the
     * rounding errors of the distance to the mean.
     */
    public double[] variances(double[] sums) {
        int d = around.length;
        double[] variances = new double[d];
        for (int j = 0; j < d; j++) {
            double mean = sums[d + j] / sums[j];
            double variance = sums[2 * d + j] / sums[j] - mean * mean;
            variances[j] = variance <= CANCELLED * mean * mean ? 0 : variance; // NaN stays
        }
        return variances;
    }
}
