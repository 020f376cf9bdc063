package io.github.sparklatent.gmm.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gmm.TestMixtures;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.linalg.TestMatrices;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Against weighted means and covariances in two passes over the rows.
 *
 * <p>Sums of n terms, one cancellation of the squared step from centre to mean, which is as large as the variance here:
 * (n + 10) u of numbers below 20.
 */
class MaximizationStepTest {
    private static final int N = 40;
    private static final int K = 3;
    private static final int D = 3;
    private static final double REGULARIZATION = 0.125;
    private static final double BOUND = 20 * (N + 10) * TestMatrices.U;

    private final DMatrixRMaj rows = TestMatrices.normal(N, D, 1);
    private final DMatrixRMaj shares = TestMixtures.shares(N, K, 2);

    @ParameterizedTest
    @FieldSource("io.github.sparklatent.gmm.TestMixtures#UNFACTORED")
    void parametersAreTheWeightedMoments(CovarianceType type) {
        List<String> warnings = new ArrayList<>();
        MixtureParameters mixture = maximize(type, TestMatrices.uniform(K, D, 3), warnings);
        double total = 0;
        for (int k = 0; k < K; k++) {
            total += size(k);
        }
        for (int k = 0; k < K; k++) {
            assertThat(mixture.weight(k)).isCloseTo(size(k) / total, within(BOUND));
            DMatrixRMaj covariance = mixture.covariance(k);
            for (int i = 0; i < D; i++) {
                assertThat(mixture.means().get(k, i)).isCloseTo(mean(k, i), within(BOUND));
                for (int j = 0; j < D; j++) {
                    assertThat(covariance.get(i, j))
                            .as("%s covariance %d: %d, %d", type, k, i, j)
                            .isCloseTo(expected(type, k, i, j), within(BOUND));
                }
            }
        }
        assertThat(warnings).isEmpty();
    }

    /** Regularisation included. */
    private double expected(CovarianceType type, int k, int i, int j) {
        double value = 0;
        double total = 0;
        switch (type) {
            case FULL -> value = covariance(k, i, j);
            case TIED -> {
                for (int c = 0; c < K; c++) {
                    value += size(c) * covariance(c, i, j);
                    total += size(c);
                }
                value /= total;
            }
            case DIAGONAL -> value = i == j ? covariance(k, i, i) : 0;
            case SPHERICAL -> {
                for (int c = 0; c < D && i == j; c++) {
                    value += covariance(k, c, c) / D;
                }
            }
        }
        return value + (i == j ? REGULARIZATION : 0);
    }

    private double size(int k) {
        double size = 0;
        for (int n = 0; n < N; n++) {
            size += shares.get(n, k);
        }
        return size;
    }

    private double mean(int k, int j) {
        double sum = 0;
        for (int n = 0; n < N; n++) {
            sum += shares.get(n, k) * rows.get(n, j);
        }
        return sum / size(k);
    }

    private double covariance(int k, int i, int j) {
        double sum = 0;
        for (int n = 0; n < N; n++) {
            sum += shares.get(n, k) * (rows.get(n, i) - mean(k, i)) * (rows.get(n, j) - mean(k, j));
        }
        return sum / size(k);
    }

    @ParameterizedTest
    @FieldSource("io.github.sparklatent.gmm.TestMixtures#UNFACTORED")
    void fullMatricesAreSymmetricBitForBit(CovarianceType type) {
        MixtureParameters mixture = maximize(type, TestMatrices.uniform(K, D, 3), new ArrayList<>());
        for (int k = 0; k < K; k++) {
            DMatrixRMaj covariance = mixture.covariance(k);
            for (int i = 0; i < D; i++) {
                for (int j = 0; j < i; j++) {
                    assertThat(covariance.get(i, j)).isEqualTo(covariance.get(j, i));
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.sparklatent.gmm.TestMixtures#UNFACTORED")
    void aConstantColumnIsMendedAndToldOf(CovarianceType type) {
        for (int n = 0; n < N; n++) {
            rows.set(n, 1, 7);
            rows.set(n, 0, type == CovarianceType.SPHERICAL ? 7 : rows.get(n, 0));
            rows.set(n, 2, type == CovarianceType.SPHERICAL ? 7 : rows.get(n, 2));
        }
        List<String> warnings = new ArrayList<>();
        DMatrixRMaj centres = TestMatrices.uniform(K, D, 3);
        for (int k = 0; k < K; k++) {
            for (int j = 0; j < D; j++) {
                centres.set(k, j, rows.get(0, j));
            }
        }
        StatisticsLayout layout = new StatisticsLayout(type, K, D);
        MixtureParameters mixture =
                new MaximizationStep(layout, 0).maximize(statistics(type, centres), centres, warnings);
        assertThat(warnings).hasSize(type == CovarianceType.TIED ? 1 : K);
        assertThat(MixtureFactors.of(mixture).components()).isEqualTo(K);
        for (int k = 0; k < K; k++) {
            assertThat(mixture.means().get(k, 1)).isEqualTo(7);
            assertThat(mixture.variance(k, 1)).isPositive().isLessThan(1e-10);
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.sparklatent.gmm.TestMixtures#UNFACTORED")
    void squaresThatOverflowAreDivergence(CovarianceType type) {
        for (int i = 0; i < rows.getNumElements(); i++) {
            rows.data[i] *= 1e200;
        }
        assertThatThrownBy(() -> maximize(type, new DMatrixRMaj(K, D), new ArrayList<>()))
                .isInstanceOf(DivergedException.class)
                .hasMessageMatching("the (tied covariance|covariance of component 0) holds (Infinity|NaN),"
                        + " expected finite numbers: squares of the data overflow");
    }

    private MixtureParameters maximize(CovarianceType type, DMatrixRMaj centres, List<String> warnings) {
        StatisticsLayout layout = new StatisticsLayout(type, K, D);
        return new MaximizationStep(layout, REGULARIZATION).maximize(statistics(type, centres), centres, warnings);
    }

    /** By plain loops, around the centres. */
    private double[] statistics(CovarianceType type, DMatrixRMaj centres) {
        StatisticsLayout layout = new StatisticsLayout(type, K, D);
        double[] statistics = new double[layout.length()];
        DMatrixRMaj[] scatter = new DMatrixRMaj[K];
        boolean triangle = type == CovarianceType.FULL || type == CovarianceType.TIED;
        for (int k = 0; k < K; k++) {
            scatter[k] = type == CovarianceType.TIED && k > 0 ? scatter[0] : new DMatrixRMaj(D, D);
            statistics[StatisticsLayout.SIZES + k] = size(k);
            for (int n = 0; n < N; n++) {
                for (int i = 0; i < D; i++) {
                    double a = rows.get(n, i) - centres.get(k, i);
                    statistics[layout.sums() + k * D + i] += shares.get(n, k) * a;
                    for (int j = 0; j < D; j++) {
                        double b = rows.get(n, j) - centres.get(k, j);
                        scatter[k].add(i, j, shares.get(n, k) * (a * b));
                    }
                }
            }
            for (int j = 0; j < D && !triangle; j++) {
                statistics[layout.scatter() + k * D + j] = scatter[k].get(j, j);
            }
        }
        for (int k = 0; k < type.matrices(K) && triangle; k++) {
            layout.packTriangle(scatter[k], k, statistics);
        }
        return statistics;
    }

    @Test
    void triangleRoundTrip() {
        StatisticsLayout layout = new StatisticsLayout(CovarianceType.FULL, 2, 3);
        double[] statistics = new double[layout.length()];
        DMatrixRMaj first = TestMatrices.covariance(3, 1);
        DMatrixRMaj second = TestMatrices.covariance(3, 2);
        layout.packTriangle(first, 0, statistics);
        layout.packTriangle(second, 1, statistics);
        assertThat(layout.unpackTriangle(statistics, 0).data).containsExactly(first.data);
        assertThat(layout.unpackTriangle(statistics, 1).data).containsExactly(second.data);
        assertThat(layout.length()).isEqualTo(3 + 2 + 2 * 3 + 2 * 6);
    }
}
