package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.gmm.model.MixtureDensity;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixedSampler;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/** Computes the score columns of a mixture for batches of rows. */
public final class MixtureBatchScorer extends ComponentScorer {
    private final MixtureDensity density;

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
        super(width, sampler, columns);
        this.density = new MixtureDensity(factors);
    }

    @Override
    void densities(DMatrixRMaj rows) {
        density.evaluate(rows);
    }

    @Override
    void impute(DMatrixRMaj rows) {
        density.impute(rows);
    }

    @Override
    DMatrixRMaj responsibilities() {
        return density.responsibilities();
    }

    @Override
    double logDensity(int row) {
        return density.logDensity(row);
    }

    @Override
    double rankedLogDensity(int row) {
        return density.rankedLogDensity(row);
    }
}
