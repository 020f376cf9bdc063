package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.gmm.model.MixtureDensity;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.model.MixtureScores;
import io.github.sparklatent.linalg.Rows;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/** Computes the score columns of a mixture for batches of rows. */
public class MixtureBatchScorer extends DenseBatchScorer {
    private final MixtureScores scores;

    /** Under the components that count for the anomaly score. */
    private final MixtureScores usual;

    private final double[] weights;
    private final DMatrixRMaj imputed = new DMatrixRMaj(0, 0);

    /** Standardises the scores of complete rows; null until the first. */
    private StandardScore complete;

    /** Returns a Gaussian mixture prepared to score rows. */
    public static RowModel of(MixtureParameters mixture, MixtureFactors factors) {
        double[] weights = mixture.weights();
        int width = mixture.dimension();
        return columns -> {
            MixtureDensity density = new MixtureDensity(factors);
            if (columns.contains(ScoreColumn.STANDARDIZED)) {
                density.densities().keepPeaks();
            }
            return new MixtureBatchScorer(width, density, density, weights, columns);
        };
    }

    /**
     * Creates the buffers.
     *
     * @param usual under the components that count for the anomaly score
     * @param weights π of these components, K numbers. Kept, not copied.
     */
    MixtureBatchScorer(
            int width, MixtureScores scores, MixtureScores usual, double[] weights, Set<ScoreColumn> columns) {
        super(width, columns);
        this.scores = scores;
        this.usual = usual;
        this.weights = weights;
    }

    @Override
    protected final void evaluate(DMatrixRMaj rows) {
        scores.evaluate(rows);
        if (usual != scores) {
            usual.evaluate(rows);
        }
        if (has(ScoreColumn.IMPUTED)) {
            scores.impute(imputed);
        }
    }

    @Override
    public final Object value(ScoreColumn column, int row) {
        return switch (column) {
            case RESPONSIBILITIES -> line(scores.responsibilities(), row);
            case COMPONENT -> Rows.argMax(scores.responsibilities(), row);
            case LOG_DENSITY -> scores.logDensity(row);
            case IMPUTED -> line(imputed, row);
            case ANOMALY -> -usual.logDensity(row);
            case STANDARDIZED -> standard(row).of(-usual.logDensity(row));
            default -> throw new IllegalStateException("a mixture has no " + column);
        };
    }

    private StandardScore standard(int row) {
        if (observed(row) < width()) {
            return new StandardScore(weights, usual.cumulants(row));
        }
        if (complete == null) {
            complete = new StandardScore(weights, usual.cumulants(-1));
        }
        return complete;
    }
}
