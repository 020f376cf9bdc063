package io.github.sparklatent.gmm.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.TestMatrices;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CovarianceRepairTest {
    private final List<String> events = new ArrayList<>();

    @Test
    void aGoodCovarianceIsLeftAlone() {
        DMatrixRMaj covariance = TestMatrices.covariance(4, 1);
        double[] before = covariance.data.clone();
        CovarianceRepair.full(covariance, new double[4], "the tied covariance", events);
        assertThat(covariance.data).containsExactly(before);
        assertThat(events).isEmpty();
    }

    /** The smallest eigenvalue is −2 · 10⁻⁶, the mean variance 1: rungs are 10⁻¹², 10⁻¹¹, ... */
    @Test
    void theSmallestRungThatSufficesIsAdded() {
        double correlation = 1 + 2e-6;
        DMatrixRMaj covariance =
                new DMatrixRMaj(new double[][] {{1, correlation}, {correlation, 1}});
        CovarianceRepair.full(covariance, new double[2], "the covariance of component 3", events);
        assertThat(covariance.get(0, 0) - 1).isCloseTo(1e-5, within(1e-15));
        assertThat(covariance.get(1, 1) - 1).isCloseTo(1e-5, within(1e-15));
        assertThat(covariance.get(0, 1)).isEqualTo(correlation);
        assertThat(events)
                .containsExactly(
                        "the covariance of component 3 was not positive definite; 1.0e-05 was"
                                + " added to its diagonal");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-200, 1e-6, 1, 1e6, 1e200})
    void theLadderFollowsTheUnits(double variance) {
        DMatrixRMaj covariance = new DMatrixRMaj(new double[][] {{1, 1}, {1, 1}});
        CommonOps_DDRM.scale(variance, covariance);
        CovarianceRepair.full(covariance, new double[2], "c", events);
        assertThat(covariance.get(0, 0) / variance - 1).isCloseTo(1e-12, within(1e-15));
        assertThat(Cholesky.of(covariance)).isPresent();
    }

    /**
     * All rows equal: what is known of the means is their precision, 2⁻⁵² of 10³; squared, 5e-26.
     */
    @Test
    void withoutAnyVarianceTheMeansPrecisionIsTheScale() {
        DMatrixRMaj covariance = new DMatrixRMaj(2, 2);
        CovarianceRepair.full(covariance, new double[] {1, 1e3}, "c", events);
        assertThat(covariance.get(0, 0)).isCloseTo(1e-24, within(1e-39));
        assertThat(covariance.get(0, 0)).isEqualTo(covariance.get(1, 1));
        assertThat(events).hasSize(1);
    }

    @Test
    void withoutAnyVarianceAtZeroTheResultIsStillUsable() {
        DMatrixRMaj covariance = new DMatrixRMaj(2, 2);
        CovarianceRepair.full(covariance, new double[2], "c", events);
        double logDeterminant = Cholesky.of(covariance).orElseThrow().logDeterminant();
        assertThat(logDeterminant).isFinite();
        assertThat(1 / covariance.get(0, 0)).isFinite();
    }

    @Test
    void onlyTheVariancesOfTheComponentThatAreZeroAreRaised() {
        DMatrixRMaj variances = new DMatrixRMaj(new double[][] {{0, 1, 0}, {4, 0, -1e-20}});
        CovarianceRepair.diagonal(
                variances, 1, new double[] {1, 1, 1}, "the covariance of component 1", events);
        // The mean variance is 4/3: the next rung above 1.3e-12.
        double rung = 1e-11;
        assertThat(variances.data).startsWith(0, 1, 0, 4);
        assertThat(variances.get(1, 1)).isCloseTo(rung, within(1e-26));
        assertThat(variances.get(1, 2)).isCloseTo(rung, within(1e-26));
        assertThat(events)
                .containsExactly(
                        "the covariance of component 1 had 2 of 3 variances that were 0; they were"
                                + " set to 1.0e-11");
    }

    @Test
    void variancesOfVeryDifferentUnitsAreLeftAlone() {
        DMatrixRMaj variances = new DMatrixRMaj(new double[][] {{1e-18, 1e12}});
        CovarianceRepair.diagonal(variances, 0, new double[] {1e-6, 1e12}, "c", events);
        assertThat(variances.data).containsExactly(1e-18, 1e12);
        assertThat(events).isEmpty();
    }

    /** A constant 3·10⁵ whose squares left 10⁻³⁰ behind: less than the square of its last bit. */
    @Test
    void aVarianceThatIsOnlyRoundingCountsAsZero() {
        double[] magnitudes = {3e5, 1};
        DMatrixRMaj variances = new DMatrixRMaj(new double[][] {{1e-30, 1}});
        CovarianceRepair.diagonal(variances, 0, magnitudes, "c", events);
        assertThat(variances.get(0, 0)).isCloseTo(1e-12, within(1e-24));
        DMatrixRMaj covariance = CommonOps_DDRM.diag(1e-30, 1);
        CovarianceRepair.full(covariance, magnitudes, "c", events);
        assertThat(covariance.get(0, 0)).isCloseTo(1e-12, within(1e-24));
        assertThat(events).hasSize(2);
    }

    /**
     * As variances move a little from round to round, what is added must not move the likelihood.
     */
    @Test
    void theRungsDoNotMoveWithTheVariances() {
        for (double variance : new double[] {2, 2.1, 9.9}) {
            DMatrixRMaj covariance = CommonOps_DDRM.diag(variance, variance, 0);
            CovarianceRepair.full(covariance, new double[3], "c", events);
            assertThat(covariance.get(2, 2)).isCloseTo(1e-11, within(1e-26));
        }
    }
}
