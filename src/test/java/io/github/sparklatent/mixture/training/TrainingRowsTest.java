package io.github.sparklatent.mixture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MissingValues;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.initialization.Initialization;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Priors that are computed from the rows, and what they prevent. */
class TrainingRowsTest {
    /**
     * Two columns of variance 1 and 1.25 and covariance 1; a quarter of the values of each are missing, in different
     * rows. Filled by the means, rows have three quarters of the variances and half of the covariance: 0.25, 0.31 and
     * 0.5 less. The standard errors are √(2 / 1500) · 1.25 and √(2.25 / 1000), 0.05 each, and the bound is four of
     * them.
     */
    @Test
    void missingValuesDoNotShrinkThePriors() {
        DMatrixRMaj rows = TestMatrices.normal(2000, 2, 3);
        for (int i = 0; i < rows.numRows; i++) {
            rows.set(i, 1, rows.get(i, 0) + 0.5 * rows.get(i, 1));
        }
        RowBlocks data = InMemoryRowBlocks.of(MissingValues.in(rows, 0.5, 1), 64);
        MixtureOptions options =
                MixtureOptions.DEFAULT.withComponents(List.of(1)).withStopping(new StoppingRule(100, 1e-8));
        TrainingRows priors = training(data, options);

        assertTypical(priors.ofParameters(1).whole().covariances().get(0));
        assertTypical(priors.prior(1).gaussian().reference());
    }

    private static TrainingRows training(RowBlocks data, MixtureOptions options) {
        MixedColumns columns = MixedColumns.ofNumbers(data.width());
        return new TrainingRows(data, columns, options, SearchListener.none());
    }

    private static void assertTypical(DMatrixRMaj covariance) {
        assertThat(covariance.get(0, 0)).isCloseTo(1, within(0.2));
        assertThat(covariance.get(0, 1)).isCloseTo(1, within(0.2));
        assertThat(covariance.get(1, 1)).isCloseTo(1.25, within(0.2));
    }

    /**
     * Three equal rows beside 300 others in ten dimensions, far away or in one of the groups. By maximum likelihood a
     * component that holds them alone gains ½ · 10 · log 10⁶ = 69 nats for each. With the default prior of one row its
     * variances stay above a quarter of the typical ones, and it gains ½ · 10 · log 4 = 7.
     */
    @ParameterizedTest
    @CsvSource({"FULL, 20", "DIAGONAL, 20", "SPHERICAL, 20", "FULL, 0", "DIAGONAL, 0", "SPHERICAL, 0"})
    void threeEqualRowsDoNotWinTwentyRestartsByDefault(CovarianceType type, double distance) {
        DMatrixRMaj rows = TestMatrices.normal(303, 10, 11);
        for (int i = 0; i < 300; i++) {
            rows.add(i, 0, 10 * (i % 3));
        }
        rows.add(300, 1, distance);
        for (int copy = 301; copy < 303; copy++) {
            System.arraycopy(rows.data, 3000, rows.data, 10 * copy, 10);
        }
        MixtureOptions options = MixtureOptions.DEFAULT
                .withComponents(List.of(4))
                .withCovariance(type)
                .withRestarts(20);
        assertThat(leastEigenvalue(rows, options)).isGreaterThan(0.05);
        if (distance > 0) {
            // Otherwise nothing was kept from collapsing here.
            MixtureOptions exact = options.withPriorRows(0).withInitialization(Initialization.K_MEANS_PARALLEL);
            assertThat(leastEigenvalue(rows, exact)).isLessThan(1e-5);
        }
    }

    /** Returns the least variance of any component in any direction. */
    private static double leastEigenvalue(DMatrixRMaj rows, MixtureOptions options) {
        RowBlocks data = InMemoryRowBlocks.of(rows, 64);
        MixtureParameters mixture = Fits.of(data, options).mixture().gaussian();
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < mixture.components(); k++) {
            var eigen = DecompositionFactory_DDRM.eig(rows.numCols, false, true);
            assertThat(eigen.decompose(mixture.covariance(k))).isTrue();
            for (int j = 0; j < rows.numCols; j++) {
                least = Math.min(least, eigen.getEigenvalue(j).getReal());
            }
        }
        return least;
    }

    /** A start may be of any width; what is typical follows from the rows. */
    @Test
    void aGivenStartDoesNotChangeThePrior() {
        MixtureParameters wide = MixtureParameters.of(
                CovarianceType.SPHERICAL,
                new double[] {0.25, 0.25, 0.5},
                new DMatrixRMaj(new double[][] {{0, 0}, {10, 0}, {0, 10}}),
                List.of(new DMatrixRMaj(new double[][] {{1e6}, {1e6}, {1e6}})));
        MixtureParameters narrow = MixtureParameters.of(
                CovarianceType.SPHERICAL, wide.weights(), wide.means(), List.of(new DMatrixRMaj(new double[][] {
                    {1}, {1}, {1}
                })));
        MixtureOptions options = MixtureOptions.DEFAULT
                .withComponents(List.of(3))
                .withCovariance(CovarianceType.SPHERICAL)
                .withPriorRows(1)
                .withStopping(new StoppingRule(200, 1e-12));
        RowBlocks data = InMemoryRowBlocks.of(TestMixtures.rowsAround(narrow, 300, 1), 32);
        double[] objectives = new double[2];
        for (int i = 0; i < 2; i++) {
            MixtureParameters start = i == 0 ? wide : narrow;
            objectives[i] = Fits.of(data, options, start).metrics().objective();
        }
        assertThat(objectives[0]).isCloseTo(objectives[1], within(1e-9));
    }

    /**
     * The clusters of k-means isolate single values that are far from the others if there are more clusters than such
     * values. Otherwise the variance of the usual values is the limit. The typical covariance is as wide as the rows.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 2, FULL",
        "2, 3, FULL",
        "5, 10, FULL",
        "1, 1, FULL",
        "2, 2, FULL",
        "1, 1, DIAGONAL",
        "1, 1, SPHERICAL"
    })
    void singleFarValuesDoNotWidenThePrior(int far, int components, CovarianceType type) {
        DMatrixRMaj rows = TestMatrices.normal(4000, 6, 8);
        for (int i = 0; i < far; i++) {
            rows.set(17 * i + 3, i, 999_999);
        }
        MixtureOptions options =
                MixtureOptions.DEFAULT.withComponents(List.of(components)).withCovariance(type);
        DMatrixRMaj typical = training(InMemoryRowBlocks.of(rows, 64), options)
                .prior(components)
                .gaussian()
                .reference();
        int d = Math.min(6, typical.getNumElements());
        for (int j = 0; j < d; j++) {
            assertThat(typical.data[type == CovarianceType.FULL ? j * d + j : j])
                    .isBetween(0.5, 1.1);
        }
    }
}
