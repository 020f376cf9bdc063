package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.linalg.Rows;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/** Computes the score columns of a mixture for batches of rows. */
abstract class ComponentScorer extends DenseBatchScorer {
    private final double[] weights;
    private final DMatrixRMaj imputed = new DMatrixRMaj(0, 0);

    /** Standardises the scores of complete rows; null until the first. */
    private StandardScore complete;

    /**
     * Creates the buffers.
     *
     * @param weights π of the anomaly score, K numbers. Kept, not copied.
     */
    ComponentScorer(int width, double[] weights, Set<ScoreColumn> columns) {
        super(width, columns);
        this.weights = weights;
    }

    @Override
    protected final void evaluate(DMatrixRMaj rows) {
        densities(rows);
        if (has(ScoreColumn.IMPUTED)) {
            impute(imputed);
        }
    }

    @Override
    public final Object value(ScoreColumn column, int row) {
        return switch (column) {
            case RESPONSIBILITIES -> line(responsibilities(), row);
            case COMPONENT -> Rows.argMax(responsibilities(), row);
            case LOG_DENSITY -> logDensity(row);
            case IMPUTED -> line(imputed, row);
            case ANOMALY -> anomaly(row);
            case STANDARDIZED -> standard(row).of(anomaly(row));
            default -> throw new IllegalStateException("a mixture has no " + column);
        };
    }

    private StandardScore standard(int row) {
        if (observed(row) < width()) {
            return new StandardScore(weights, cumulants(row));
        }
        if (complete == null) {
            complete = new StandardScore(weights, cumulants(-1));
        }
        return complete;
    }

    /** Evaluates a batch, to which the other methods refer. */
    abstract void densities(DMatrixRMaj rows);

    /** Writes the completed rows. */
    abstract void impute(DMatrixRMaj rows);

    /** Returns the responsibilities, n × K. */
    abstract DMatrixRMaj responsibilities();

    abstract double logDensity(int row);

    double anomaly(int row) {
        return -logDensity(row);
    }

    /** Returns the cumulants of rows with the same cells as a row, or of complete ones; see {@link StandardScore}. */
    abstract double[] cumulants(int row);
}
