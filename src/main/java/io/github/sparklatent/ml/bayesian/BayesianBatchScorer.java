package io.github.sparklatent.ml.bayesian;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.inference.PredictiveDensity;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.scoring.DenseBatchScorer;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/** Computes log posterior predictive densities for batches of rows. */
final class BayesianBatchScorer extends DenseBatchScorer {
    private final PredictiveDensity density;
    private double[] logDensities;

    BayesianBatchScorer(int width, PredictiveDensity.Evaluation predictive, Set<ScoreColumn> columns) {
        super(width, columns);
        this.density = new PredictiveDensity(predictive.model(), predictive.draws());
    }

    @Override
    protected void evaluate(DMatrixRMaj rows) {
        logDensities = density.evaluate(Block.of(rows));
    }

    @Override
    public Object value(ScoreColumn column, int row) {
        return switch (column) {
            case LOG_DENSITY -> logDensities[row];
            case ANOMALY -> -logDensities[row];
            default -> throw new IllegalStateException("a density has no " + column);
        };
    }
}
