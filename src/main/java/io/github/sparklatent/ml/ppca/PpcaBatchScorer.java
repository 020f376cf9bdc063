package io.github.sparklatent.ml.ppca;

import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.ml.core.BatchScorer;
import io.github.sparklatent.ml.core.OutputColumns;
import io.github.sparklatent.ppca.Ppca;
import io.github.sparklatent.ppca.PpcaPosterior;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.ejml.data.DMatrixRMaj;

/** Computes the score columns of a probabilistic PCA for batches of rows. */
final class PpcaBatchScorer implements BatchScorer {
    private static final int GREATEST_HEIGHT = 256;

    private final OutputColumns columns;
    private final PpcaPosterior posterior;
    private final DMatrixRMaj batch;
    private final int height;
    private final int latent;

    PpcaBatchScorer(Ppca model, OutputColumns columns) {
        this.columns = columns;
        this.posterior = new PpcaPosterior(model);
        this.latent = model.latent();
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
    public void score(double[] rows, int n) {
        batch.reshape(n, batch.numCols);
        System.arraycopy(rows, 0, batch.data, 0, n * batch.numCols);
        posterior.evaluate(batch);
    }

    @Override
    public void addTo(List<Object> values, int row) {
        for (ScoreColumn column : columns.names().keySet()) {
            values.add(
                    switch (column) {
                        case LOG_DENSITY -> posterior.logDensity(row);
                        case ANOMALY -> -posterior.logDensity(row);
                        case LATENT -> line(posterior.codes().data, row, latent);
                        case LATENT_VARIANCE -> Vectors.dense(posterior.variance());
                        case RECONSTRUCTION -> line(posterior.reconstructions().data, row, width());
                        case RECONSTRUCTION_ERROR -> error(row);
                        default -> throw new IllegalStateException("ppca has no " + column);
                    });
        }
    }

    private static Vector line(double[] matrix, int row, int width) {
        return Vectors.dense(Arrays.copyOfRange(matrix, row * width, (row + 1) * width));
    }

    private double error(int row) {
        double sum = 0;
        for (int j = row * width(); j < (row + 1) * width(); j++) {
            double difference = batch.data[j] - posterior.reconstructions().data[j];
            sum += difference * difference;
        }
        return sum / width();
    }
}
