package io.github.sparklatent.mixture.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.atIndex;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.TestMixtures;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class MixtureRepairTest {
    private final List<String> warnings = new ArrayList<>();

    private void repair(double[] magnitudes, DMatrixRMaj... covariances) {
        repair(CovarianceType.FULL, covariances.length, magnitudes, covariances);
    }

    private void repairDiagonal(double[] magnitudes, DMatrixRMaj variances) {
        repair(CovarianceType.DIAGONAL, variances.numRows, magnitudes, variances);
    }

    /** Repairs the covariances of components of equal weight around given means. */
    private void repair(CovarianceType type, int components, double[] magnitudes, DMatrixRMaj... covariances) {
        int d = magnitudes.length;
        DMatrixRMaj means = new DMatrixRMaj(components, d);
        double[] weights = new double[components];
        for (int k = 0; k < components; k++) {
            weights[k] = 1.0 / components;
            System.arraycopy(magnitudes, 0, means.data, k * d, d);
        }
        MixtureRepair.covariances(type, List.of(covariances), weights, means, null, warnings);
    }

    @Test
    void aGoodCovarianceIsLeftAlone() {
        DMatrixRMaj covariance = TestMatrices.covariance(4, 1);
        double[] before = covariance.data.clone();
        repair(new double[4], covariance);
        assertThat(covariance.data).containsExactly(before);
        assertThat(warnings).isEmpty();
    }

    /** The smallest eigenvalue is −2 · 10⁻⁶: shares are 10⁻¹², 10⁻¹¹, ... */
    @Test
    void theSmallestShareThatSufficesIsAdded() {
        double correlation = 1 + 2e-6;
        DMatrixRMaj covariance = new DMatrixRMaj(new double[][] {{1, correlation}, {correlation, 1}});
        repair(new double[2], covariance);
        assertThat(covariance.get(0, 0) - 1).isCloseTo(1e-5, within(1e-15));
        assertThat(covariance.get(1, 1) - 1).isCloseTo(1e-5, within(1e-15));
        assertThat(covariance.get(0, 1)).isEqualTo(correlation);
        assertThat(warnings)
                .containsExactly("the covariance of component 0 was not positive definite; 1.0e-05 of each"
                        + " column's variance was added to its diagonal");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-200, 1e-6, 1, 1e6, 1e200})
    void theAddedVarianceFollowsTheUnits(double variance) {
        DMatrixRMaj covariance = new DMatrixRMaj(new double[][] {{1, 1}, {1, 1}});
        CommonOps_DDRM.scale(variance, covariance);
        repair(new double[2], covariance);
        assertThat(covariance.get(0, 0) / variance - 1).isCloseTo(1e-12, within(1e-15));
        assertThat(Cholesky.of(covariance)).isPresent();
    }

    /** A column, its copy, and a third one of much smaller units, which must stay as it is. */
    @Test
    void aColumnOfSmallUnitsKeepsItsVariance() {
        DMatrixRMaj covariance = new DMatrixRMaj(new double[][] {{1e12, 1e12, 0}, {1e12, 1e12, 0}, {0, 0, 1e-4}});
        repair(new double[3], covariance);
        assertThat(covariance.get(0, 0) / 1e12 - 1).isCloseTo(1e-12, within(1e-15));
        assertThat(covariance.get(2, 2) / 1e-4 - 1).isBetween(0.0, 1.1e-12);
        assertThat(Cholesky.of(covariance)).isPresent();
    }

    /**
     * Three copies of a column leave two directions without variance. The log determinants of two components then
     * differ by that of the column only, here log 9 / 1 and not 3 log 9 / 1.
     */
    @Test
    void collinearColumnsFavourNoComponent() {
        DMatrixRMaj narrow = new DMatrixRMaj(3, 3);
        DMatrixRMaj wide = new DMatrixRMaj(3, 3);
        narrow.fill(1.1);
        wide.fill(9.9);
        repair(new double[3], narrow, wide);
        assertThat(warnings).hasSize(2);
        double difference = Cholesky.of(wide).orElseThrow().logDeterminant()
                - Cholesky.of(narrow).orElseThrow().logDeterminant();
        // Two pivots near 5.5e-12 are differences of four rounded numbers up to 9.9 each.
        double bound = 2 * 4 * 9.9 * TestMatrices.U / 5.5e-12;
        assertThat(difference).isCloseTo(Math.log(9), within(bound));
    }

    /** What one of the components needs is added to all that need any. */
    @Test
    void allRepairedComponentsGetTheSame() {
        double correlation = 1 + 2e-6;
        DMatrixRMaj bad = new DMatrixRMaj(new double[][] {{1, correlation}, {correlation, 1}});
        DMatrixRMaj collinear = new DMatrixRMaj(new double[][] {{1, 1}, {1, 1}});
        DMatrixRMaj good = new DMatrixRMaj(new double[][] {{1, 0.5}, {0.5, 1}});
        repair(new double[2], bad, collinear, good);
        assertThat(collinear.get(0, 0)).isEqualTo(bad.get(0, 0));
        assertThat(good.get(0, 0)).isEqualTo(1);
        assertThat(warnings).hasSize(2);
    }

    /** All rows equal: what is known of the means is their precision, 2⁻⁵² of 10³; squared, 5e-26. */
    @Test
    void withoutAnyVarianceTheMeansPrecisionIsTheScale() {
        DMatrixRMaj covariance = new DMatrixRMaj(2, 2);
        repair(new double[] {1, 1e3}, covariance);
        double precision = 1e3 * Math.ulp(1.0);
        assertThat(covariance.get(1, 1)).isCloseTo(10 * precision * precision, within(1e-39));
        assertThat(Cholesky.of(covariance)).isPresent();
        assertThat(warnings).hasSize(1);
    }

    @Test
    void withoutAnyVarianceAtZeroTheResultIsStillUsable() {
        DMatrixRMaj covariance = new DMatrixRMaj(2, 2);
        repair(new double[2], covariance);
        double logDeterminant = Cholesky.of(covariance).orElseThrow().logDeterminant();
        assertThat(logDeterminant).isFinite();
        assertThat(1 / covariance.get(0, 0)).isFinite();
    }

    @Test
    void onlyVariancesThatAreZeroAreRaised() {
        DMatrixRMaj variances = new DMatrixRMaj(new double[][] {{2, 1, 0}, {4, 0, -1e-20}});
        repairDiagonal(new double[] {1, 1, 1}, variances);
        assertThat(variances.data).startsWith(2, 1).contains(4, atIndex(3));
        // The mean variance of column 1 is 1/2. Column 2 has none; the mean of all is 7/6.
        assertThat(variances.get(1, 1)).isCloseTo(0.5e-12, within(1e-26));
        assertThat(variances.get(0, 2)).isCloseTo(1e-11, within(1e-26));
        assertThat(variances.get(1, 2)).isEqualTo(variances.get(0, 2));
        assertThat(warnings)
                .containsExactly(
                        "the covariance of component 0 had 1 of 3 variances that were 0; they were"
                                + " set to at most 1.0e-11",
                        "the covariance of component 1 had 2 of 3 variances that were 0; they were"
                                + " set to at most 1.0e-11");
    }

    @Test
    void variancesOfVeryDifferentUnitsAreLeftAlone() {
        DMatrixRMaj variances = new DMatrixRMaj(new double[][] {{1e-18, 1e12}});
        repairDiagonal(new double[] {1e-6, 1e12}, variances);
        assertThat(variances.data).containsExactly(1e-18, 1e12);
        assertThat(warnings).isEmpty();
    }

    /** A constant 3·10⁵ whose squares left 10⁻³⁰ behind: less than the square of its last bit. */
    @Test
    void aVarianceThatIsOnlyRoundingCountsAsZero() {
        double[] magnitudes = {3e5, 1};
        DMatrixRMaj variances = new DMatrixRMaj(new double[][] {{1e-30, 1}});
        repairDiagonal(magnitudes, variances);
        assertThat(variances.get(0, 0)).isCloseTo(1e-12, within(1e-24));
        DMatrixRMaj covariance = CommonOps_DDRM.diag(1e-30, 1);
        repair(magnitudes, covariance);
        assertThat(covariance.get(0, 0)).isCloseTo(1e-12, within(1e-24));
        assertThat(warnings).hasSize(2);
    }

    /** As variances move a little from round to round, what a constant column gets must not move the likelihood. */
    @Test
    void aConstantColumnGetsTheSameInEachRound() {
        for (double variance : new double[] {2, 2.1, 9.9}) {
            DMatrixRMaj covariance = CommonOps_DDRM.diag(variance, variance, 0);
            repair(new double[3], covariance);
            assertThat(covariance.get(2, 2)).isCloseTo(1e-11, within(1e-26));
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.sparklatent.mixture.TestMixtures#UNFACTORED")
    void givesInversesToWhatHasNone(CovarianceType type) {
        MixtureParameters any = TestMixtures.of(type, 2, 3, 0, 0, 1);
        DMatrixRMaj first = any.covariances().get(0).copy();
        for (int j = 0; j < (type.isSquare() ? 3 : 1); j++) {
            first.set(0, j, 0);
            first.set(j, 0, 0);
        }
        List<DMatrixRMaj> covariances = new ArrayList<>(any.covariances());
        covariances.set(0, first);
        MixtureParameters singular = MixtureParameters.of(type, any.weights(), any.means(), covariances);
        List<String> warnings = new ArrayList<>();
        MixtureParameters repaired = MixtureRepair.of(singular, warnings);
        assertThat(warnings).hasSize(1);
        assertThat(repaired.variance(0, 0)).isBetween(Double.MIN_NORMAL, 1e-9);
        assertThat(singular.variance(0, 0)).isZero();
        assertThat(MixtureFactors.of(repaired)).isNotNull();
        List<String> none = new ArrayList<>();
        MixtureParameters again = MixtureRepair.of(repaired, none);
        assertThat(none).isEmpty();
        assertThat(again.covariance(0).data).isEqualTo(repaired.covariance(0).data);
    }
}
