package io.github.sparklatent.ml;

import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.vae.NetworkScorer;
import java.util.List;
import org.apache.spark.ml.linalg.Vectors;
import org.ejml.data.FMatrixRMaj;

/** A network's columns of a batch of rows; the buffers of one task. */
final class BatchColumns {
    private final NetworkColumns columns;
    private final NetworkScorer scorer;
    private final FMatrixRMaj probability = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj latent = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj variance = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj reconstruction = new FMatrixRMaj(0, 0);
    private final double[] error;
    private final double[] anomaly;

    /**
     * @param columns to be made
     * @param height rows of a batch at most
     */
    BatchColumns(NetworkColumns columns, NetworkScorer scorer, int height) {
        this.columns = columns;
        this.scorer = scorer;
        this.error = new double[height];
        this.anomaly = new double[height];
    }

    /**
     * Computes the columns of a batch.
     *
     * @param batch n × d. Not modified.
     */
    void score(FMatrixRMaj batch) {
        if (columns.has(NetworkColumn.PROBABILITY) || columns.has(NetworkColumn.PREDICTION)) {
            scorer.responsibilities(batch, probability);
        }
        if (columns.has(NetworkColumn.LATENT_VARIANCE)) {
            scorer.encode(batch, latent, variance);
        } else if (columns.has(NetworkColumn.LATENT)) {
            scorer.encode(batch, latent);
        }
        if (columns.has(NetworkColumn.RECONSTRUCTION)) {
            scorer.reconstruct(batch, reconstruction);
        }
        if (columns.has(NetworkColumn.RECONSTRUCTION_ERROR)) {
            scorer.reconstructionError(batch, error);
        }
        if (columns.has(NetworkColumn.ANOMALY)) {
            scorer.anomaly(batch, anomaly);
        }
    }

    /** Adds the columns of a row of the batch to its other values. */
    void addTo(List<Object> values, int row) {
        for (NetworkColumn column : columns.names().keySet()) {
            values.add(
                    switch (column) {
                        case PROBABILITY -> Vectors.dense(numbers(probability, row));
                        case PREDICTION -> Rows.argMax(numbers(probability, row));
                        case LATENT -> Vectors.dense(numbers(latent, row));
                        case LATENT_VARIANCE -> Vectors.dense(numbers(variance, row));
                        case RECONSTRUCTION -> Vectors.dense(numbers(reconstruction, row));
                        case RECONSTRUCTION_ERROR -> error[row];
                        case ANOMALY -> anomaly[row];
                    });
        }
    }

    private static double[] numbers(FMatrixRMaj matrix, int row) {
        double[] values = new double[matrix.numCols];
        for (int j = 0; j < values.length; j++) {
            values[j] = matrix.unsafe_get(row, j);
        }
        return values;
    }
}
