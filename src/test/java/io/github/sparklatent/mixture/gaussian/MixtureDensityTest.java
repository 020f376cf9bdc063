package io.github.sparklatent.mixture.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.em.ExactMixture;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MixtureDensityTest {
    /**
     * What a log-density of 5 dimensions may differ from the exact one. Its terms, d log 2π, log det, distances and,
     * around a common origin, the squares that cancel, are below 100 in the mixtures here, and each is a sum of d
     * products after a triangular solve: some 4 d u of 100.
     */
    private static final double BOUND = 4 * 5 * 100 * TestMatrices.U;

    @ParameterizedTest
    @CsvSource({
        "FULL, 0.5, true", "TIED, 0.5, true", "DIAGONAL, 0.5, true", "SPHERICAL, 0.5, true",
        "FULL, 1e3, false", "TIED, 1e3, false", "DIAGONAL, 1e3, false", "SPHERICAL, 1e3, false",
        "FULL, 1e6, false", "TIED, 1e6, false", "DIAGONAL, 1e6, false", "SPHERICAL, 1e6, false"
    })
    void logDensitiesAndResponsibilitiesAreThoseOfTheFormula(CovarianceType type, double spread, boolean commonOrigin) {
        MixtureParameters mixture = TestMixtures.of(type, 3, 5, spread, 100, 7);
        MixtureFactors factors = MixtureFactors.of(mixture);
        assertThat(factors.centres().wellConditioned()).isEqualTo(commonOrigin);
        // A tied mixture is whitened before its rows are centred, so the round-off of numbers as
        // large as the spread is multiplied by a whitened distance of about 10.
        double bound = BOUND * (type == CovarianceType.TIED ? Math.max(1, spread) : 1);
        DMatrixRMaj rows = TestMixtures.rowsAround(mixture, 12, 8);
        assertExact(mixture, rows, bound);
    }

    /** @param bound of the log-densities */
    static void assertExact(MixtureParameters mixture, DMatrixRMaj rows, double bound) {
        ExactMixture exact = new ExactMixture(mixture);
        MixtureScores density = Fits.scores(mixture, rows);
        for (int i = 0; i < rows.numRows; i++) {
            double[] x = TestMatrices.row(rows, i);
            assertThat(density.logDensity(i)).isCloseTo(exact.logDensity(x), within(bound));
            for (int k = 0; k < mixture.components(); k++) {
                // r = exp(a) with an error of 2 bounds in a, and r is at most 1.
                assertThat(density.responsibilities().get(i, k))
                        .isCloseTo(exact.responsibility(x, k), within(2 * bound));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void aHundredColumnsWhereDensitiesUnderflow(CovarianceType type) {
        int d = 100;
        MixtureParameters mixture = TestMixtures.of(type, 2, d, 1, 0, 1);
        DMatrixRMaj rows = TestMatrices.normal(6, d, 2);
        CommonOps_DDRM.scale(30, rows);
        for (double logDensity : Fits.density(mixture).logDensities(rows)) {
            assertThat(Math.exp(logDensity)).as("the density itself underflows").isZero();
        }
        // Distances below 10⁵, sums of d products.
        assertExact(mixture, rows, 4 * d * 1e5 * TestMatrices.U);
    }

    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void aRowBeyondAllScalesHasNoDensityAndEqualShares(CovarianceType type) {
        MixtureScores density = Fits.scores(TestMixtures.of(type, 4, 3, 0.5, 0, 1));
        DMatrixRMaj rows = new DMatrixRMaj(1, 3);
        rows.fill(1e200);
        density.evaluate(rows);
        assertThat(density.logDensity(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        for (int k = 0; k < 4; k++) {
            assertThat(density.responsibilities().get(0, k)).isEqualTo(0.25);
        }
    }

    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void aComponentOfWeightZeroTakesNothing(CovarianceType type) {
        for (double spread : new double[] {0.5, 1e4}) {
            MixtureParameters all = TestMixtures.of(type, 3, 2, spread, 0, 1);
            MixtureParameters mixture =
                    MixtureParameters.of(type, new double[] {0.5, 0, 0.5}, all.means(), all.covariances());
            MixtureScores density = Fits.scores(mixture, TestMixtures.rowsAround(all, 9, 2));
            for (int i = 0; i < 9; i++) {
                assertThat(density.responsibilities().get(i, 1)).isZero();
                assertThat(density.logDensity(i)).isFinite();
            }
        }
    }

    /** Rows are projected once for all components, or once for each. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-3, 1e-5})
    void incompleteRowsOfATiedCovariance(double narrow) {
        MixtureParameters wide = TestMixtures.of(CovarianceType.TIED, 3, 5, 0.5, 0, 1);
        DMatrixRMaj covariance = wide.covariances().get(0).copy();
        for (int j = 0; j < 5; j++) { // the last column is nearly the one before
            covariance.set(4, j, covariance.get(3, j));
            covariance.set(j, 4, covariance.get(j, 3));
        }
        covariance.set(4, 4, covariance.get(3, 3) * (1 + narrow));
        MixtureParameters mixture =
                MixtureParameters.of(CovarianceType.TIED, wide.weights(), wide.means(), List.of(covariance));
        DMatrixRMaj rows = TestMixtures.rowsAround(mixture, 40, 2);
        for (int i = 0; i < rows.numRows; i++) {
            rows.set(i, i % 5, Double.NaN);
            rows.set(i, i % 3, Double.NaN);
        }
        BlockDensities densities = MixtureFactors.of(mixture).densities();
        DMatrixRMaj joint = new DMatrixRMaj(0, 0);
        densities.keepPeaks();
        densities.apply(Block.of(rows), joint);
        ConditionalRows each = MixtureFactors.of(mixture).conditionalRows();
        int[] places = Block.of(rows).missing().incompleteRows();
        double[] cumulants = new double[9];
        assertThat(each.densities(Block.of(rows), joint, null)).isTrue();
        for (int k = 0; k < 3; k++) {
            each.evaluate(Block.of(rows), k);
            for (int i = 0; i < places.length; i++) {
                // Digits are lost with the square root of the condition number, about 1 / narrow.
                double tolerance = 1e-13 / Math.sqrt(narrow) * (1 - each.logDensity(i));
                assertThat(joint.get(k, places[i])).isCloseTo(each.logDensity(i), within(tolerance));
            }
            Arrays.fill(cumulants, 0);
            densities.addCumulants(places[7], 0, cumulants);
            assertThat(cumulants[3 * k]).isCloseTo(-each.peak(7), within(1e-12 / Math.sqrt(narrow)));
        }
    }
}
