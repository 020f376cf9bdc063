package io.github.sparklatent.ml.mixture.mixed;

import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedSampler;
import io.github.sparklatent.mixture.MixedScores;
import io.github.sparklatent.ml.core.DenseBatchScorer;
import io.github.sparklatent.ml.core.OutputColumns;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Computes the score columns of a mixture for batches of rows. */
final class MixedBatchScorer extends DenseBatchScorer {
    private final MixedColumns columns;
    private final List<String> names;
    private final MixedScores scores;
    private final MixedSampler sampler;
    private final DMatrixRMaj imputed = new DMatrixRMaj(0, 0);

    /**
     * Creates the buffers.
     *
     * @param sampler draws complete rows of the mixture; null if a missing cell is evidence
     * @param names names of the numbers of a row
     */
    MixedBatchScorer(MixedDensity density, MixedSampler sampler, List<String> names, OutputColumns added) {
        super(names.size(), added);
        this.columns = density.mixture().columns();
        this.names = names;
        this.sampler = sampler;
        this.scores = new MixedScores(density);
    }

    @Override
    public String flaw(double[] row) {
        return MixedScores.flaw(columns, names, row);
    }

    @Override
    public Object distribution(int row) {
        return sampler;
    }

    @Override
    public double[] draw(int row, long index) {
        return sampler.row(index, sampler.component(index));
    }

    @Override
    protected void evaluate(DMatrixRMaj rows) {
        scores.evaluate(rows);
        if (has(ScoreColumn.IMPUTED)) {
            scores.impute(imputed);
        }
    }

    @Override
    protected Object value(ScoreColumn column, int row) {
        return switch (column) {
            case RESPONSIBILITIES -> line(scores.responsibilities(), row);
            case COMPONENT -> Rows.argMax(scores.responsibilities(), row);
            case LOG_DENSITY -> scores.logDensity(row);
            case IMPUTED -> line(imputed, row);
            case ANOMALY -> -scores.logDensity(row);
            default -> throw new IllegalStateException("a mixture has no " + column);
        };
    }
}
