package io.github.sparklatent.gmm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gmm.TestMixtures;
import io.github.sparklatent.gmm.em.ExactMixture;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.TestMatrices;
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
        MixtureDensity density = new MixtureDensity(MixtureFactors.of(mixture));
        density.evaluate(rows);
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

    /**
     * 300 columns, the covariance of an autoregression: Σ_ij = ρ^|i − j|, so det Σ = (1 − ρ²)^(d − 1) and the squared
     * distance is y_1² + Σ_i (y_i − ρ y_(i−1))² / (1 − ρ²).
     */
    @ParameterizedTest
    @EnumSource(names = {"FULL", "TIED"})
    void threeHundredDimensionsWhereDensitiesUnderflow(CovarianceType type) {
        int d = 300;
        double rho = 0.5;
        DMatrixRMaj covariance = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                covariance.set(i, j, Math.pow(rho, Math.abs(i - j)));
            }
        }
        DMatrixRMaj means = TestMatrices.normal(2, d, 1);
        List<DMatrixRMaj> covariances =
                type == CovarianceType.TIED ? List.of(covariance) : List.of(covariance, covariance);
        DMatrixRMaj rows = TestMatrices.normal(10, d, 2);
        CommonOps_DDRM.scale(3, rows);
        double[][] expected = new double[10][2];
        for (int i = 0; i < 10; i++) {
            for (int k = 0; k < 2; k++) {
                double distance = 0;
                double previous = 0;
                for (int j = 0; j < d; j++) {
                    double y = rows.get(i, j) - means.get(k, j);
                    double step = y - rho * previous;
                    distance += j == 0 ? y * y : step * step / (1 - rho * rho);
                    previous = y;
                }
                expected[i][k] = distance + (d - 1) * Math.log(1 - rho * rho);
            }
        }
        check(type, means, covariances, rows, expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"DIAGONAL", "SPHERICAL"})
    void threeHundredColumnsWithoutCorrelation(CovarianceType type) {
        int d = 300;
        DMatrixRMaj means = TestMatrices.normal(2, d, 1);
        DMatrixRMaj variances = new DMatrixRMaj(2, type.columns(d, 0));
        for (int i = 0; i < variances.getNumElements(); i++) {
            variances.data[i] = 1 + i % 3;
        }
        DMatrixRMaj rows = TestMatrices.normal(10, d, 2);
        CommonOps_DDRM.scale(3, rows);
        double[][] expected = new double[10][2];
        for (int i = 0; i < 10; i++) {
            for (int k = 0; k < 2; k++) {
                for (int j = 0; j < d; j++) {
                    double variance = variances.get(k, Math.min(j, variances.numCols - 1));
                    double y = rows.get(i, j) - means.get(k, j);
                    expected[i][k] += y * y / variance + Math.log(variance);
                }
            }
        }
        check(type, means, List.of(variances), rows, expected);
    }

    /** @param expected squared distance plus log determinant, n × 2 */
    private static void check(
            CovarianceType type,
            DMatrixRMaj means,
            List<DMatrixRMaj> covariances,
            DMatrixRMaj rows,
            double[][] expected) {
        MixtureParameters mixture = MixtureParameters.of(type, new double[] {0.25, 0.75}, means, covariances);
        MixtureDensity density = new MixtureDensity(MixtureFactors.of(mixture));
        density.evaluate(rows);
        int d = means.numCols;
        for (int i = 0; i < rows.numRows; i++) {
            double a = Math.log(0.25) - 0.5 * (d * Math.log(2 * Math.PI) + expected[i][0]);
            double b = Math.log(0.75) - 0.5 * (d * Math.log(2 * Math.PI) + expected[i][1]);
            double logDensity = Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
            assertThat(Math.exp(logDensity)).as("the density itself underflows").isZero();
            // Sums of d terms of some 4000 in all, in two orders.
            double bound = 4 * d * TestMatrices.U * 4000;
            assertThat(density.logDensity(i)).isCloseTo(logDensity, within(bound));
            assertThat(density.responsibilities().get(i, 0)).isCloseTo(Math.exp(a - logDensity), within(2 * bound));
            assertThat(density.responsibilities().get(i, 1)).isCloseTo(Math.exp(b - logDensity), within(2 * bound));
        }
    }

    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void aRowBeyondAllScalesHasNoDensityAndEqualShares(CovarianceType type) {
        MixtureDensity density = new MixtureDensity(MixtureFactors.of(TestMixtures.of(type, 4, 3, 0.5, 0, 1)));
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
            MixtureDensity density = new MixtureDensity(MixtureFactors.of(mixture));
            density.evaluate(TestMixtures.rowsAround(all, 9, 2));
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

    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void aRowHasTheSameBitsInEveryBlock(CovarianceType type) {
        MixtureParameters mixture = TestMixtures.of(type, 3, 5, 0.5, 0, 1);
        DMatrixRMaj rows = TestMixtures.rowsAround(mixture, 11, 2);
        rows.set(4, 2, Double.NaN);
        rows.set(7, 2, Double.NaN);
        MixtureDensity whole = new MixtureDensity(MixtureFactors.of(mixture));
        MixtureDensity parts = new MixtureDensity(MixtureFactors.of(mixture));
        whole.evaluate(rows);
        for (int i = 0; i < 11; i++) {
            parts.evaluate(TestMatrices.slice(rows, i, i + 1));
            assertThat(parts.logDensity(0)).isEqualTo(whole.logDensity(i));
            assertThat(parts.responsibilities().data).startsWith(TestMatrices.row(whole.responsibilities(), i));
        }
    }
}
