package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.gmm.model.MixtureDensity;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/** Computes the score columns of a mixture for batches of rows. */
public final class MixtureBatchScorer extends ComponentScorer {
    private final MixtureDensity density;

    /** Returns a mixture prepared to score rows. */
    public static RowModel of(MixtureParameters mixture, MixtureFactors factors) {
        double[] weights = mixture.weights();
        int width = mixture.dimension();
        return columns -> new MixtureBatchScorer(factors, weights, width, columns);
    }

    private MixtureBatchScorer(MixtureFactors factors, double[] weights, int width, Set<ScoreColumn> columns) {
        super(width, weights, columns);
        this.density = new MixtureDensity(factors);
        if (has(ScoreColumn.STANDARDIZED)) {
            density.densities().keepPeaks();
        }
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
    double[] cumulants(int row) {
        double[] cumulants = new double[3 * responsibilities().numCols];
        density.densities().addCumulants(row, observed(row), cumulants);
        return cumulants;
    }
}
