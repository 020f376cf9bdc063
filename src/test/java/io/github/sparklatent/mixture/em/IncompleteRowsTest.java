package io.github.sparklatent.mixture.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MissingValues;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows with missing values against the mixture of their observed columns. */
class IncompleteRowsTest {
    /** More than two batches. */
    private static final int ROWS = 150;

    private static final int COLUMNS = 5;

    /**
     * The terms of a log density are below 100 and each is a sum of d products; the twin inverts matrices of condition
     * below 100.
     */
    private static final double ROUNDING = 4 * COLUMNS * 100 * 100 * TestMatrices.U;

    private static MixtureParameters mixture(CovarianceType type) {
        return TestMixtures.of(type, 3, COLUMNS, 0.5, 10, 3);
    }

    /** Rows of which a third of the values are missing; some are complete, one has no value. */
    private static DMatrixRMaj rows(CovarianceType type) {
        DMatrixRMaj rows = MissingValues.in(TestMixtures.rowsAround(mixture(type), ROWS, 4), 0.33, 5);
        Arrays.fill(rows.data, 7 * COLUMNS, 8 * COLUMNS, Double.NaN);
        return rows;
    }

    /** Densities are those of the observed columns, and a missing value is replaced by its mean given these. */
    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void scoresAreThoseOfTheObservedColumns(CovarianceType type) {
        MarginalMixture marginals = new MarginalMixture(mixture(type));
        DMatrixRMaj rows = rows(type);
        MixtureScores scores = Fits.scores(mixture(type), rows);
        DMatrixRMaj imputed = new DMatrixRMaj(0, 0);
        scores.impute(imputed);
        for (int i = 0; i < ROWS; i++) {
            double[] row = TestMatrices.row(rows, i);
            double[] expected = marginals.imputed(row);
            assertThat(scores.logDensity(i)).isCloseTo(marginals.logDensity(row), within(ROUNDING));
            for (int k = 0; k < 3; k++) {
                assertThat(scores.responsibilities().get(i, k))
                        .isCloseTo(marginals.responsibility(row, k), within(ROUNDING));
            }
            for (int j = 0; j < COLUMNS; j++) {
                assertThat(imputed.get(i, j))
                        .isCloseTo(expected[j], within(Double.isNaN(row[j]) ? 10 * ROUNDING : 0.0));
            }
            assertThat(Fits.scores(mixture(type), rows).imputed(row)).containsExactly(TestMatrices.row(imputed, i));
        }
    }

    /** Deviations of 1e85: the product of four deviations of the inverse is 0. */
    @Test
    void largeUnitsDoNotUnderflow() {
        DMatrixRMaj covariance = CommonOps_DDRM.identity(6);
        CommonOps_DDRM.scale(1e170, covariance);
        MixtureParameters mixture =
                MixtureParameters.of(CovarianceType.FULL, new double[] {1}, new DMatrixRMaj(1, 6), List.of(covariance));
        DMatrixRMaj row = new DMatrixRMaj(1, 6);
        row.fill(Double.NaN);
        row.set(0, 0, 1e85);
        double expected = -0.5 * (Math.log(2 * Math.PI) + 1) - 85 * Math.log(10);
        assertThat(Fits.scores(mixture, row).logDensity(0)).isCloseTo(expected, within(1e-10));
    }

    private static double[] sums(MixtureParameters mixture, DMatrixRMaj rows, double[] weights, int height) {
        var accumulator = Fits.expectation(mixture).accumulator();
        for (int from = 0; from < rows.numRows; from += height) {
            int to = Math.min(rows.numRows, from + height);
            accumulator.add(
                    new Block(TestMatrices.slice(rows, from, to), Arrays.copyOfRange(weights, from, to), to - from));
        }
        return accumulator.statistics();
    }

    /**
     * Rows of four patterns, more of each than a batch has rows, and rows of patterns of their own against the same
     * rows one by one. Both compute each term in the same way, so only the order of the sums differs: n terms below 100
     * times the square of the largest row.
     */
    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void repeatedPatternsGiveTheSumsOfSingleRows(CovarianceType type) {
        int n = 5 * ROWS;
        DMatrixRMaj rows = TestMixtures.rowsAround(mixture(type), n, 4);
        int[][] patterns = {{0}, {4}, {1, 3}, {0, 2, 3}};
        for (int i = ROWS; i < n; i++) {
            for (int j : patterns[(i * 7) % 4]) {
                rows.set(i, j, Double.NaN);
            }
        }
        CommonOps_DDRM.insert(rows(type), rows, 0, 0);
        double[] weights = TestMixtures.weights(n, 6);
        double largest = 0;
        for (double value : rows.data) {
            largest = Math.max(largest, Double.isNaN(value) ? 0 : value * value);
        }
        assertThat(sums(mixture(type), rows, weights, n))
                .usingComparatorWithPrecision(n * 100 * (1 + largest) * n * TestMatrices.U)
                .containsExactly(sums(mixture(type), rows, weights, 1));
    }

    /** Scores do not depend on the rows beside a row, to the last bit. */
    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void rowsDoNotDependOnTheirBlock(CovarianceType type) {
        DMatrixRMaj rows = rows(type);
        MixtureScores together = Fits.scores(mixture(type), rows);
        MixtureScores complete = Fits.scores(mixture(type), TestMixtures.rowsAround(mixture(type), ROWS, 4));
        for (int i = 0; i < ROWS; i++) {
            MixtureScores alone = Fits.scores(mixture(type), TestMatrices.slice(rows, i, i + 1));
            assertThat(alone.logDensity(0)).isEqualTo(together.logDensity(i));
            assertThat(alone.responsibilities().data).containsExactly(TestMatrices.row(together.responsibilities(), i));
            if (MissingValues.columns(TestMatrices.row(rows, i), true).length == 0) {
                assertThat(complete.logDensity(i)).isEqualTo(together.logDensity(i));
            }
        }
    }

    /**
     * The rows of 65 components of a block of 1024 x 32 numbers are too many to be kept between E-step and M-step;
     * those of a block of 64 rows are kept. The bits of each row are the same, so only the order of the sums differs.
     */
    @ParameterizedTest
    @EnumSource(names = {"FULL", "TIED"})
    void rowsThatAreNotKeptGiveTheSameSums(CovarianceType type) {
        MixtureParameters mixture = TestMixtures.of(type, 65, 32, 0.5, 10, 3);
        DMatrixRMaj rows = MissingValues.in(TestMixtures.rowsAround(mixture, 1024, 4), 0.33, 5);
        double[] weights = TestMixtures.weights(1024, 6);
        double[] expected = sums(mixture, rows, weights, 64);
        double greatest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(sums(mixture, rows, weights, 1024))
                .usingComparatorWithPrecision(1024 * greatest * TestMatrices.U)
                .containsExactly(expected);
    }

    /**
     * The squared distance of an observed part is a difference of terms 1 / (1 − ρ²) times as large. Projection loses
     * the root of this factor; the textbook form would lose all of it.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.9, 1 - 1e-6, 1 - 1e-10})
    void nearlySingularCovariancesKeepTheirDigits(double correlation) {
        double loss = Math.sqrt(1 / (1 - correlation * correlation));
        DMatrixRMaj covariance = new DMatrixRMaj(new double[][] {
            {1, correlation, correlation / 2},
            {correlation, 1, correlation / 2},
            {correlation / 2, correlation / 2, 1}
        });
        MixtureParameters mixture = MixtureParameters.of(
                CovarianceType.FULL,
                new double[] {1},
                new DMatrixRMaj(new double[][] {{1, 2, 3}}),
                List.of(covariance));
        MarginalMixture marginals = new MarginalMixture(mixture);
        MixtureScores density = Fits.scores(mixture);
        double none = Double.NaN;
        DMatrixRMaj rows = new DMatrixRMaj(new double[][] {
            {2.5, none, none},
            {none, 0.5, none},
            {none, none, 5},
            {2.5, none, 1},
            {none, 0.5, 4}
        });
        density.evaluate(rows);
        for (int i = 0; i < rows.numRows; i++) {
            assertThat(density.logDensity(i))
                    .isCloseTo(marginals.logDensity(TestMatrices.row(rows, i)), within(100 * loss * TestMatrices.U));
        }
    }

    @Test
    void anEmptyComponentIsPlacedAtACompletedRow() {
        DMatrixRMaj rows = MissingValues.in(TestMixtures.rowsAround(mixture(CovarianceType.FULL), 40, 4), 0.4, 5);
        MixtureParameters start = mixture(CovarianceType.FULL);
        DMatrixRMaj means = start.means().copy();
        Arrays.fill(means.data, 0, COLUMNS, 1e4);
        MixedMixture withEmpty =
                MixedMixture.of(MixtureParameters.of(CovarianceType.FULL, start.weights(), means, start.covariances()));
        MixtureEm em = Fits.em(new StatisticsLayout(CovarianceType.FULL, 3, COLUMNS), 1e-6);
        InMemoryRowBlocks data = InMemoryRowBlocks.of(rows, 11);
        double[] sums = data.sums("", em.expectation(withEmpty)).sums();
        var update = em.update(withEmpty, sums, data, 0, false);
        assertThat(update.reinitialized()).isEqualTo(1);
        assertThat(Arrays.stream(update.model().gaussian().means().data)).allMatch(Double::isFinite);
    }
}
