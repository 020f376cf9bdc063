package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GaussianSamplesTest {
    private static final int DRAWS = 20_000;
    private static final int K = 3;
    private static final int D = 3;

    /** Six standard errors, some hundred comparisons: passed by chance once in 10⁷. */
    private static final double SIGMAS = 6;

    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void rowsHaveTheMomentsOfTheirComponent(CovarianceType type) {
        MixtureParameters mixture = TestMixtures.of(type, K, D, 3, 1, 1);
        MixedSampler sampler = new MixedSampler(MixedMixture.of(mixture), 5);
        for (int k = 0; k < K; k++) {
            double[] sums = new double[D];
            double[] products = new double[D * D];
            for (long index = 0; index < DRAWS; index++) {
                double[] row = sampler.row(index, k);
                for (int i = 0; i < D; i++) {
                    double a = row[i] - mixture.means().get(k, i);
                    sums[i] += a / DRAWS;
                    for (int j = 0; j < D; j++) {
                        products[i * D + j] += a * (row[j] - mixture.means().get(k, j)) / DRAWS;
                    }
                }
            }
            DMatrixRMaj covariance = mixture.covariance(k);
            for (int i = 0; i < D; i++) {
                double variance = covariance.get(i, i);
                assertThat(sums[i]).isCloseTo(0, within(SIGMAS * Math.sqrt(variance / DRAWS)));
                for (int j = 0; j < D; j++) {
                    // Var(a b) = Σ_ii Σ_jj + Σ_ij² for normal a, b (Isserlis).
                    double expected = covariance.get(i, j);
                    double spread = variance * covariance.get(j, j) + expected * expected;
                    assertThat(products[i * D + j]).isCloseTo(expected, within(SIGMAS * Math.sqrt(spread / DRAWS)));
                }
            }
        }
    }

    @Test
    void componentsComeByTheirWeights() {
        MixtureParameters all = TestMixtures.of(CovarianceType.SPHERICAL, 4, D, 3, 1, 1);
        double[] weights = {0.25, 0, 0.6, 0.15};
        MixtureParameters mixture =
                MixtureParameters.of(CovarianceType.SPHERICAL, weights, all.means(), all.covariances());
        MixedSampler sampler = new MixedSampler(MixedMixture.of(mixture), 5);
        int[] counts = new int[4];
        for (long index = 0; index < DRAWS; index++) {
            counts[sampler.component(index)]++;
        }
        assertThat(counts[1]).isZero();
        for (int k = 0; k < 4; k++) {
            double bound = SIGMAS * Math.sqrt(weights[k] * (1 - weights[k]) / DRAWS);
            assertThat((double) counts[k] / DRAWS).isCloseTo(weights[k], within(bound));
        }
    }

    @Test
    void aRowIsAFunctionOfSeedAndIndex() {
        MixtureParameters mixture = TestMixtures.of(CovarianceType.FULL, K, D, 3, 1, 1);
        MixedSampler sampler = new MixedSampler(MixedMixture.of(mixture), 5);
        double[] later = sampler.row(1L << 40, 2);
        sampler.row(0, 1);
        assertThat(new MixedSampler(MixedMixture.of(mixture), 5).row(1L << 40, 2))
                .containsExactly(later);
        assertThat(new MixedSampler(MixedMixture.of(mixture), 6).row(1L << 40, 2))
                .isNotEqualTo(later);
        assertThat(sampler.row(1, 2)).isNotEqualTo(later);
        assertThat(new MixedSampler(MixedMixture.of(mixture), 5).component(7)).isEqualTo(sampler.component(7));
    }
}
