package io.github.sparklatent.mixture.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.Centres;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureFactors;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
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
    @FieldSource("io.github.sparklatent.mixture.TestMixtures#UNFACTORED")
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
                            .isCloseTo(expected(type, k, i, j), within(BOUND))
                            .isEqualTo(covariance.get(j, i));
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
    @FieldSource("io.github.sparklatent.mixture.TestMixtures#UNFACTORED")
    void aConstantColumnIsMendedAndToldOf(CovarianceType type) {
        for (int n = 0; n < N; n++) {
            rows.set(n, 1, 7);
            rows.set(n, 0, type == CovarianceType.SPHERICAL ? 7 : rows.get(n, 0));
            rows.set(n, 2, type == CovarianceType.SPHERICAL ? 7 : rows.get(n, 2));
        }
        List<String> warnings = new ArrayList<>();
        DMatrixRMaj centres = new DMatrixRMaj(K, D);
        Arrays.setAll(centres.data, i -> rows.data[i % D]);
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
    @FieldSource("io.github.sparklatent.mixture.TestMixtures#UNFACTORED")
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

    private double[] statistics(CovarianceType type, DMatrixRMaj centres) {
        StatisticsLayout layout = new StatisticsLayout(type, K, D);
        double[] statistics = new double[layout.length()];
        Scatter scatter = Scatter.of(layout, Centres.around(centres).with(false));
        scatter.add(Block.of(rows), CommonOps_DDRM.transpose(shares, null));
        scatter.write(statistics);
        return statistics;
    }
}
