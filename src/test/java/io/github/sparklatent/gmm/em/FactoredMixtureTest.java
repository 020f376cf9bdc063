package io.github.sparklatent.gmm.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gmm.Fits;
import io.github.sparklatent.gmm.MissingValues;
import io.github.sparklatent.gmm.TestMixtures;
import io.github.sparklatent.gmm.model.ConditionalMixture;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.model.MixtureSampler;
import io.github.sparklatent.gmm.training.MixtureEvaluation;
import io.github.sparklatent.gmm.training.MixtureFit;
import io.github.sparklatent.gmm.training.MixtureOptions;
import io.github.sparklatent.learn.OptionsException;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.linear.LinearFit;
import io.github.sparklatent.linear.LinearOptions;
import io.github.sparklatent.linear.LinearTrainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mixtures of factor analysers and of probabilistic PCA. */
class FactoredMixtureTest {
    private static final int D = 8;

    private static DMatrixRMaj drawn(MixtureParameters mixture, int rows) {
        MixtureSampler sampler = new MixtureSampler(mixture, 9);
        return new DMatrixRMaj(IntStream.range(0, rows)
                .mapToObj(i -> sampler.row(i, sampler.component(i)))
                .toArray(double[][]::new));
    }

    private static MixtureOptions options(CovarianceType type, int components, int factors) {
        return MixtureOptions.DEFAULT
                .withComponents(List.of(components))
                .withCovariance(type)
                .withFactors(factors)
                .withRegularization(0)
                .withCovariancePrior(0)
                .withStopping(new StoppingRule(3000, 1e-9));
    }

    private static MixtureFit<MixtureParameters> fit(RowBlocks data, MixtureOptions options) {
        return Fits.of(data, options);
    }

    /** One component is factor analysis or probabilistic PCA, with and without missing values. */
    @ParameterizedTest
    @EnumSource(names = {"FACTOR", "PPCA"})
    void oneComponentIsTheLinearModel(CovarianceType type) {
        DMatrixRMaj rows = drawn(TestMixtures.of(type, 1, D, 1, 3, 4), 500);
        LinearOptions linear = (type == CovarianceType.PPCA ? LinearOptions.PPCA : LinearOptions.FACTOR_ANALYSIS)
                .withFit(io.github.sparklatent.linear.LinearOptions.FitMethod.EM)
                .withRegularization(1e-9)
                .withStopping(new StoppingRule(3000, 1e-10));
        for (DMatrixRMaj table : List.of(rows, MissingValues.in(rows, 0.2, 5))) {
            RowBlocks data = InMemoryRowBlocks.of(table, 100);
            LinearFit expected = LinearTrainer.fit(data, linear);
            MixtureFit<MixtureParameters> found = fit(data, options(type, 1, 2));
            // Both end within the tolerance times the number of rounds that it leaves undone.
            assertThat(found.metrics().meanLogLikelihood()).isCloseTo(expected.meanLogLikelihood(), within(1e-6));
            assertThat(found.mixture().freeParameters())
                    .isEqualTo(expected.model().freeParameters());
        }
    }

    /** One factor fewer than columns and the noise hold any covariance. */
    @Test
    void withAllFactorsItHasTheDensityOfFullCovariances() {
        MixtureParameters truth = TestMixtures.of(CovarianceType.FULL, 2, 5, 4, 0, 3);
        RowBlocks data = InMemoryRowBlocks.of(drawn(truth, 600), 100);
        MixtureFit<MixtureParameters> full = fit(data, options(CovarianceType.FULL, 2, 1));
        MixtureFit<MixtureParameters> factored = fit(data, options(CovarianceType.FACTOR, 2, 4));
        // Both end when they expect to gain less than 1e-9, estimated from gains that hardly fall.
        assertThat(factored.metrics().meanLogLikelihood())
                .isCloseTo(full.metrics().meanLogLikelihood(), within(1e-4));
    }

    /** The fit has a higher likelihood than the mixture that the rows were drawn from. */
    @ParameterizedTest
    @EnumSource(names = {"FACTOR", "PPCA"})
    void itFindsTheLoadingsOfEachComponent(CovarianceType type) {
        MixtureParameters truth = TestMixtures.of(type, 3, D, 3, 0, 4);
        RowBlocks data = InMemoryRowBlocks.of(drawn(truth, 3000), 500);
        MixtureFit<MixtureParameters> fit =
                fit(data, options(type, 3, 2).withCovariancePrior(1).withRestarts(3));
        double gain = fit.metrics().meanLogLikelihood()
                - MixtureEvaluation.of(truth, data).meanLogLikelihood();
        // Twice the gain times the rows has a mean of the number of parameters (Wilks).
        assertThat(gain * 2 * 3000).isBetween(0.0, 2.0 * truth.freeParameters());
    }

    /** Draws have the mean and the covariance of their component. */
    @ParameterizedTest
    @EnumSource(names = {"FACTOR", "PPCA"})
    void drawsHaveTheCovariance(CovarianceType type) {
        MixtureParameters mixture = TestMixtures.of(type, 1, 3, 1, 0, 4);
        int n = 40_000;
        DMatrixRMaj rows = drawn(mixture, n);
        DMatrixRMaj expected = mixture.covariance(0);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int row = 0; row < n; row++) {
                    sum += (rows.get(row, i) - mixture.means().get(0, i))
                            * (rows.get(row, j) - mixture.means().get(0, j));
                }
                double deviation =
                        Math.sqrt((expected.get(i, i) * expected.get(j, j) + Math.pow(expected.get(i, j), 2)) / n);
                assertThat(sum / n).isCloseTo(expected.get(i, j), within(5 * deviation));
            }
        }
    }

    /** p(free | given) is the ratio of the joint density and that of the given columns. */
    @ParameterizedTest
    @EnumSource(names = {"FACTOR", "PPCA"})
    void theConditionalDensityIsARatio(CovarianceType type) {
        MixtureParameters mixture = TestMixtures.of(type, 3, 6, 1, 0, 4);
        double[] row = TestMatrices.row(TestMatrices.normal(1, 6, 2), 0);
        for (int count : new int[] {1, 3, 5}) { // five given leave fewer columns than factors
            double[] given = row.clone();
            Arrays.fill(given, count, 6, Double.NaN);
            ConditionalMixture conditional = ConditionalMixture.of(mixture, given);
            double joint = logDensity(mixture, row) - logDensity(mixture, given);
            assertThat(logDensity(conditional.mixture(), Arrays.copyOfRange(row, count, 6)))
                    .isCloseTo(joint, within(1e-11));
        }
    }

    private static double logDensity(MixtureParameters mixture, double[] row) {
        RowBlocks one = InMemoryRowBlocks.of(DMatrixRMaj.wrap(1, row.length, row), 1);
        return MixtureEvaluation.of(mixture, one).meanLogLikelihood();
    }

    /** The objective with the prior never falls. */
    @ParameterizedTest
    @EnumSource(names = {"FACTOR", "PPCA"})
    void thePenalisedLikelihoodNeverFalls(CovarianceType type) {
        MixtureParameters truth = TestMixtures.of(type, 2, D, 1, 0, 4);
        RowBlocks data = InMemoryRowBlocks.of(MissingValues.in(drawn(truth, 200), 0.1, 3), 64);
        MixtureFit<MixtureParameters> fit = fit(data, options(type, 3, 3).withCovariancePrior(1));
        assertThat(fit.warnings()).isEmpty();
        double last = Double.NEGATIVE_INFINITY;
        for (var round : fit.history()) {
            assertThat(round.objective()).isGreaterThan(last - 1e-10);
            last = round.objective();
        }
    }

    /** Ψ_k = (N_k Ψ_k + a Λ) / (N_k + a), and −a times the divergences from Λ as the log prior. */
    @ParameterizedTest
    @EnumSource(names = {"FACTOR", "PPCA"})
    void thePriorActsAsRowsOfTypicalNoise(CovarianceType type) {
        MixtureParameters before = TestMixtures.of(type, 2, D, 1, 0, 4);
        RowBlocks data = InMemoryRowBlocks.of(drawn(before, 300), 64);
        DMatrixRMaj typical = new DMatrixRMaj(1, type == CovarianceType.PPCA ? 1 : D);
        typical.fill(0.7);
        double a = 20;
        CovariancePrior prior = new CovariancePrior(a, typical);
        StatisticsLayout layout = StatisticsLayout.of(before);
        GaussianMixtureEm plain = new GaussianMixtureEm(layout, 0, CovariancePrior.NONE);
        GaussianMixtureEm penalised = new GaussianMixtureEm(layout, 0, prior);
        double[] sums = data.sums("", plain.expectation(before)).sums();
        MixtureParameters without = plain.update(before, sums, data, 0).model().noise();
        MixtureParameters with = penalised.update(before, sums, data, 0).model();
        double log = 0;
        for (int k = 0; k < 2; k++) {
            double size = layout.sizes(sums)[k];
            for (int j = 0; j < D; j++) {
                double expected = (size * without.variance(k, j) + a * 0.7) / (size + a);
                assertThat(with.noise().variance(k, j)).isCloseTo(expected, within(1e-13));
                double ratio = 0.7 / expected;
                log -= 0.5 * a * (ratio - 1 - Math.log(ratio));
            }
        }
        assertThat(prior.logDensity(with)).isCloseTo(log, within(1e-10));
    }

    /** EM keeps the mean of the rows, also if one of them is far away. */
    @Test
    void aRowFarAway() {
        MixtureParameters mixture = TestMixtures.of(CovarianceType.FACTOR, 2, D, 1, 0, 4);
        DMatrixRMaj rows = drawn(mixture, 20);
        rows.set(0, 0, 1e6);
        MixtureFit<MixtureParameters> fit = Fits.rounds(InMemoryRowBlocks.of(rows, 20), mixture, 1e-6, 3);
        double mean = 0;
        for (int k = 0; k < 2; k++) {
            mean += fit.mixture().weight(k) * fit.mixture().means().get(k, 0);
        }
        double expected = 0;
        for (int i = 0; i < 20; i++) {
            expected += rows.get(i, 0) / 20;
        }
        assertThat(mean).isCloseTo(expected, within(1e-6));
    }

    /** Given values of a saved model are drawn under a repaired mixture. */
    @ParameterizedTest
    @EnumSource(names = {"FACTOR", "PPCA"})
    void nothingIsRepaired(CovarianceType type) {
        MixtureParameters mixture = TestMixtures.of(type, 2, D, 1, 0, 4);
        List<String> warnings = new ArrayList<>();
        assertThat(MixtureRepair.of(mixture, warnings)).isSameAs(mixture);
        assertThat(warnings).isEmpty();
    }

    @Test
    void asManyFactorsAsColumnsAreRefused() {
        RowBlocks data = InMemoryRowBlocks.of(TestMatrices.normal(20, 3, 1), 20);
        assertThatThrownBy(() -> fit(data, options(CovarianceType.FACTOR, 2, 3)))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("the rows have 3 columns for 3 factors");
    }
}
