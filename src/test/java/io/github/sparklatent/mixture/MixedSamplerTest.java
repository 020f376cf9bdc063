package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.training.MixtureOptions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MixedSamplerTest {
    private static final int ROWS = 40_000;

    /** Five standard errors of a share of the drawn rows. */
    private static final double ERROR = 5 * 0.5 / Math.sqrt(ROWS);

    private static final MixedMixture FITTED = fitted(CovarianceType.FULL);
    private static final MixedDensity DENSITY = new MixedDensity(FITTED);

    private static MixedMixture fitted(CovarianceType type) {
        MixtureOptions options = MixtureOptions.DEFAULT
                .withComponents(List.of(3))
                .withCovariance(type)
                .withFactors(1)
                .withStopping(new StoppingRule(10, 0));
        return MixedTables.fit(InMemoryRowBlocks.of(MixedTables.rows(800, 0.1, 5), 128), options)
                .mixture();
    }

    /** Values of two columns are given, with which the components are far from their weights. */
    private static double[] given() {
        double[] given = new double[6];
        Arrays.fill(given, Double.NaN);
        given[0] = 2;
        given[1] = 1.5;
        return given;
    }

    private static double density(MixedDensity density, double[] row) {
        return Math.exp(density.logDensities(DMatrixRMaj.wrap(1, row.length, row.clone()))[0]);
    }

    private static DMatrixRMaj draw(MixedSampler sampler) {
        DMatrixRMaj rows = new DMatrixRMaj(ROWS, 6);
        for (int i = 0; i < ROWS; i++) {
            double[] row = sampler.row(i, sampler.component(i));
            System.arraycopy(row, 0, rows.data, i * 6, 6);
        }
        return rows;
    }

    /** The shares of drawn levels and counts are those of the density, summed over all others. */
    @Test
    void drawnRowsHaveTheDensitysShares() {
        assertShares(draw(new MixedSampler(FITTED, 3).complete()), nothing());
    }

    private static double[] nothing() {
        double[] none = new double[6];
        Arrays.fill(none, Double.NaN);
        return none;
    }

    /** A cell that is there is that of the complete row; 0.01 more for the prior of the shares. */
    @Test
    void cellsAreMissingAsOftenAsInTheTable() {
        DMatrixRMaj table = MixedTables.rows(800, 0.1, 5);
        DMatrixRMaj drawn = draw(new MixedSampler(FITTED, 3));
        DMatrixRMaj complete = draw(new MixedSampler(FITTED, 3).complete());
        double[] more = new double[6];
        for (int i = 0; i < table.data.length; i++) {
            more[i % 6] -= Double.isNaN(table.data[i]) ? 1.0 / table.numRows : 0;
        }
        for (int i = 0; i < drawn.data.length; i++) {
            boolean isMissing = Double.isNaN(drawn.data[i]);
            more[i % 6] += isMissing ? 1.0 / ROWS : 0;
            assertThat(isMissing || drawn.data[i] == complete.data[i]).isTrue();
        }
        assertThat(more).containsExactly(new double[6], within(ERROR + 0.01));
    }

    /** Shares given two values follow from the density by enumeration of each discrete column. */
    @ParameterizedTest
    @EnumSource(names = {"FULL", "DIAGONAL", "FACTOR"})
    void rowsDrawnGivenValuesHaveTheDensitysShares(CovarianceType type) {
        MixedMixture mixture = fitted(type);
        DMatrixRMaj rows = draw(MixedSampler.given(mixture, given(), 4).complete());
        assertShares(new MixedDensity(mixture), rows, given());
        for (int i = 0; i < 10; i++) {
            assertThat(rows.get(i, 0)).isEqualTo(2);
            assertThat(rows.get(i, 1)).isEqualTo(1.5);
        }
    }

    /** A row is completed by the rows that are drawn given its cells. Impossible cells tell nothing. */
    @Test
    void aRowIsCompletedByRowsThatAreDrawnGivenIt() {
        assertThat(MixedSampler.complete(DENSITY, given(), 3, 4))
                .isDeepEqualTo(rows(MixedSampler.given(FITTED, given(), 4)));
        assertThat(MixedSampler.complete(DENSITY, nothing(), 3, 4)).isDeepEqualTo(rows(new MixedSampler(FITTED, 4)));
        double[] whole = new MixedSampler(FITTED, 5).complete().row(0, 0);
        assertThat(MixedSampler.complete(DENSITY, whole, 2, 4)).isDeepEqualTo(new double[][] {whole, whole});
        double[] impossible = nothing();
        impossible[FITTED.columns().gaussian()[0]] = 1e200;
        for (double[] row : MixedSampler.complete(DENSITY, impossible, 20, 4)) {
            assertThat(row).contains(1e200).doesNotContain(Double.NaN);
        }
    }

    private static double[][] rows(MixedSampler sampler) {
        MixedSampler complete = sampler.complete();
        return IntStream.range(0, 3)
                .mapToObj(i -> complete.row(i, complete.component(i)))
                .toArray(double[][]::new);
    }

    private static void assertShares(DMatrixRMaj rows, double[] given) {
        assertShares(DENSITY, rows, given);
    }

    private static void assertShares(MixedDensity fitted, DMatrixRMaj rows, double[] given) {
        double whole = Arrays.stream(given).allMatch(Double::isNaN) ? 1 : density(fitted, given);
        for (int column : fitted.mixture().columns().discrete()) {
            if (!Double.isNaN(given[column])) {
                continue;
            }
            for (int value = 0; value < 6; value++) {
                double drawn = 0;
                for (int i = 0; i < rows.numRows; i++) {
                    drawn += rows.get(i, column) == value ? 1.0 / rows.numRows : 0;
                }
                double[] row = given.clone();
                row[column] = value;
                boolean level = fitted.mixture().columns().get(column).family() != CellFamily.CATEGORICAL || value < 3;
                double expected = level ? density(fitted, row) / whole : 0;
                assertThat(drawn).isCloseTo(expected, within(ERROR));
            }
        }
    }

    /** The mean of a number given others, by the density on a fine grid. */
    @ParameterizedTest
    @EnumSource(names = {"FULL", "DIAGONAL", "FACTOR"})
    void imputedCellsAreTheDensitysMeansAndModes(CovarianceType type) {
        MixedMixture mixture = fitted(type);
        MixedDensity density = new MixedDensity(mixture);
        MixtureScores scores = new MixtureScores(density);
        double[] row = given();
        row[4] = 3;
        scores.evaluate(DMatrixRMaj.wrap(1, 6, row.clone()));
        DMatrixRMaj imputed = new DMatrixRMaj(0, 0);
        scores.impute(imputed);
        assertThat(imputed.get(0, 0)).isEqualTo(2);
        double mass = 0;
        double mean = 0;
        for (double x = -12; x <= 12; x += 0.01) {
            double[] with = row.clone();
            with[5] = x;
            double p = density(density, with);
            mass += p;
            mean += p * x;
        }
        assertThat(imputed.get(0, 5)).isCloseTo(mean / mass, within(1e-6));
        double counts = 0;
        double sum = 0;
        for (int x = 0; x < 200; x++) {
            double[] with = row.clone();
            with[2] = x;
            counts += density(density, with);
            sum += x * density(density, with);
        }
        assertThat(imputed.get(0, 2)).isCloseTo(sum / counts, within(1e-6));
        double[] without = row.clone();
        without[0] = Double.NaN;
        scores.evaluate(DMatrixRMaj.wrap(1, 6, without.clone()));
        scores.impute(imputed);
        int best = 0;
        for (int x = 1; x < 3; x++) {
            double[] with = without.clone();
            with[0] = x;
            double[] before = without.clone();
            before[0] = best;
            best = density(density, with) > density(density, before) ? x : best;
        }
        assertThat(imputed.get(0, 0)).isEqualTo(best);
    }

    @Test
    void aRowIsAFunctionOfSeedAndIndex() {
        MixedSampler sampler = new MixedSampler(FITTED, 3);
        assertThat(sampler.row(17, 1)).isEqualTo(new MixedSampler(FITTED, 3).row(17, 1));
        assertThat(sampler.row(17, 1)).isNotEqualTo(sampler.row(18, 1));
    }

    @Test
    void impossibleValuesAreRefused() {
        double[] level = nothing();
        level[0] = 7;
        assertThatThrownBy(() -> MixedSampler.given(FITTED, level, 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("impossible");
        assertThatThrownBy(() -> MixedSampler.given(FITTED, nothing(), 1)).hasMessageContaining("no value is given");
    }

    @Test
    void aColumnIsSummarisedByItsDistribution() {
        ColumnSummary levels = ColumnSummary.of(FITTED, 0);
        double total = 0;
        for (int x = 0; x < 3; x++) {
            double[] row = nothing();
            row[0] = x;
            double share = 0;
            for (int k = 0; k < FITTED.components(); k++) {
                share += FITTED.weight(k) * levels.shares().get(k, x);
            }
            assertThat(share).isCloseTo(density(DENSITY, row), within(1e-12));
            total += share;
        }
        assertThat(total).isCloseTo(1, within(1e-12));
        ColumnSummary counts = ColumnSummary.of(FITTED, 4);
        double mean = 0;
        double square = 0;
        for (int x = 0; x < 300; x++) {
            double[] row = nothing();
            row[4] = x;
            mean += x * density(DENSITY, row);
            square += x * x * density(DENSITY, row);
        }
        assertThat(counts.mean()).isCloseTo(mean, within(1e-9));
        assertThat(counts.deviation()).isCloseTo(Math.sqrt(square - mean * mean), within(1e-9));
    }
}
