package io.github.sparklatent.mixture.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.TestMixtures;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Densities by monomials around the common origin against those centred at each mean. */
class MonomialLogDensitiesTest {
    private static final int COMPONENTS = 4;

    /** Enough to be worth the monomials of 40 columns. */
    private static final int MANY = 6;

    /**
     * A chain of p terms is off by p u of the sum of their magnitudes, and each coefficient is a sum of d products.
     * With |q_ij| at most the root of q_ii q_jj, the magnitudes are at most
     *
     * <pre>
     *   M = (Σ_i √q_ii (|y_i| + |δ_i|))²
     * </pre>
     *
     * which the centred way, with a few d roundings, does not exceed either.
     */
    @ParameterizedTest
    @CsvSource({"1, 0.5", "3, 3", "8, 1", "17, 10", "40, 5", "40, 0"})
    void bothWaysAgreeWithinWhatCancels(int d, double spread) {
        MixtureParameters mixture = TestMixtures.of(CovarianceType.FULL, MANY, d, spread, 100, 7);
        Centres centres = MixtureFactors.of(mixture).centres();
        assertThat(centres.wellConditioned()).isTrue();
        DMatrixRMaj rows = TestMixtures.rowsAround(mixture, 40, 8);
        List<DMatrixRMaj> whitenings = mixture.covariances().stream()
                .map(covariance -> Cholesky.of(covariance).orElseThrow().whitening())
                .toList();
        double[] constants = {-1, -2, -3, -4, -5, Double.NEGATIVE_INFINITY};
        int[] all = centres.components();
        DMatrixRMaj fast = new DMatrixRMaj(0, 0);
        DMatrixRMaj exact = new DMatrixRMaj(0, 0);
        LogDensities.MonomialLogDensities.full(centres, whitenings, constants, all)
                .apply(rows, fast);
        new LogDensities.FullLogDensities(centres.means(), whitenings, constants, all).apply(rows, exact);
        double monomials = 0.5 * (d + 1) * (d + 2);
        for (int i = 0; i < rows.numRows; i++) {
            for (int k = 0; k < MANY - 1; k++) {
                double reach = 0;
                for (int j = 0; j < d; j++) {
                    double y = rows.get(i, j) - centres.origin().get(0, j);
                    reach += Math.sqrt(Rows.squaredNorm(whitenings.get(k), j))
                            * (Math.abs(y) + Math.abs(centres.shift(k, j)));
                }
                double bound = (monomials + 8 * d) * TestMatrices.U * (5 + reach * reach);
                assertThat(fast.get(k, i)).isCloseTo(exact.get(k, i), within(bound));
            }
            assertThat(fast.get(MANY - 1, i)).isEqualTo(Double.NEGATIVE_INFINITY);
        }
    }

    /** The third component is a ten-thousandth as wide as the others. */
    @Test
    void aNarrowComponentAloneIsCentred() {
        MixtureParameters mixture = narrow(5, 1e-4);
        assertThat(MixtureFactors.of(mixture).centres().near()).containsExactly(true, true, false, true);
        assertThat(MixtureFactors.of(narrow(5, 1)).centres().wellConditioned()).isTrue();
        // As in MixtureDensityTest: terms below 100, each a sum of d products. Of the narrow one's
        // own rows a distance to the mean is given to u 100 / 1e-4, some ten of which are squared.
        MixtureDensityTest.assertExact(mixture, narrowed(mixture, 1e-4), 4 * 5 * 100 * TestMatrices.U * 1e4);
    }

    /**
     * The third component is narrow and has hardly any rows: λ is some 10⁶, of which a log-density is as many times 4 d
     * u off at most.
     */
    @Test
    void aNarrowComponentOfLittleWeightKeepsNineDigits() {
        MixtureParameters narrow = narrow(5, 3e-3);
        MixtureParameters mixture = MixtureParameters.of(
                CovarianceType.FULL, new double[] {0.333, 0.333, 0.001, 0.333}, narrow.means(), narrow.covariances());
        assertThat(MixtureFactors.of(mixture).centres().wellConditioned()).isTrue();
        MixtureDensityTest.assertExact(mixture, narrowed(mixture, 3e-3), 4 * 5 * TestMatrices.U * 1e7);
    }

    /** Rows around the means, the third component's as narrow as it. */
    private static DMatrixRMaj narrowed(MixtureParameters mixture, double width) {
        DMatrixRMaj rows = TestMixtures.rowsAround(mixture, 40, 8);
        for (int i = 2; i < 40; i += COMPONENTS) {
            for (int j = 0; j < mixture.dimension(); j++) {
                double mean = mixture.means().get(2, j);
                rows.set(i, j, mean + width * (rows.get(i, j) - mean));
            }
        }
        return rows;
    }

    /** The squares of the distances overflow where they are, and nothing is a NaN. */
    @Test
    void rowsFarOutAreLeftToTheExactWay() {
        MixtureParameters mixture = TestMixtures.of(CovarianceType.FULL, COMPONENTS, 3, 0.5, 0, 1);
        for (double far : new double[] {1e101, -1e140, 1e155, -1e200, Double.MAX_VALUE}) {
            DMatrixRMaj rows = TestMixtures.rowsAround(mixture, 20, 2);
            rows.set(7, 1, far);
            MixtureScores density = Fits.scores(mixture, rows);
            double least = Math.abs(far) < 1e150 ? -Double.MAX_VALUE : Double.NEGATIVE_INFINITY;
            assertThat(density.logDensity(7)).isBetween(least, -1e200);
            for (int i = 0; i < 20; i++) {
                for (int k = 0; k < COMPONENTS; k++) {
                    assertThat(density.responsibilities().get(i, k)).isBetween(0.0, 1.0);
                }
            }
            MixtureScores alone = Fits.scores(mixture, TestMatrices.slice(rows, 6, 7));
            assertThat(alone.logDensity(0)).isEqualTo(density.logDensity(6));
        }
    }

    private static MixtureParameters narrow(int d, double width) {
        MixtureParameters wide = TestMixtures.of(CovarianceType.FULL, COMPONENTS, d, 3, 100, 7);
        List<DMatrixRMaj> covariances =
                wide.covariances().stream().map(DMatrixRMaj::copy).toList();
        CommonOps_DDRM.scale(width * width, covariances.get(2));
        return MixtureParameters.of(CovarianceType.FULL, wide.weights(), wide.means(), covariances);
    }
}
