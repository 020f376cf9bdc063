package io.github.sparklatent.mixture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.initialization.Initialization;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trainings on data that leaves a covariance nothing, without regularisation: never NaN. */
class DegenerateDataTest {
    private static final int K = 3;

    @ParameterizedTest
    @MethodSource("io.github.sparklatent.mixture.training.MixtureStartTest#all")
    void aConstantColumn(Initialization initialization, CovarianceType type) {
        DMatrixRMaj rows = TestMatrices.normal(200, 3, 1);
        for (int i = 0; i < rows.numRows; i++) {
            // Neither it nor its sums are exact in binary.
            rows.set(i, 1, 1e6 / 3);
        }
        MixtureFit fit = fit(rows, initialization, type);
        for (int k = 0; k < K; k++) {
            assertThat(fit.mixture().gaussian().means().get(k, 1) - 1e6 / 3).isBetween(-1e-9, 1e-9);
        }
        if (type.ofNoise() != CovarianceType.SPHERICAL) {
            assertThat(fit.warnings()).isNotEmpty();
            assertThat(fit.mixture().gaussian().variance(0, 1)).isLessThan(1e-8);
        }
        // What is added is the same in each round here, so the likelihood grows as with
        // regularisation: but for the order of what is added.
        // An extrapolation that lowers it is taken back.
        double end = fit.metrics().meanLogLikelihood();
        assertThat(fit.history()).allMatch(round -> round.objective() < end + 1e-9);
    }

    /**
     * The covariances are of rank 2 and what mends them is rounding: on some such tables, one in twenty, a component
     * loses its rows to another on the way.
     */
    @ParameterizedTest
    @MethodSource("io.github.sparklatent.mixture.training.MixtureStartTest#all")
    void aColumnTwice(Initialization initialization, CovarianceType type) {
        DMatrixRMaj rows = TestMatrices.normal(200, 3, 1);
        for (int i = 0; i < rows.numRows; i++) {
            rows.set(i, 2, rows.get(i, 0));
        }
        MixtureFit fit = fit(rows, initialization, type);
        if (type == CovarianceType.FULL || type == CovarianceType.TIED) {
            assertThat(fit.warnings())
                    .anyMatch(e -> e.contains("positive definite"))
                    .allMatch(e -> e.contains("positive definite") || e.contains("re-initialised"));
        } else if (!type.isFactored()) { // the loadings may reproduce the two columns
            assertThat(fit.warnings()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.sparklatent.mixture.training.MixtureStartTest#all")
    void fewerRowsThanColumns(Initialization initialization, CovarianceType type) {
        fit(TestMatrices.normal(10, 20, 1), initialization, type);
    }

    @ParameterizedTest
    @MethodSource("io.github.sparklatent.mixture.training.MixtureStartTest#all")
    void asManyDistinctRowsAsComponents(Initialization initialization, CovarianceType type) {
        DMatrixRMaj rows = new DMatrixRMaj(30, 2);
        for (int i = 0; i < 30; i++) {
            rows.set(i, 0, i % K);
            rows.set(i, 1, i % K == 1 ? 7 : 0.1);
        }
        MixtureFit fit = fit(rows, initialization, type);
        if (initialization == Initialization.K_MEANS_PARALLEL) {
            assertThat(fit.sizes()).allMatch(size -> Math.abs(size - 10) < 1e-6);
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.sparklatent.mixture.training.MixtureStartTest#all")
    void numbersWhoseSquaresOverflow(Initialization initialization, CovarianceType type) {
        DMatrixRMaj rows = TestMatrices.normal(50, 2, 1);
        for (int i = 0; i < rows.getNumElements(); i++) {
            rows.data[i] *= 1e200;
        }
        assertThatThrownBy(() -> fit(rows, initialization, type)).isInstanceOf(DivergedException.class);
    }

    private static MixtureFit fit(DMatrixRMaj rows, Initialization initialization, CovarianceType type) {
        MixtureOptions options = MixtureOptions.DEFAULT
                .withComponents(List.of(K))
                .withInitialization(initialization)
                .withCovariance(type)
                .withFactors(1)
                .withRegularization(0)
                .withPriorRows(0);
        InMemoryRowBlocks data = InMemoryRowBlocks.of(rows, 16);
        MixtureFit fit = Fits.of(data, options);
        MixtureEvaluation evaluation = MixtureEvaluation.of(fit.mixture(), data);
        assertThat(evaluation.meanLogLikelihood())
                .isFinite()
                .isEqualTo(fit.metrics().meanLogLikelihood());
        assertThat(evaluation.sizes()).allMatch(size -> size >= 0 && size <= rows.numRows + 1e-9);
        return fit;
    }
}
