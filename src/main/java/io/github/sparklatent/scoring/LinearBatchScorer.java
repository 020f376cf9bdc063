package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.linear.LinearPosterior;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/** Computes the score columns of a linear Gaussian model for batches of rows. */
final class LinearBatchScorer extends DenseBatchScorer {
    private static final double[] ONE = {1};

    private final LinearPosterior posterior;
    private final DMatrixRMaj reconstructions = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj imputed = new DMatrixRMaj(0, 0);
    private DMatrixRMaj batch;

    LinearBatchScorer(LinearGaussian model, Set<ScoreColumn> columns) {
        super(model.dimension(), columns);
        this.posterior = new LinearPosterior(model);
    }

    @Override
    protected void evaluate(DMatrixRMaj rows) {
        batch = rows;
        posterior.evaluate(Block.of(rows));
        if (has(ScoreColumn.RECONSTRUCTION) || has(ScoreColumn.RECONSTRUCTION_ERROR)) {
            posterior.reconstruct(reconstructions);
        }
        if (has(ScoreColumn.IMPUTED)) {
            posterior.impute(imputed);
        }
    }

    @Override
    public Object value(ScoreColumn column, int row) {
        return switch (column) {
            case LOG_DENSITY -> posterior.logDensity(row);
            case ANOMALY -> -posterior.logDensity(row);
            case STANDARDIZED -> standard(row).of(-posterior.logDensity(row));
            case LATENT -> line(posterior.codes(), row);
            case LATENT_VARIANCE -> posterior.variances(row);
            case RECONSTRUCTION -> line(reconstructions, row);
            case RECONSTRUCTION_ERROR -> error(row);
            case IMPUTED -> line(imputed, row);
            default -> throw new IllegalStateException("a linear Gaussian model has no " + column);
        };
    }

    private StandardScore standard(int row) {
        int p = observed(row);
        return new StandardScore(ONE, new double[] {0.5 * p - posterior.peak(row), 0.5 * p, p});
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
