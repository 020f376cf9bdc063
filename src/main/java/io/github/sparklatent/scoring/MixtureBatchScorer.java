package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.gmm.model.MixtureDensity;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixedSampler;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/** Computes the score columns of a mixture for batches of rows. */
public final class MixtureBatchScorer extends DenseBatchScorer {
    private final MixtureDensity density;
    private final MixedSampler sampler;
    private final DMatrixRMaj imputed = new DMatrixRMaj(0, 0);

    /** A mixture prepared to score rows; see {@link MixtureBatchScorer#MixtureBatchScorer}. */
    private record Prepared(MixtureFactors factors, MixedSampler sampler, int width) implements RowModel {
        @Override
        public BatchScorer scorer(Set<ScoreColumn> columns) {
            return new MixtureBatchScorer(factors, sampler, width, columns);
        }
    }

    /** Returns a mixture prepared to score rows. */
    public static RowModel of(MixtureParameters mixture, MixtureFactors factors) {
        MixedSampler sampler =
                mixture.components() == 1 ? null : new MixedSampler(MixedMixture.of(mixture), 1).complete();
        return new Prepared(factors, sampler, mixture.dimension());
    }

    /**
     * Creates the buffers.
     *
     * @param factors factors of the mixture
     * @param sampler draws complete rows of the mixture; null for one component, whose anomaly scores are comparable
     * @param width d
     * @param columns columns to add
     */
    private MixtureBatchScorer(MixtureFactors factors, MixedSampler sampler, int width, Set<ScoreColumn> columns) {
        super(width, columns);
        this.sampler = sampler;
        this.density = new MixtureDensity(factors);
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
        density.evaluate(rows);
        if (has(ScoreColumn.IMPUTED)) {
            density.impute(imputed);
        }
    }

    @Override
    public Object value(ScoreColumn column, int row) {
        return switch (column) {
            case RESPONSIBILITIES -> line(density.responsibilities(), row);
            case COMPONENT -> Rows.argMax(density.responsibilities(), row);
            case LOG_DENSITY -> density.logDensity(row);
            case IMPUTED -> line(imputed, row);
            case ANOMALY -> -density.rankedLogDensity(row);
            default -> throw new IllegalStateException("a mixture has no " + column);
        };
    }
}
