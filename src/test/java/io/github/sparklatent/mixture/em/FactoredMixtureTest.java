package io.github.sparklatent.mixture.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.OptionsException;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.gaussian.MixtureRepair;
import io.github.sparklatent.mixture.training.MixtureEvaluation;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mixtures of factor analysers and of probabilistic PCA. */
class FactoredMixtureTest {
    private static final int D = 8;

    private static MixtureOptions options(CovarianceType type, int components, int factors) {
        return MixtureOptions.DEFAULT
                .withComponents(List.of(components))
                .withCovariance(type)
                .withFactors(factors)
                .withRegularization(0)
                .withPriorRows(0)
                .withStopping(new StoppingRule(3000, 1e-9));
    }

    /** One factor fewer than columns and the noise hold any covariance. */
    @Test
    void withAllFactorsItHasTheDensityOfFullCovariances() {
        MixtureParameters truth = TestMixtures.of(CovarianceType.FULL, 2, 5, 4, 0, 3);
        RowBlocks data = InMemoryRowBlocks.of(TestMixtures.drawn(truth, 600, 9), 100);
        MixtureFit full = Fits.of(data, options(CovarianceType.FULL, 2, 1));
        MixtureFit factored = Fits.of(data, options(CovarianceType.FACTOR, 2, 4));
        // Both end when they expect to gain less than 1e-9, estimated from gains that hardly fall.
        assertThat(factored.metrics().meanLogLikelihood())
                .isCloseTo(full.metrics().meanLogLikelihood(), within(1e-4));
    }

    /** The fit has a higher likelihood than the mixture that the rows were drawn from. */
    @ParameterizedTest
    @EnumSource(names = {"FACTOR", "PPCA"})
    void itFindsTheLoadingsOfEachComponent(CovarianceType type) {
        MixtureParameters truth = TestMixtures.of(type, 3, D, 3, 0, 4);
        RowBlocks data = InMemoryRowBlocks.of(TestMixtures.drawn(truth, 3000, 9), 500);
        MixtureFit fit = Fits.of(data, options(type, 3, 2).withPriorRows(1).withRestarts(3));
        double gain = fit.metrics().meanLogLikelihood()
                - MixtureEvaluation.of(Fits.density(truth), data).meanLogLikelihood();
        // Twice the gain times the rows has a mean of the number of parameters (Wilks).
        assertThat(gain * 2 * 3000).isBetween(0.0, 2.0 * truth.freeParameters());
    }

    /** Ψ_k = (N_k Ψ_k + a Λ) / (N_k + a), and −a times the divergences from Λ as the log prior. */
    @ParameterizedTest
    @EnumSource(names = {"FACTOR", "PPCA"})
    void thePriorActsAsRowsOfTypicalNoise(CovarianceType type) {
        MixtureParameters before = TestMixtures.of(type, 2, D, 1, 0, 4);
        RowBlocks data = InMemoryRowBlocks.of(TestMixtures.drawn(before, 300, 9), 64);
        DMatrixRMaj typical = new DMatrixRMaj(1, type == CovarianceType.PPCA ? 1 : D);
        typical.fill(0.7);
        double a = 20;
        CovariancePrior prior = new CovariancePrior(a, typical);
        StatisticsLayout layout = StatisticsLayout.of(before);
        double[] sums = data.sums("", Fits.expectation(before)).sums();
        MixtureParameters without = new MaximizationStep(layout, 0)
                .maximize(sums, before, new ArrayList<>())
                .noise();
        MixtureParameters with = new MaximizationStep(layout, 0, prior).maximize(sums, before, new ArrayList<>());
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
        DMatrixRMaj rows = TestMixtures.drawn(mixture, 20, 9);
        rows.set(0, 0, 1e6);
        MixtureParameters found = Fits.rounds(InMemoryRowBlocks.of(rows, 20), mixture, 1e-6, 3)
                .mixture()
                .gaussian();
        double mean = 0;
        for (int k = 0; k < 2; k++) {
            mean += found.weight(k) * found.means().get(k, 0);
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
        assertThatThrownBy(() -> Fits.of(data, options(CovarianceType.FACTOR, 2, 3)))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("the rows have 3 columns for 3 factors");
    }
}
