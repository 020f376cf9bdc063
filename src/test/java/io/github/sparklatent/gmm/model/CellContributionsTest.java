package io.github.sparklatent.gmm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gmm.TestMixtures;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CellContributionsTest {
    private static final int ROWS = 40;
    private static final int COLUMNS = 4;

    /** Log densities of some nats, each a sum of some terms of well-conditioned products. */
    private static final double TOLERANCE = 1e-10;

    /** The density of the row over the density of the row without the cell. */
    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void isTheRatioOfDensitiesWithAndWithoutTheCell(CovarianceType type) {
        Mixture mixture = mixture(type);
        for (DMatrixRMaj rows : new DMatrixRMaj[] {rows(mixture), withMissing(rows(mixture))}) {
            CellContributions contributions = new CellContributions(mixture);
            contributions.evaluate(rows);
            MixtureDensity density = new MixtureDensity(MixtureFactors.of(mixture));
            density.evaluate(rows);
            double[] whole = IntStream.range(0, ROWS).mapToDouble(density::logDensity).toArray();
            for (int j = 0; j < COLUMNS; j++) {
                DMatrixRMaj without = rows.copy();
                for (int i = 0; i < ROWS; i++) {
                    without.set(i, j, Double.NaN);
                }
                density.evaluate(without);
                for (int i = 0; i < ROWS; i++) {
                    if (Double.isNaN(rows.get(i, j))) {
                        assertThat(contributions.contribution(i, j)).isNaN();
                    } else {
                        assertThat(contributions.contribution(i, j))
                                .isCloseTo(density.logDensity(i) - whole[i], within(TOLERANCE));
                    }
                }
            }
        }
    }

    /** The other cells are integrated over one by a sum over a grid, whose error is far smaller. */
    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void isADensityOfTheCell(CovarianceType type) {
        Mixture mixture = mixture(type);
        DMatrixRMaj rows = withMissing(rows(mixture));
        for (int row : new int[] {0, 5, 7}) {
            int column = (row + 1) % COLUMNS;
            CellContributions contributions = new CellContributions(mixture);
            contributions.evaluate(rows);
            ConditionalCell cell = contributions.cell(row, column);
            double low = cell.quantile(0.025);
            double high = cell.quantile(0.975);
            double step = 1e-2;
            int points = 8000;
            DMatrixRMaj grid = new DMatrixRMaj(points, COLUMNS);
            for (int i = 0; i < points; i++) {
                for (int j = 0; j < COLUMNS; j++) {
                    grid.set(i, j, rows.get(row, j));
                }
                grid.set(i, column, (i + 0.5 - points / 2.0) * step);
            }
            contributions.evaluate(grid);
            double mass = 0;
            double mean = 0;
            double below = 0;
            double above = 0;
            for (int i = 0; i < points; i++) {
                double p = step * Math.exp(-contributions.contribution(i, column));
                double x = grid.get(i, column);
                mass += p;
                mean += p * x;
                below += x < low ? p : 0;
                above += x > high ? p : 0;
            }
            assertThat(mass).isCloseTo(1, within(1e-9));
            assertThat(cell.mean()).isCloseTo(mean, within(1e-7));
            // The bounds of the interval lie inside of a step: half of it times a density below 1.
            assertThat(below).isCloseTo(0.025, within(step));
            assertThat(above).isCloseTo(0.025, within(step));
        }
    }

    /** As the mixture conditioned on the other cells. */
    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void theCellIsThatOfTheConditionalMixture(CovarianceType type) {
        Mixture mixture = mixture(type);
        DMatrixRMaj rows = rows(mixture);
        CellContributions contributions = new CellContributions(mixture);
        contributions.evaluate(rows);
        for (int i = 0; i < ROWS; i++) {
            int column = i % COLUMNS;
            double[] given = Arrays.copyOfRange(rows.data, i * COLUMNS, (i + 1) * COLUMNS);
            given[column] = Double.NaN;
            Mixture expected = ConditionalMixture.of(mixture, given).mixture();
            ConditionalCell cell = contributions.cell(i, column);
            for (int k = 0; k < mixture.components(); k++) {
                assertThat(cell.weights()[k]).isCloseTo(expected.weight(k), within(TOLERANCE));
                assertThat(cell.means()[k])
                        .isCloseTo(expected.means().get(k, 0), within(TOLERANCE));
                assertThat(cell.variances()[k])
                        .isCloseTo(expected.covariance(k).get(0, 0), within(TOLERANCE));
            }
        }
    }

    @Test
    void anOddCellHasTheGreatestContribution() {
        Mixture mixture = mixture(CovarianceType.FULL);
        DMatrixRMaj rows = rows(mixture);
        rows.set(3, 2, 1e3);
        CellContributions contributions = new CellContributions(mixture);
        contributions.evaluate(rows);
        assertThat(
                        IntStream.range(0, COLUMNS)
                                .boxed()
                                .max(
                                        Comparator.comparingDouble(
                                                j -> contributions.contribution(3, j))))
                .contains(2);
    }

    @Test
    void theOnlyObservedCellHasItsMarginalDistribution() {
        Mixture mixture = mixture(CovarianceType.FULL);
        DMatrixRMaj rows = new DMatrixRMaj(1, COLUMNS);
        rows.fill(Double.NaN);
        rows.set(0, 1, 0.5);
        CellContributions contributions = new CellContributions(mixture);
        contributions.evaluate(rows);
        MixtureDensity density = new MixtureDensity(MixtureFactors.of(mixture));
        density.evaluate(rows);
        assertThat(contributions.contribution(0, 1))
                .isCloseTo(-density.logDensity(0), within(TOLERANCE));
        ConditionalCell cell = contributions.cell(0, 1);
        for (int k = 0; k < mixture.components(); k++) {
            assertThat(cell.weights()[k]).isCloseTo(mixture.weight(k), within(TOLERANCE));
            assertThat(cell.means()[k]).isCloseTo(mixture.means().get(k, 1), within(TOLERANCE));
        }
    }

    @Test
    void aQuantileNeedsAProbability() {
        ConditionalCell cell =
                new ConditionalCell(new double[] {1}, new double[] {2}, new double[] {9});
        assertThat(cell.quantile(0.975)).isCloseTo(2 + 3 * 1.959963984540054, within(1e-12));
        for (double bad : new double[] {0, 1, Double.NaN}) {
            assertThatThrownBy(() -> cell.quantile(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "probability is " + bad + ", expected a number above 0 and below 1");
        }
    }

    private static Mixture mixture(CovarianceType type) {
        return TestMixtures.of(type, 3, COLUMNS, 2, 0, 21);
    }

    private static DMatrixRMaj rows(Mixture mixture) {
        return TestMixtures.rowsAround(mixture, ROWS, 22);
    }

    private static DMatrixRMaj withMissing(DMatrixRMaj rows) {
        for (int i = 0; i < ROWS; i += 2) {
            rows.set(i, (i / 2) % COLUMNS, Double.NaN);
            rows.set(i, (i / 4) % 2, Double.NaN);
        }
        rows.set(0, 1, 0.7); // the grid of row 0 varies this cell
        return rows;
    }
}
