package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.MixedSampler;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/** Computes the score columns of a mixture for batches of rows. */
abstract class ComponentScorer extends DenseBatchScorer {
    private final MixedSampler sampler;
    private final DMatrixRMaj imputed = new DMatrixRMaj(0, 0);

    /**
     * Creates the buffers.
     *
     * @param sampler draws complete rows of the mixture; null if scores of incomplete rows are not compared with theirs
     */
    ComponentScorer(int width, MixedSampler sampler, Set<ScoreColumn> columns) {
        super(width, columns);
        this.sampler = sampler;
    }

    @Override
    public final Object distribution(int row) {
        return sampler;
    }

    @Override
    public final double[] draw(int row, long index) {
        return sampler.row(index, sampler.component(index));
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
            case ANOMALY -> -rankedLogDensity(row);
            default -> throw new IllegalStateException("a mixture has no " + column);
        };
    }

    /** Evaluates a batch, to which the other methods refer. */
    abstract void densities(DMatrixRMaj rows);

    /** Writes the completed rows. */
    abstract void impute(DMatrixRMaj rows);

    /** Returns the responsibilities, n × K. */
    abstract DMatrixRMaj responsibilities();

    abstract double logDensity(int row);

    /** Returns the log density by which rows are ranked. */
    double rankedLogDensity(int row) {
        return logDensity(row);
    }
}
