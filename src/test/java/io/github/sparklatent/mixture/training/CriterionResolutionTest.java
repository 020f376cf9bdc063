package io.github.sparklatent.mixture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixedSampler;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fits that a criterion compares are converged to what it can tell apart. The rows are drawn from three groups in the
 * plane whose centres are two deviations apart.
 */
class CriterionResolutionTest {
    private static final int N = 20_000;

    /** Plain EM needs a thousand rounds. */
    private static final int FEWER = 4_000;

    private static RowBlocks data(int n) {
        MixtureParameters groups = MixtureParameters.of(
                CovarianceType.FULL,
                new double[] {0.5, 0.3, 0.2},
                new DMatrixRMaj(new double[][] {{0, 0}, {2, 0}, {0, 2}}),
                List.of(
                        new DMatrixRMaj(new double[][] {{1, 0.3}, {0.3, 1}}),
                        new DMatrixRMaj(new double[][] {{1, -0.3}, {-0.3, 1}}),
                        new DMatrixRMaj(new double[][] {{1.5, 0}, {0, 0.7}})));
        MixedSampler sampler = new MixedSampler(MixedMixture.of(groups), 1);
        double[][] rows = new double[n][];
        for (int i = 0; i < n; i++) {
            rows[i] = sampler.row(i, sampler.component(i));
        }
        return InMemoryRowBlocks.of(new DMatrixRMaj(rows), 1024);
    }

    private static TrainingResult fit(RowBlocks data, MixtureOptions options) {
        return new MixtureTrainer(data, null, options, null, SearchListener.none()).fit();
    }

    private static Candidate limit(RowBlocks data, int components) {
        return fit(
                        data,
                        MixtureOptions.DEFAULT
                                .withAcceleration(true)
                                .withComponents(List.of(components))
                                .withStopping(new StoppingRule(300, 1e-9)))
                .best()
                .metrics();
    }

    /**
     * One more component has the penalty of a weight, two means and three covariances. A tolerance of 1e-4 nats per
     * row, for the change of one round alone, left BIC of 20,000 rows 33 to 46 units above its limit. With Aitken's
     * limit alone, plain EM left BIC of 4,000 rows and 4 components 5.4 units above it. The fourth component has no
     * group of its own and converges slowest.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bicIsKnownToATenthOfThePenaltyOfAComponent(boolean accelerated) {
        int n = accelerated ? N : FEWER;
        RowBlocks data = data(n);
        TrainingResult result = fit(
                data,
                MixtureOptions.DEFAULT
                        .withAcceleration(accelerated)
                        .withComponents(List.of(2, 3, 4))
                        .withStopping(accelerated ? MixtureOptions.DEFAULT.stopping() : new StoppingRule(3000, 1e-4)));
        assertThat(result.best().metrics().components()).isEqualTo(3);
        for (Candidate candidate : result.candidates()) {
            assertThat(candidate.converged()).isTrue();
            double bic = limit(data, candidate.components()).bic();
            assertThat(candidate.bic())
                    .as("%d components", candidate.components())
                    .isCloseTo(bic, within(6 * Math.log(n) / 10));
        }
    }

    @Test
    void restartsAreKnownToOneNat() {
        RowBlocks data = data(N);
        MixtureOptions options = MixtureOptions.DEFAULT
                .withAcceleration(true)
                .withComponents(List.of(3))
                .withRestarts(2);
        Candidate first = fit(data, options).candidates().get(0);
        double missing = limit(data, 3).meanLogLikelihood() - first.meanLogLikelihood();
        assertThat(N * missing).isLessThan(1);
    }
}
