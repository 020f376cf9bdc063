package io.github.sparklatent.metrics;

import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import org.ejml.data.FMatrixRMaj;

/**
 * Computes the weighted means of the columns of rows.
 *
 * @param width d
 */
record RowMeans(int width) implements PartitionWork {
    private static final int BATCH = 128;

    static double[] of(Shards rows, String description) {
        double[] sums = rows.run(description, new RowMeans(rows.width())).sums();
        double[] means = new double[rows.width()];
        for (int j = 0; j < means.length; j++) {
            means[j] = sums[j] / sums[means.length];
        }
        return means;
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
        sums[width] = rows.weight();
        rows.forEachBatch(BATCH, (batch, weights) -> add(batch, weights, sums));
        return new PartitionResult(rows.weight(), new float[0], sums);
    }

    private void add(FMatrixRMaj batch, float[] weights, double[] sums) {
        for (int i = 0; i < batch.numRows; i++) {
            for (int j = 0; j < width; j++) {
                sums[j] += (double) weights[i] * batch.data[i * width + j];
            }
        }
    }
}
