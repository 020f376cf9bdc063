package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.mixture.ColumnContributions.ConditionalCell;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.MixtureOptions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ColumnContributionsTest {
    private static final int ROWS = 30;

    /** Log densities of some nats, each a sum of some terms of well-conditioned products. */
    private static final double TOLERANCE = 1e-9;

    /** One column of two numbers, one of a single number, one of two that are not neighbours. */
    private static final int[][] GROUPS = {{1, 2}, {0}, {3, 4}};

    private static final MixedMixture MIXED = fitted();
    private static final int[][] MIXED_GROUPS = {{0, 1}, {2}, {3}, {4}, {5}};

    private static MixedMixture fitted() {
        return MixedTables.fit(
                        InMemoryRowBlocks.of(MixedTables.rows(300, 0.1, 11), 64),
                        MixtureOptions.DEFAULT.withComponents(List.of(2)).withStopping(new StoppingRule(20, 1e-3)))
                .mixture();
    }

    /** Returns p(x_c | x_rest) of each row, the ratio of two densities. */
    private static double[] given(MixedDensity density, DMatrixRMaj rows, int column) {
        DMatrixRMaj without = rows.copy();
        for (int i = 0; i < rows.numRows; i++) {
            without.set(i, column, Double.NaN);
        }
        double[] rest = density.logDensities(without);
        double[] p = density.logDensities(rows);
        Arrays.setAll(p, i -> Math.exp(p[i] - rest[i]));
        return p;
    }

    /** All forms of covariances are the full matrices that they stand for, also of components far apart. */
    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void contributionsDoNotDependOnTheFormOfTheCovariances(CovarianceType type) {
        compareWithFull(TestMixtures.of(type, 3, 5, 2, 0, 21));
        compareWithFull(TestMixtures.of(type, 3, 5, 1e4, 0, 21));
    }

    private static void compareWithFull(MixtureParameters mixture) {
        List<DMatrixRMaj> covariances =
                IntStream.range(0, 3).mapToObj(mixture::covariance).toList();
        MixtureParameters full =
                MixtureParameters.of(CovarianceType.FULL, mixture.weights(), mixture.means(), covariances);
        DMatrixRMaj rows = TestMixtures.rowsAround(mixture, ROWS, 22);
        for (int i = 0; i < ROWS; i += 2) {
            rows.set(i, i % 5, Double.NaN);
            rows.set(i, i / 4 % 2, Double.NaN);
        }
        ColumnContributions found = new ColumnContributions(new MixedDensity(MixedMixture.of(mixture)), GROUPS);
        ColumnContributions expected = new ColumnContributions(new MixedDensity(MixedMixture.of(full)), GROUPS);
        found.evaluate(rows);
        expected.evaluate(rows);
        for (int i = 0; i < ROWS; i++) {
            for (int c = 0; c < GROUPS.length; c++) {
                assertThat(found.contribution(i, c)).isCloseTo(expected.contribution(i, c), within(TOLERANCE));
                int column = GROUPS[c][0];
                assertThat(found.expected(i, c, column)).isCloseTo(expected.expected(i, c, column), within(TOLERANCE));
                assertThat(found.quantile(i, c, column, 0.025))
                        .isCloseTo(expected.quantile(i, c, column, 0.025), within(TOLERANCE));
            }
        }
    }

    /** Rows that have each value of a column; the others are as in a given row. */
    private static DMatrixRMaj varied(DMatrixRMaj row, int column, double[] values) {
        DMatrixRMaj rows = new DMatrixRMaj(values.length, row.numCols);
        for (int i = 0; i < values.length; i++) {
            System.arraycopy(row.data, 0, rows.data, i * row.numCols, row.numCols);
            rows.set(i, column, values[i]);
        }
        return rows;
    }

    private static double[] grid(double from, double step, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = from + i * step;
        }
        return values;
    }

    private static DMatrixRMaj completeRow() {
        return MixedTables.rows(1, 0, 5);
    }

    /**
     * Sums over all values of a column: its probabilities have the sum 1, and the contribution, the expected value and
     * the quantiles are those of the summed distribution.
     */
    @Test
    void discreteColumnsAgreeWithASumOverTheirValues() {
        for (int column : new int[] {2, 4}) {
            int group = column == 2 ? 1 : 3;
            double[] values = grid(0, 1, 400);
            ColumnContributions contributions = new ColumnContributions(new MixedDensity(MIXED), MIXED_GROUPS);
            DMatrixRMaj rows = varied(completeRow(), column, values);
            contributions.evaluate(rows);
            double[] p = given(new MixedDensity(MIXED), rows, column);
            double mean = 0;
            for (int i = 0; i < p.length; i++) {
                mean += p[i] * i;
            }
            assertThat(MixedTables.sum(p)).isCloseTo(1, within(1e-6));
            assertThat(contributions.expected(0, group, column)).isCloseTo(mean, within(1e-3));
            for (int x : new int[] {0, 1, 3, 9, 60, 250}) {
                double tail = 0;
                for (double own : p) {
                    tail += own <= p[x] * (1 + 1e-9) ? own : 0;
                }
                // The last hundredth of the sum is a bound.
                assertThat(Math.exp(-contributions.contribution(x, group)))
                        .isCloseTo(tail, within(0.0101 * tail + 1e-12));
            }
            double high = contributions.quantile(0, group, column, 0.975);
            double below = 0;
            for (int i = 0; i < high; i++) {
                below += p[i];
            }
            assertThat(below).isLessThan(0.975);
            assertThat(below + p[(int) high]).isGreaterThanOrEqualTo(0.975);
        }
    }

    @Test
    void aCategoryExpectsItsMostProbableLevel() {
        int[][] groups = {{0}, {1, 2, 3, 4, 5}};
        ColumnContributions contributions = new ColumnContributions(new MixedDensity(MIXED), groups);
        DMatrixRMaj rows = varied(completeRow(), 0, new double[] {0, 1, 2});
        contributions.evaluate(rows);
        double[] p = given(new MixedDensity(MIXED), rows, 0);
        assertThat(MixedTables.sum(p)).isCloseTo(1, within(TOLERANCE));
        for (int i = 0; i < 3; i++) {
            double tail = 0;
            for (double own : p) {
                tail += own <= p[i] ? own : 0;
            }
            assertThat(Math.exp(-contributions.contribution(i, 0))).isCloseTo(tail, within(1e-7));
            assertThat(p[(int) contributions.expected(i, 0, 0)]).isEqualTo(Math.max(p[0], Math.max(p[1], p[2])));
        }
        assertThat(contributions.quantile(0, 0, 0, 0.5)).isNaN();
        contributions.evaluate(varied(completeRow(), 0, new double[] {Double.NaN}));
        assertThat(contributions.contribution(0, 0)).isNaN();
        assertThat(contributions.expected(0, 0, 0)).isNaN();
    }

    /** The other way: by a sum over a fine grid, whose error is far smaller than the tolerance. */
    @Test
    void numbersAgreeWithAnIntegralOverTheirValues() {
        for (int column : new int[] {3, 5}) {
            double step = 0.005;
            double[] values = grid(-40, step, 16000);
            int[][] all = {{0}, {1}, {2}, {3}, {4}, {5}};
            ColumnContributions contributions = new ColumnContributions(new MixedDensity(MIXED), all);
            DMatrixRMaj rows = varied(completeRow(), column, values);
            contributions.evaluate(rows);
            double[] densities = given(new MixedDensity(MIXED), rows, column);
            double low = contributions.quantile(0, column, column, 0.025);
            double high = contributions.quantile(0, column, column, 0.975);
            double mass = 0;
            double below = 0;
            double above = 0;
            for (int i = 0; i < values.length; i++) {
                double p = step * densities[i];
                mass += p;
                below += values[i] < low ? p : 0;
                above += values[i] > high ? p : 0;
            }
            assertThat(mass).isCloseTo(1, within(5e-3)); // the tails of t beyond the grid
            assertThat(below).isCloseTo(0.025, within(5e-3));
            assertThat(above).isCloseTo(0.025, within(5e-3));
        }
    }

    /** With one component, the contribution of a number is the two-sided normal probability. */
    @Test
    void theContributionOfANumberIsItsTwoSidedTail() {
        MixtureParameters normal = TestMixtures.of(CovarianceType.FULL, 1, 2, 1, 0, 3);
        MixedDensity density = new MixedDensity(MixedMixture.of(normal));
        ColumnContributions contributions = new ColumnContributions(density, new int[][] {{0}, {1}});
        DMatrixRMaj row = new DMatrixRMaj(1, 2);
        row.set(0, 1, 0.3);
        contributions.evaluate(row);
        double mean = contributions.expected(0, 0, 0);
        double deviation = (contributions.quantile(0, 0, 0, 0.975) - mean) / 1.959963984540054;
        // scipy.stats: -(norm.logsf(z) + log(2)) for z = 1, 5, 50
        double[][] known = {{1, 1.1478741}, {5, 14.3718512}, {50, 1254.1382153}};
        for (double[] each : known) {
            row.set(0, 0, mean + each[0] * deviation);
            contributions.evaluate(row);
            assertThat(contributions.contribution(0, 0)).isCloseTo(each[1], within(1e-5));
        }
    }

    /** Cells as odd as each other in columns of other units contribute equally. */
    @Test
    void theUnitOfAColumnDoesNotMatter() {
        MixtureParameters one = TestMixtures.of(CovarianceType.DIAGONAL, 1, 2, 1, 0, 3);
        DMatrixRMaj row = new DMatrixRMaj(1, 2);
        for (int j = 0; j < 2; j++) {
            row.set(0, j, one.means().get(0, j) + 3 * Math.sqrt(one.variance(0, j)));
        }
        MixedDensity density = new MixedDensity(MixedMixture.of(one));
        ColumnContributions contributions = new ColumnContributions(density, new int[][] {{0}, {1}});
        contributions.evaluate(row);
        assertThat(contributions.contribution(0, 0)).isCloseTo(contributions.contribution(0, 1), within(1e-9));
        assertThat(one.variance(0, 0)).isNotEqualTo(one.variance(0, 1));
    }

    @Test
    void anOddCellIsNamedFirst() {
        double[] odd = {Double.NaN, 30, 39, 900, 190, 30};
        int[][] single = {{0}, {1}, {2}, {3}, {4}, {5}};
        ColumnContributions contributions = new ColumnContributions(new MixedDensity(MIXED), single);
        for (int column = 1; column < 6; column++) {
            contributions.evaluate(varied(completeRow(), column, new double[] {odd[column]}));
            for (int other = 0; other < 6; other++) {
                if (other != column) {
                    assertThat(contributions.contribution(0, column))
                            .isGreaterThan(contributions.contribution(0, other));
                }
            }
        }
    }

    /** Its distance overflows, and the densities of all components are 0. */
    @Test
    void theFarthestNumberIsNamedFirst() {
        MixtureParameters narrow = MixtureParameters.of(
                CovarianceType.DIAGONAL,
                new double[] {0.5, 0.5},
                new DMatrixRMaj(new double[][] {{0, 0}, {1, 1}}),
                List.of(new DMatrixRMaj(new double[][] {{1e-12, 1}, {1e-12, 1}})));
        ColumnContributions contributions =
                new ColumnContributions(new MixedDensity(MixedMixture.of(narrow)), new int[][] {{0}, {1}});
        contributions.evaluate(new DMatrixRMaj(new double[][] {{1e150, 0.5}}));
        assertThat(contributions.contribution(0, 0)).isFinite().isGreaterThan(1e6);
        assertThat(contributions.contribution(0, 1)).isLessThan(10);
    }

    private static ConditionalCell cell(double degrees) {
        return new ConditionalCell(new double[] {1}, new double[] {2}, new double[] {9}, new double[] {degrees});
    }

    /** scipy.stats: norm.ppf(0.975) and t.ppf(0.975, 3) */
    @Test
    void aQuantileOfACellIsThatOfTheOnlyComponent() {
        assertThat(cell(Double.POSITIVE_INFINITY).quantile(0.975)).isCloseTo(2 + 3 * 1.959963984540054, within(1e-12));
        assertThat(cell(3).quantile(0.975)).isCloseTo(2 + 3 * 3.182446305284263, within(1e-6));
    }

    /** Between the quantiles of the components is no other number. */
    @Test
    void meansMayDifferByARounding() {
        double[] ones = {1, 1};
        double[] normal = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        for (double mean = 0.1; mean < 100; mean *= 1.1) {
            double[] means = {mean, Math.nextUp(mean)};
            double quantile = new ConditionalCell(new double[] {0.5, 0.5}, means, ones, normal).quantile(0.975);
            assertThat(quantile).isCloseTo(mean + 1.959963984540054, within(1e-12));
        }
    }
}
