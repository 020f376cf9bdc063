package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmRounds;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.mixture.MixedColumns.Column;
import io.github.sparklatent.mixture.MixedOptions.Missingness;
import io.github.sparklatent.mixture.MixedTables.Problem;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class MissingSharesTest {
    private static final int ROWS = 600;
    private static final MixedColumns COLUMNS = new MixedColumns(List.of(
            new Column(CellFamily.GAUSSIAN, 0),
            new Column(CellFamily.CATEGORICAL, 2),
            new Column(CellFamily.POISSON, 30),
            new Column(CellFamily.STUDENT_T, 0)));

    /** Two groups; the level is missing in 60% of the first and 10% of the second. */
    private static DMatrixRMaj rows() {
        Random random = new Random(21);
        DMatrixRMaj rows = new DMatrixRMaj(ROWS, 4);
        for (int i = 0; i < ROWS; i++) {
            boolean first = i % 3 == 0;
            rows.set(i, 0, (first ? -4 : 4) + random.nextGaussian());
            boolean missing = random.nextDouble() < (first ? 0.6 : 0.1);
            rows.set(i, 1, missing ? Double.NaN : random.nextInt(2));
            rows.set(i, 2, MixedTables.poisson(first ? 2 : 9, random));
            rows.set(i, 3, random.nextDouble() < 0.2 ? Double.NaN : random.nextGaussian());
        }
        return rows;
    }

    private static EmResult<MixedMixture> fit(DMatrixRMaj rows, Missingness mode, double prior) {
        return Problem.of(COLUMNS, rows, CovarianceType.FULL, 2, prior, mode).run(60);
    }

    private static int first(MixedMixture mixture) {
        return mixture.gaussian().means().get(0, 0) < 0 ? 0 : 1;
    }

    /** The standard error of a share of 200 or 400 rows is at most 0.035. */
    @Test
    void sharesAreThoseOfTheGroups() {
        for (Missingness mode : Missingness.values()) {
            MixedMixture found = fit(rows(), mode, 0).model();
            DMatrixRMaj shares = found.missing().shares();
            int first = first(found);
            assertThat(shares.get(first, 1)).isCloseTo(0.6, within(0.1));
            assertThat(shares.get(1 - first, 1)).isCloseTo(0.1, within(0.1));
            assertThat(shares.get(first, 0)).isZero();
            assertThat(shares.get(first, 3)).isCloseTo(0.2, within(0.1));
        }
    }

    @Test
    void noRoundLowersTheObjective() {
        for (double prior : new double[] {0, 1}) {
            EmRounds.assertNeverFalls(
                    fit(rows(), Missingness.INFORMATIVE, prior).history(), 1e-9, 0);
        }
    }

    /** Of one component, whether a cell is missing is independent of what the others are. */
    @Test
    void theProbabilitiesOfAllPatternsSumToOne() {
        MixedMixture informative = fit(rows(), Missingness.INFORMATIVE, 1).model();
        MixedMixture ignored =
                informative.with(new MissingShares(informative.missing().shares(), Missingness.IGNORE));
        double sum = 0; // over the patterns and the levels, for one number and one count
        for (double level : new double[] {0, 1, Double.NaN}) {
            for (double number : new double[] {0.3, Double.NaN}) {
                DMatrixRMaj row = new DMatrixRMaj(new double[][] {{1, level, 5, number}});
                double density = Math.exp(new MixedDensity(informative).logDensities(row)[0]);
                // The density of a number given the rest, so that the sum is an integral.
                DMatrixRMaj other = new DMatrixRMaj(new double[][] {{1, level, 5, Double.NaN}});
                sum += Double.isNaN(number) ? density : integral(new MixedDensity(informative), other);
            }
        }
        DMatrixRMaj rest = new DMatrixRMaj(new double[][] {{1, Double.NaN, 5, Double.NaN}});
        assertThat(sum).isCloseTo(Math.exp(new MixedDensity(ignored).logDensities(rest)[0]), within(1e-6));
    }

    /** Integrates over the last column, which has t distributions, with u = x / √(1 + x²). */
    private static double integral(MixedDensity density, DMatrixRMaj row) {
        int cells = 4000;
        double sum = 0;
        for (int c = 0; c < cells; c++) {
            double u = 2 * (c + 0.5) / cells - 1;
            row.set(0, 3, u / Math.sqrt(1 - u * u));
            double step = 2.0 / cells / Math.pow(1 - u * u, 1.5);
            sum += step * Math.exp(density.logDensities(row)[0]);
        }
        return sum;
    }

    @Test
    void drawnRowsHaveTheSharesAndTheSameCells() {
        DMatrixRMaj rows = rows();
        MixedMixture mixture = fit(rows, Missingness.IGNORE, 1).model();
        MixedSampler sampler = new MixedSampler(mixture, 3);
        MixedSampler complete = sampler.complete();
        int draws = 4000;
        double[] missing = new double[4];
        for (int i = 0; i < draws; i++) {
            double[] row = sampler.row(i, sampler.component(i));
            double[] whole = complete.row(i, complete.component(i));
            for (int j = 0; j < 4; j++) {
                assertThat(whole[j]).isNotNaN();
                missing[j] += Double.isNaN(row[j]) ? 1.0 / draws : 0;
                if (!Double.isNaN(row[j])) {
                    assertThat(row[j]).isEqualTo(whole[j]);
                }
            }
        }
        double[] table =
                ColumnTotals.of(COLUMNS, InMemoryRowBlocks.of(rows, 64), 1).missing();
        for (int j = 0; j < 4; j++) { // five standard errors of a share of 4,000 rows
            assertThat(missing[j]).isCloseTo(table[j], within(0.04));
        }
        assertThat(missing[0] + missing[2]).isZero();
    }

    /** A given cell is there, which speaks for the component that has more of them. */
    @Test
    void givenCellsAreNotMissing() {
        MixedMixture mixture = fit(rows(), Missingness.INFORMATIVE, 1).model();
        double nan = Double.NaN;
        MixedSampler sampler = MixedSampler.given(mixture, new double[] {nan, 0, nan, nan}, 5);
        int first = first(mixture);
        double ofFirst = 0;
        for (int i = 0; i < 2000; i++) {
            ofFirst += sampler.component(i) == first ? 1 / 2000.0 : 0;
            assertThat(sampler.row(i, sampler.component(i))[1]).isZero();
        }
        double[] joint = new double[2];
        for (int k = 0; k < 2; k++) {
            joint[k] = mixture.weight(k)
                    * mixture.discrete().get(0).get(k, 0)
                    * (1 - mixture.missing().shares().get(k, 1));
        }
        assertThat(ofFirst).isCloseTo(joint[first] / (joint[0] + joint[1]), within(0.05));
    }

    @Test
    void aTableWithOtherMissingCellsStartsFromItsOwnShares() {
        MissingShares before =
                new MissingShares(new DMatrixRMaj(new double[][] {{0, 0.3, 0.1}}), Missingness.INFORMATIVE);
        assertThat(before.on(new double[] {0.2, 0.5, 0}).shares().data).containsExactly(0.2, 0.3, 0);
    }
}
