package io.github.sparklatent.mixture.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CovariancePriorTest {
    private static final int K = 3;
    private static final int D = 4;
    private static final SampleSize COUNTS = new SampleSize(1000, 0, 0);

    /** By the inverse and the determinant of EJML, matrix by matrix. */
    @ParameterizedTest
    @EnumSource(names = {"FULL", "DIAGONAL", "SPHERICAL"})
    void theLogDensityIsThatOfSoManyRowsOfTheReference(CovarianceType type) {
        MixtureParameters typical = TestMixtures.of(type, K, D, 1, 0, 1);
        MixtureParameters mixture = TestMixtures.of(type, K, D, 1, 0, 2);
        DMatrixRMaj reference = new DMatrixRMaj(D, D);
        for (int k = 0; k < K; k++) {
            CommonOps_DDRM.addEquals(reference, typical.weight(k), typical.covariance(k));
        }
        double expected = 0;
        for (int k = 0; k < K; k++) {
            DMatrixRMaj precision = mixture.covariance(k);
            double determinant = CommonOps_DDRM.det(precision);
            CommonOps_DDRM.invert(precision);
            DMatrixRMaj product = new DMatrixRMaj(D, D);
            CommonOps_DDRM.mult(precision, reference, product);
            double ratio = determinant / CommonOps_DDRM.det(reference);
            expected -= 0.5 * 7 * (CommonOps_DDRM.trace(product) - D + Math.log(ratio));
        }
        double found = CovariancePrior.of(7, COUNTS, typical).logDensity(mixture);
        assertThat(found).isCloseTo(expected, within(1e-12 * Math.abs(expected)));
    }

    /** A row has the weight that all rows have in the mean, unless weights are counts. */
    @Test
    void itsWeightFollowsTheUnitOfTheWeights() {
        MixtureParameters typical = TestMixtures.of(CovarianceType.FULL, K, D, 1, 0, 1);
        assertThat(CovariancePrior.of(2, new SampleSize(3000, 1000, 9000), typical)
                        .weight())
                .isEqualTo(2);
        assertThat(CovariancePrior.of(2, new SampleSize(0.5, 1000, 0.25 / 1000), typical)
                        .weight())
                .isCloseTo(2 * 0.5 / 1000, within(1e-18));
    }

    @Test
    void aTiedCovarianceHasNone() {
        MixtureParameters typical = TestMixtures.of(CovarianceType.TIED, K, D, 1, 0, 1);
        assertThat(CovariancePrior.of(2, COUNTS, typical).isPresent()).isFalse();
    }

    /** Σ_k = (S_k + a Λ) / (N_k + a), from the M-step without a prior; the log density is added to the objective. */
    @ParameterizedTest
    @EnumSource(names = {"FULL", "DIAGONAL", "SPHERICAL"})
    void theUpdateIsTheWeightedMeanOfBoth(CovarianceType type) {
        MixtureParameters before = TestMixtures.of(type, K, D, 2, 0, 3);
        InMemoryRowBlocks data = InMemoryRowBlocks.of(TestMixtures.rowsAround(before, 90, 4), 32);
        MixtureParameters typical = TestMixtures.of(type, K, D, 1, 0, 5);
        CovariancePrior prior = CovariancePrior.of(6, COUNTS, typical);
        StatisticsLayout layout = new StatisticsLayout(type, K, D);
        double[] sums = data.sums("", Fits.expectation(before)).sums();
        assertThat(Fits.em(layout, 0, prior).objective(MixedMixture.of(before), sums))
                .isCloseTo(
                        Fits.em(layout, 0).objective(sums) + prior.logDensity(before) / sums[StatisticsLayout.WEIGHT],
                        within(1e-12));
        List<String> warnings = new ArrayList<>();
        MixtureParameters plain = new MaximizationStep(layout, 0).maximize(sums, before.means(), warnings);
        MixtureParameters found = new MaximizationStep(layout, 0, prior).maximize(sums, before.means(), warnings);
        DMatrixRMaj reference = new DMatrixRMaj(D, D);
        for (int k = 0; k < K; k++) {
            CommonOps_DDRM.addEquals(reference, typical.weight(k), typical.covariance(k));
        }
        assertThat(found.means().data).containsExactly(plain.means().data);
        assertThat(found.weights()).containsExactly(plain.weights());
        for (int k = 0; k < K; k++) {
            double size = layout.sizes(sums)[k];
            for (int i = 0; i < D * D; i++) {
                double expected = (size * plain.covariance(k).data[i] + 6 * reference.data[i]) / (size + 6);
                assertThat(found.covariance(k).data[i]).isCloseTo(expected, within(1e-13));
            }
        }
    }

    @Test
    void noiseIsRaisedToItsBounds() {
        double[] noise = {0.5, 1e-6, 0};
        CovariancePrior.above(new double[] {0.1, 0.2, 0.3}).bound(noise);
        assertThat(noise).containsExactly(0.5, 0.2, 0.3);
        assertThatThrownBy(() -> CovariancePrior.above(new double[2]).bound(new double[] {1, 0}))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "the noise variance of column 1 of the features has become 0, because the latent variables reproduce it: use a regularization above 0 or leave the column out");
    }
}
