package io.github.sparklatent.gmm.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.gmm.model.MixtureSampler;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/**
 * Fits that a criterion compares are converged to what it can tell apart. The rows are drawn from
 * three groups in the plane whose centres are two deviations apart.
 */
class CriterionResolutionTest {
    private static final int N = 20_000;

    /** The penalty of one more component in BIC: a weight, two means and three covariances. */
    private static final double PENALTY = 6 * Math.log(N);

    private static final RowBlocks DATA = data();

    private static RowBlocks data() {
        Mixture groups =
                Mixture.of(
                        CovarianceType.FULL,
                        new double[] {0.5, 0.3, 0.2},
                        new DMatrixRMaj(new double[][] {{0, 0}, {2, 0}, {0, 2}}),
                        List.of(
                                new DMatrixRMaj(new double[][] {{1, 0.3}, {0.3, 1}}),
                                new DMatrixRMaj(new double[][] {{1, -0.3}, {-0.3, 1}}),
                                new DMatrixRMaj(new double[][] {{1.5, 0}, {0, 0.7}})));
        MixtureSampler sampler = new MixtureSampler(groups, 1);
        double[][] rows = new double[N][];
        for (int i = 0; i < N; i++) {
            rows[i] = sampler.row(i, sampler.component(i));
        }
        return InMemoryRowBlocks.of(new DMatrixRMaj(rows), 1024);
    }

    private static TrainingResult fit(MixtureOptions options) {
        return new MixtureTrainer(DATA, null, options, null, TrainerListener.NONE).fit();
    }

    private static Candidate limit(int components) {
        return fit(MixtureOptions.DEFAULT
                        .withAcceleration(true)
                        .withComponents(List.of(components))
                        .withStopping(new StoppingRule(300, 1e-9)))
                .best()
                .figures();
    }

    /**
     * A tolerance of 1e-4 nats per row, for the change of one round alone, left BIC 33 to 46 units
     * above its limit. The fourth component has no group of its own and converges slowest.
     */
    @Test
    void bicIsKnownToATenthOfThePenaltyOfAComponent() {
        TrainingResult result =
                fit(MixtureOptions.DEFAULT.withAcceleration(true).withComponents(List.of(2, 3, 4)));
        assertThat(result.best().figures().components()).isEqualTo(3);
        for (Candidate candidate : result.candidates()) {
            assertThat(candidate.converged()).isTrue();
            assertThat(candidate.bic())
                    .as("%d components", candidate.components())
                    .isCloseTo(limit(candidate.components()).bic(), within(PENALTY / 10));
        }
    }

    @Test
    void restartsAreKnownToOneNat() {
        MixtureOptions options =
                MixtureOptions.DEFAULT
                        .withAcceleration(true)
                        .withComponents(List.of(3))
                        .withRestarts(2);
        Candidate first = fit(options).candidates().get(0);
        double missing = limit(3).meanLogLikelihood() - first.meanLogLikelihood();
        assertThat(N * missing).isLessThan(1);
    }
}
