package io.github.sparklatent.ml.network.options;

import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.nn.likelihood.Likelihood;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * Computes the centre of each column, sinh (Σ w_i asinh x_ij / Σ w_i). It is near the mean if a
 * column is within a few units of 0 or far from 0 compared to its spread, else near the geometric
 * mean. Unlike the mean, it hardly depends on single outliers.
 *
 * @param width d
 */
public record ColumnCentres(int width) implements PartitionWork {
    private static final int BATCH = 128;

    /**
     * Returns the centres of the columns of all rows. If no output starts at a centre, they are 0
     * and the rows are not read.
     */
    public static double[] of(Shards rows, Likelihood likelihood) {
        int width = rows.width();
        if (!likelihood.isUnbounded()) {
            return new double[width];
        }
        Shards.Result result = rows.run("centres of the columns", new ColumnCentres(width));
        double weight = result.sums()[width];
        return Arrays.stream(result.sums(), 0, width)
                .map(sum -> StrictMath.sinh(sum / weight))
                .toArray();
    }

    @Override
    public int length() {
        return 0;
    }

    @Override
    public int sums() {
        return width + 1;
    }

    @Override
    public PartitionResult run(int partition, PartitionRows rows) {
        double[] sums = new double[sums()];
        rows.forEachBatch(BATCH, (batch, weights) -> add(batch, weights, sums));
        sums[width] = rows.weight();
        return new PartitionResult(rows.weight(), new float[0], sums);
    }

    private void add(FMatrixRMaj batch, float[] weights, double[] sums) {
        for (int i = 0; i < batch.numRows; i++) {
            for (int j = 0; j < width; j++) {
                sums[j] += weights[i] * inverseSinh(batch.data[i * width + j]);
            }
        }
    }

    /** Returns asinh x, also of numbers near 0. */
    private static double inverseSinh(double x) {
        double magnitude = Math.abs(x);
        double square = magnitude * magnitude;
        double inverse = StrictMath.log1p(magnitude + square / (1 + Math.sqrt(square + 1)));
        return Math.copySign(inverse, x);
    }
}
