package io.github.sparklatent.mixture.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class OverfitTest {
    private static final MixtureOptions FULL = MixtureOptions.DEFAULT;

    private static DMatrixRMaj rows(int count, long seed) {
        return TestMatrices.normal(count, 12, seed);
    }

    private static TrainingResult fit(DMatrixRMaj train, DMatrixRMaj holdout, int components, MixtureOptions options) {
        return new MixtureTrainer(
                        InMemoryRowBlocks.of(train, 64),
                        holdout == null ? null : InMemoryRowBlocks.of(holdout, 64),
                        options.withComponents(List.of(components)),
                        null,
                        SearchListener.none())
                .fit();
    }

    private static Optional<String> warning(int train, int holdout, int components) {
        return fit(rows(train, 1), holdout == 0 ? null : rows(holdout, 2), components, FULL)
                .overfit();
    }

    /** 20 components of 90 parameters each, and their weights: 1,819. */
    @Test
    void manyComponentsOfFewRowsAreNamedWithBothFigures() {
        TrainingResult result = fit(rows(185, 1), rows(40, 2), 20, FULL);
        Candidate metrics = result.best().metrics();
        assertThat(metrics.meanLogLikelihood() - metrics.holdoutMeanLogLikelihood())
                .isGreaterThan(3);
        assertThat(result.overfit().orElseThrow())
                .contains("parameters for 185 training rows")
                .contains("%.2f".formatted(metrics.meanLogLikelihood()))
                .contains("%.2f".formatted(metrics.holdoutMeanLogLikelihood()))
                .contains("fewer components");
    }

    @Test
    void ordinaryFitsHaveNoWarning() {
        assertThat(warning(2_000, 500, 3)).isEmpty();
        assertThat(warning(185, 40, 1)).isEmpty();
        MixtureOptions diagonal = FULL.withCovariance(CovarianceType.DIAGONAL);
        assertThat(fit(rows(185, 1), rows(40, 2), 3, diagonal).overfit()).isEmpty();
    }

    /** The deviation of a row's log-likelihood is √6, so four rows have an error above 1. */
    @Test
    void aDifferenceWithinItsErrorIsNoWarning() {
        DMatrixRMaj four = rows(4, 2);
        for (int j = 0; j < 12; j++) {
            four.set(0, j, 1.6 * four.get(0, j));
        }
        TrainingResult result = fit(rows(185, 1), four, 2, FULL);
        Candidate metrics = result.best().metrics();
        assertThat(metrics.meanLogLikelihood() - metrics.holdoutMeanLogLikelihood())
                .isGreaterThan(1);
        assertThat(result.overfit()).isEmpty();
    }

    /** With many rows for each parameter, another distribution is the reason. */
    @Test
    void heldOutRowsOfAnotherDistributionAreNotOverfitting() {
        DMatrixRMaj wide = rows(500, 2);
        for (int i = 0; i < wide.data.length; i++) {
            wide.data[i] *= 2;
        }
        TrainingResult result = fit(rows(2_000, 1), wide, 1, FULL);
        Candidate metrics = result.best().metrics();
        assertThat(metrics.meanLogLikelihood() - metrics.holdoutMeanLogLikelihood())
                .isGreaterThan(5);
        assertThat(result.overfit()).isEmpty();
    }

    @Test
    void withoutHeldOutRowsMoreParametersThanRowsAreNamed() {
        assertThat(warning(185, 0, 20).orElseThrow())
                .contains("parameters for 185 training rows")
                .contains("hold out rows");
        assertThat(warning(185, 0, 2)).isEmpty();
    }
}
