package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.MixedColumns.Column;
import io.github.sparklatent.mixture.em.MixtureEm;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.training.TypedProblem;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The expected statistics of columns of several types, which stepwise EM starts from. */
class MixtureLayoutTest {
    private static final int K = 2;

    /** A problem and a mixture after some rounds of EM. */
    private record Fitted(MixtureEm em, MixedMixture mixture) {
        static Fitted of(MixedColumns columns, DMatrixRMaj rows, CovarianceType type) {
            TypedProblem problem = TypedProblem.of(columns, rows, type, K, 1);
            return new Fitted(problem.em(), problem.run(15).model());
        }
    }

    private static MixedColumns levelsOnly() {
        return new MixedColumns(List.of(new Column(CellFamily.CATEGORICAL, 3), new Column(CellFamily.POISSON, 40)));
    }

    /**
     * Each mean over 4,000 drawn rows is within five standard errors. The variance is at least the expectation for a
     * share of rows, and at most five rows are one more than that of a rare level.
     */
    @ParameterizedTest
    @EnumSource(names = {"FULL", "TIED", "DIAGONAL"})
    void theExpectedStatisticsAreTheMeansOfDrawnRows(CovarianceType type) {
        assertExpected(Fitted.of(MixedTables.COLUMNS, MixedTables.rows(2000, 0.15, 7), type));
    }

    @Test
    void aTableWithoutNumbersHasExpectedStatistics() {
        DMatrixRMaj all = MixedTables.rows(2000, 0.15, 7);
        DMatrixRMaj rows = new DMatrixRMaj(all.numRows, 2);
        for (int i = 0; i < all.numRows; i++) {
            rows.set(i, 0, all.get(i, 0));
            rows.set(i, 1, all.get(i, 2));
        }
        assertExpected(Fitted.of(levelsOnly(), rows, CovarianceType.DIAGONAL));
    }

    private static void assertExpected(Fitted fitted) {
        int n = 4000;
        MixedSampler sampler = new MixedSampler(fitted.mixture, 3);
        Expectation expectation = fitted.em.expectation(fitted.mixture);
        double[] sums = new double[expectation.length()];
        double[] squares = new double[sums.length];
        for (int i = 0; i < n; i++) {
            double[] row = sampler.row(i, sampler.component(i));
            Expectation.Accumulator one = expectation.accumulator();
            one.add(Block.of(DMatrixRMaj.wrap(1, row.length, row)));
            double[] statistics = one.statistics();
            for (int j = 0; j < sums.length; j++) {
                sums[j] += statistics[j];
                squares[j] += statistics[j] * statistics[j];
            }
        }
        double[] expected = fitted.em.layout().expected(fitted.mixture, 1, n);
        assertThat(expected[StatisticsLayout.WEIGHT]).isEqualTo(1);
        for (int j = StatisticsLayout.SIZES; j < sums.length; j++) {
            double mean = sums[j] / n;
            double variance = Math.max(squares[j] / n - mean * mean, Math.abs(expected[j]));
            assertThat(mean)
                    .as("statistic %d", j)
                    .isCloseTo(expected[j], within(5 * Math.sqrt(variance / n) + 5.0 / n));
        }
    }

    /** The M-step of the expected statistics is the mixture, but for the truncation of counts. */
    @Test
    void theExpectedStatisticsGiveTheMixture() {
        DMatrixRMaj rows = MixedTables.rows(2000, 0.15, 7);
        Fitted fitted = Fitted.of(MixedTables.COLUMNS, rows, CovarianceType.FULL);
        MixedMixture mixture = fitted.mixture;
        double weight = 1e12; // the prior of one row loses its effect
        MixedMixture again =
                fitted.em.maximize(fitted.em.layout().expected(mixture, weight, 1), mixture, new ArrayList<>());
        List<double[]> expected = mixture.parameters();
        List<double[]> found = again.parameters();
        for (int i = 0; i < expected.size(); i++) {
            for (int j = 0; j < expected.get(i).length; j++) {
                double value = expected.get(i)[j];
                assertThat(found.get(i)[j])
                        .as("parameter %d, %d", i, j)
                        .isCloseTo(value, within(1e-4 * Math.max(1, Math.abs(value))));
            }
        }
    }

    /** There and back: some ten operations on sums below a million. */
    @Test
    void movedStatisticsComeBack() {
        DMatrixRMaj rows = MixedTables.rows(2000, 0.15, 7);
        Fitted fitted = Fitted.of(MixedTables.COLUMNS, rows, CovarianceType.FULL);
        MixedMixture other = Fitted.of(MixedTables.COLUMNS, MixedTables.rows(500, 0, 8), CovarianceType.FULL).mixture;
        Expectation.Accumulator sums = fitted.em.expectation(fitted.mixture).accumulator();
        sums.add(Block.of(rows));
        double[] moved = sums.statistics();
        fitted.em.layout().moveCentres(moved, fitted.mixture, other);
        assertThat(moved).isNotEqualTo(sums.statistics());
        fitted.em.layout().moveCentres(moved, other, fitted.mixture);
        assertThat(moved).containsExactly(sums.statistics(), within(1e-8));
    }
}
