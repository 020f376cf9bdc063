package io.github.sparklatent.ml.network.measure;

import io.github.sparklatent.cluster.table.RowCheck;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.ml.core.BatchScorer;
import io.github.sparklatent.ml.core.OutputColumns;
import io.github.sparklatent.ml.network.options.LikelihoodCheck;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.List;
import org.apache.spark.ml.linalg.Vectors;
import org.ejml.data.FMatrixRMaj;

/** Computes the output columns of a network for a batch of rows. */
public final class NetworkBatchScorer implements BatchScorer {
    private static final int HEIGHT = 128;

    private final OutputColumns columns;
    private final NetworkScorer scorer;
    private final RowCheck check;
    private final FMatrixRMaj batch;
    private final FMatrixRMaj probability = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj latent = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj variance = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj reconstruction = new FMatrixRMaj(0, 0);
    private final double[] error = new double[HEIGHT];
    private final double[] anomaly = new double[HEIGHT];
    private final double[] realProbability = new double[HEIGHT];

    /**
     * Creates the buffers of one task.
     *
     * @param columns columns to compute
     */
    public NetworkBatchScorer(
            TrainedNetwork network, ScoringOptions options, OutputColumns columns) {
        this.columns = columns;
        this.scorer = network.scorer(HEIGHT, options);
        this.check = LikelihoodCheck.of(network).ofHeldOut();
        this.batch = new FMatrixRMaj(HEIGHT, scorer.width());
    }

    @Override
    public int width() {
        return scorer.width();
    }

    @Override
    public int height() {
        return HEIGHT;
    }

    @Override
    public String flaw(double[] row) {
        return check.flaw(row);
    }

    @Override
    public void score(double[] rows, int n) {
        batch.reshape(n, scorer.width());
        for (int i = 0; i < batch.getNumElements(); i++) {
            batch.data[i] = (float) rows[i];
        }
        if (columns.has(ScoreColumn.RESPONSIBILITIES) || columns.has(ScoreColumn.COMPONENT)) {
            scorer.responsibilities(batch, probability);
        }
        if (columns.has(ScoreColumn.LATENT_VARIANCE)) {
            scorer.encode(batch, latent, variance);
        } else if (columns.has(ScoreColumn.LATENT)) {
            scorer.encode(batch, latent);
        }
        if (columns.has(ScoreColumn.RECONSTRUCTION)) {
            scorer.reconstruct(batch, reconstruction);
        }
        if (columns.has(ScoreColumn.RECONSTRUCTION_ERROR)) {
            scorer.reconstructionError(batch, error);
        }
        if (columns.has(ScoreColumn.ANOMALY)) {
            scorer.anomaly(batch, anomaly);
        }
        if (columns.has(ScoreColumn.REAL_PROBABILITY)) {
            scorer.realProbability(batch, realProbability);
        }
    }

    @Override
    public void addTo(List<Object> values, int row) {
        for (ScoreColumn column : columns.names().keySet()) {
            values.add(
                    switch (column) {
                        case RESPONSIBILITIES -> Vectors.dense(numbers(probability, row));
                        case COMPONENT -> Rows.argMax(numbers(probability, row));
                        case LATENT -> Vectors.dense(numbers(latent, row));
                        case LATENT_VARIANCE -> Vectors.dense(numbers(variance, row));
                        case RECONSTRUCTION -> Vectors.dense(numbers(reconstruction, row));
                        case RECONSTRUCTION_ERROR -> error[row];
                        case ANOMALY -> anomaly[row];
                        case REAL_PROBABILITY -> realProbability[row];
                        case LOG_DENSITY, IMPUTED ->
                                throw new IllegalStateException(
                                        "a neural model has no column " + column);
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
