package io.github.sparklatent.ml.network.options;

import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.nn.Missing;
import io.github.sparklatent.nn.likelihood.Likelihood;
import org.ejml.data.FMatrixRMaj;

/**
 * Computes the centre of each column, sinh (Σ w_i asinh x_ij / Σ w_i). It is near the mean if a column is within a few
 * units of 0 or far from 0 compared to its spread, else near the geometric mean. Unlike the mean, it hardly depends on
 * single outliers. Missing cells are left out.
 *
 * @param width d
 */
public record ColumnCentres(int width) implements PartitionWork {
    private static final int BATCH = 128;

    /**
     * Centres and variances of the columns.
     *
     * @param centres centre of each column
     * @param variances variance of each column, whose missing cells are left out; empty if the rows were not read
     */
    public record Found(double[] centres, double[] variances) {}

    /** Returns the centres of {@link #find}. */
    public static double[] of(Shards rows, Likelihood likelihood, boolean mask) {
        return find(rows, likelihood, mask).centres();
    }

    /**
     * Returns the centres and variances of the columns of all rows. If no output and no weight of a mask starts at a
     * centre, they are 0 and the rows are not read.
     *
     * @param mask whether an encoder reads the mask of missing cells
     */
    public static Found find(Shards rows, Likelihood likelihood, boolean mask) {
        int width = rows.width();
        if (!mask && !likelihood.isUnbounded()) {
            return new Found(new double[width], new double[0]);
        }
        Shards.Result result = rows.run("centres of the columns", new ColumnCentres(width));
        double[] sums = result.sums();
        double[] centres = new double[width];
        double[] variances = new double[width];
        for (int j = 0; j < width; j++) {
            // A difference of both weights could cancel to 0.
            double weight = sums[width + j] == 0 ? sums[5 * width] : sums[2 * width + j];
            centres[j] = StrictMath.sinh(sums[j] / weight);
            double mean = sums[3 * width + j] / weight;
            variances[j] = Math.max(0, sums[4 * width + j] / weight - mean * mean);
        }
        return new Found(centres, variances);
    }

    @Override
    public int sums() {
        return 5 * width + 1;
    }

    @Override
    public PartitionResult run(int partition, PartitionRows rows) {
        double[] sums = new double[sums()];
        rows.forEachBatch(BATCH, (batch, weights) -> add(batch, weights, sums));
        sums[5 * width] = rows.weight();
        return new PartitionResult(rows.weight(), new float[0], sums);
    }

    /** Adds each cell to the sum of its column, and its weight to the missing or observed weight. */
    private void add(FMatrixRMaj batch, float[] weights, double[] sums) {
        for (int i = 0; i < batch.numRows; i++) {
            for (int j = 0; j < width; j++) {
                float cell = batch.data[i * width + j];
                if (Missing.is(cell)) {
                    sums[width + j] += weights[i];
                } else {
                    sums[j] += weights[i] * inverseSinh(cell);
                    sums[2 * width + j] += weights[i];
                    sums[3 * width + j] += (double) weights[i] * cell;
                    sums[4 * width + j] += (double) weights[i] * cell * cell;
                }
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
