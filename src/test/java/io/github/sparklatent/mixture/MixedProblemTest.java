package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.training.Candidate;
import io.github.sparklatent.gmm.training.FitMethod;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.MixedColumns.Column;
import io.github.sparklatent.mixture.MixedTables.Problem;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stepwise EM of a mixture of columns of several types. */
class MixedProblemTest {
    private static final int K = 2;

    /** A problem and a mixture after some rounds of EM. */
    private record Fitted(MixedProblem problem, MixedMixture mixture) {
        static Fitted of(MixedColumns columns, DMatrixRMaj rows, CovarianceType type) {
            Problem problem = Problem.of(columns, rows, type, K, 1);
            return new Fitted(
                    new MixedProblem(problem.em(), rows.numRows),
                    problem.run(15).model());
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
        Expectation expectation = fitted.problem.expectation(fitted.mixture);
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
        double[] expected = fitted.problem.expected(fitted.mixture, 1);
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
                fitted.problem.maximize(fitted.problem.expected(mixture, weight), mixture, new ArrayList<>());
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
        Expectation.Accumulator sums =
                fitted.problem.expectation(fitted.mixture).accumulator();
        sums.add(Block.of(rows));
        double[] moved = sums.statistics();
        fitted.problem.moveCentres(moved, fitted.mixture, other);
        assertThat(moved).isNotEqualTo(sums.statistics());
        fitted.problem.moveCentres(moved, other, fitted.mixture);
        assertThat(moved).containsExactly(sums.statistics(), within(1e-8));
    }

    /** Divides rows among two partitions, in blocks. */
    private static RowBlocks divided(DMatrixRMaj rows) {
        List<List<Block>> all = new ArrayList<>();
        for (int half = 0; half < 2; half++) {
            List<Block> blocks = new ArrayList<>();
            int end = (half + 1) * rows.numRows / 2;
            for (int from = half * rows.numRows / 2; from < end; from += 256) {
                int to = Math.min(from + 256, end);
                blocks.add(Block.of(CommonOps_DDRM.extract(rows, from, to, 0, rows.numCols)));
            }
            all.add(blocks);
        }
        return new InMemoryRowBlocks(all);
    }

    private static Candidate fit(RowBlocks rows, MixedOptions options) {
        return MixedTables.fit(rows, options).metrics();
    }

    /**
     * The rounds of EM at the end of stepwise EM leave less than a few times the tolerance, as in a Gaussian mixture.
     */
    @ParameterizedTest
    @EnumSource(names = {"FULL", "TIED", "DIAGONAL", "SPHERICAL"})
    void stepwiseEmFindsTheOptimumOfEm(CovarianceType type) {
        RowBlocks rows = divided(MixedTables.rows(16_000, 0.1, 11));
        MixedOptions options = MixedOptions.DEFAULT.withComponents(List.of(K)).withCovariance(type);
        double optimum =
                fit(rows, options.withStopping(new StoppingRule(1000, 1e-8))).objective();
        Candidate stepwise =
                fit(rows, options.withFit(FitMethod.STEPWISE_EM).withStopping(new StoppingRule(300, 1e-5)));
        assertThat(stepwise.converged()).isTrue();
        assertThat(stepwise.objective()).isGreaterThan(optimum - 1e-4);
    }
}
