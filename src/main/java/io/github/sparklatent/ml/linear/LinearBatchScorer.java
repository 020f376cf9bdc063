package io.github.sparklatent.ml.linear;

import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.linear.LinearPosterior;
import io.github.sparklatent.ml.core.BatchScorer;
import io.github.sparklatent.ml.core.OutputColumns;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.ejml.data.DMatrixRMaj;

/** Computes the score columns of a linear Gaussian model for batches of rows. */
final class LinearBatchScorer implements BatchScorer {
    private static final int GREATEST_HEIGHT = 256;

    private final OutputColumns columns;
    private final LinearPosterior posterior;
    private final DMatrixRMaj batch;
    private final DMatrixRMaj reconstructions = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj imputed = new DMatrixRMaj(0, 0);
    private final int height;

    LinearBatchScorer(LinearGaussian model, OutputColumns columns) {
        this.columns = columns;
        this.posterior = new LinearPosterior(model);
        this.height = Math.min(GREATEST_HEIGHT, Block.height(model.dimension()));
        this.batch = new DMatrixRMaj(height, model.dimension());
    }

    @Override
    public int width() {
        return batch.numCols;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public boolean allowsMissing() {
        return true;
    }

    @Override
    public void score(double[] rows, int n) {
        batch.reshape(n, batch.numCols);
        System.arraycopy(rows, 0, batch.data, 0, n * batch.numCols);
        posterior.evaluate(Block.of(batch));
        if (columns.has(ScoreColumn.RECONSTRUCTION)
                || columns.has(ScoreColumn.RECONSTRUCTION_ERROR)) {
            posterior.reconstruct(reconstructions);
        }
        if (columns.has(ScoreColumn.IMPUTED)) {
            posterior.impute(imputed);
        }
    }

    @Override
    public void addTo(List<Object> values, int row) {
        for (ScoreColumn column : columns.names().keySet()) {
            values.add(
                    switch (column) {
                        case LOG_DENSITY -> posterior.logDensity(row);
                        case ANOMALY -> -posterior.logDensity(row);
                        case LATENT -> line(posterior.codes(), row);
                        case LATENT_VARIANCE -> line(posterior.variances(), row);
                        case RECONSTRUCTION -> line(reconstructions, row);
                        case RECONSTRUCTION_ERROR -> error(row);
                        case IMPUTED -> line(imputed, row);
                        default ->
                                throw new IllegalStateException(
                                        "a linear Gaussian model has no " + column);
                    });
        }
    }

    private static Vector line(DMatrixRMaj matrix, int row) {
        int width = matrix.numCols;
        return Vectors.dense(Arrays.copyOfRange(matrix.data, row * width, (row + 1) * width));
    }

    /** Returns the mean squared error of the observed values; 0 if none is observed. */
    private double error(int row) {
        double sum = 0;
        int observed = 0;
        for (int j = row * width(); j < (row + 1) * width(); j++) {
            double difference = batch.data[j] - reconstructions.data[j];
            if (!Double.isNaN(batch.data[j])) {
                sum += difference * difference;
                observed++;
            }
        }
        return observed == 0 ? 0 : sum / observed;
    }
}
