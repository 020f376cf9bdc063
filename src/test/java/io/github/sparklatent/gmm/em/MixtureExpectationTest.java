package io.github.sparklatent.gmm.em;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.gmm.TestMixtures;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationContract;
import io.github.sparklatent.linalg.TestMatrices;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The E-step's sums, for each type of covariance, its components near each other and a thousand deviations apart,
 * against sums of exact terms.
 *
 * <p>A responsibility is off by twice its log-density's error at most, which is 4 d u times terms below 100 here. Sums
 * of n terms add n u of the terms' magnitude. Around a common origin the magnitude counts the distance of the component
 * from it, twice.
 */
@ParameterizedClass
@CsvSource({
    "FULL, 0.5, true, true",
    "FULL, 1e3, false, false",
    "TIED, 0.5, true, true",
    "TIED, 1e3, false, true",
    "DIAGONAL, 0.5, true, true",
    "DIAGONAL, 1e3, false, true",
    "SPHERICAL, 0.5, true, false",
    "SPHERICAL, 1e3, false, true"
})
class MixtureExpectationTest extends ExpectationContract {
    private static final int ROWS = 29;
    private static final int COMPONENTS = 3;
    private static final int COLUMNS = 4;
    private static final double SHARES = 2 * 4 * COLUMNS * 100 * TestMatrices.U;
    private static final double SUMS = 2 * (ROWS + 8) * TestMatrices.U;

    private final MixtureParameters mixture;
    private final boolean commonOrigin;
    private final double shareBound;
    private final DMatrixRMaj rows;
    private final double[] weights;

    MixtureExpectationTest(CovarianceType type, double spread, boolean commonOrigin, boolean weighted) {
        this.mixture = TestMixtures.of(type, COMPONENTS, COLUMNS, spread, 1000, 3);
        this.commonOrigin = commonOrigin;
        this.shareBound = SHARES * (type == CovarianceType.TIED ? Math.max(1, spread) : 1);
        this.rows = TestMixtures.rowsAround(mixture, ROWS, 4);
        this.weights = weighted ? TestMixtures.weights(ROWS, 5) : null;
    }

    @Test
    void isComputedAsTheClassSays() {
        assertThat(MixtureFactors.of(mixture).centres().wellConditioned()).isEqualTo(commonOrigin);
    }

    @Override
    protected Expectation expectation() {
        return MixtureExpectation.under(mixture);
    }

    @Override
    protected DMatrixRMaj rows() {
        return rows.copy();
    }

    @Override
    protected double[] weights() {
        return weights;
    }

    @Override
    protected Naive naive() {
        NaiveStatistics naive = new NaiveStatistics(mixture, commonOrigin, shareBound + SUMS);
        ExactMixture exact = new ExactMixture(mixture);
        double[][] shares = new double[COMPONENTS][ROWS];
        double logLikelihood = 0;
        double magnitude = 0;
        double weight = 0;
        for (int i = 0; i < ROWS; i++) {
            double[] x = TestMatrices.row(rows, i);
            double w = weights == null ? 1 : weights[i];
            logLikelihood += w * exact.logDensity(x);
            magnitude += w * Math.max(1, Math.abs(exact.logDensity(x)));
            weight += w;
            for (int k = 0; k < COMPONENTS; k++) {
                shares[k][i] = w * exact.responsibility(x, k);
            }
        }
        naive.entry(logLikelihood, magnitude);
        naive.entry(weight, weight);
        naive.entry(ROWS, 0);
        naive.components(rows, shares);
        return naive.result();
    }
}
