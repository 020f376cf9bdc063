package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class UsualValuesTest {
    private static final int ROWS = 10_000;

    private static DMatrixRMaj rows(int rows, DoubleSupplier... columns) {
        DMatrixRMaj table = new DMatrixRMaj(rows, columns.length);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns.length; j++) {
                table.set(i, j, columns[j].getAsDouble());
            }
        }
        return table;
    }

    private static MixedColumns columns(CellFamily family, int count) {
        return new MixedColumns(Collections.nCopies(count, new MixedColumns.Column(family, 0)));
    }

    private static ColumnTotals totals(DMatrixRMaj rows) {
        return totals(InMemoryRowBlocks.of(rows, 64));
    }

    private static ColumnTotals totals(RowBlocks data) {
        return ColumnTotals.of(columns(CellFamily.GAUSSIAN, data.width()), data, 1);
    }

    private static MixtureTrainer trainer(DMatrixRMaj rows, CellFamily family, int components) {
        MixtureOptions options =
                MixtureOptions.DEFAULT.withComponents(List.of(components)).withCovariance(CovarianceType.DIAGONAL);
        return new MixtureTrainer(
                InMemoryRowBlocks.of(rows, 256),
                null,
                columns(family, rows.numCols),
                options,
                null,
                SearchListener.none());
    }

    /** Maximum likelihood of these draws without the far value: 2.93 degrees, squared scale 0.98. */
    @Test
    void oneFarValueDoesNotWidenTheDistributionOfAColumn() {
        Random random = new Random(5);
        double[] standard = {0, 1, 3};
        DMatrixRMaj rows = rows(ROWS, () -> StudentCells.draw(standard, random));
        rows.set(77, 0, 1e6);
        MixtureTrainer trainer = trainer(rows, CellFamily.STUDENT_T, 1);
        MixedMixture mixture = trainer.fit().best().mixture();
        double[] found = TestMatrices.row(mixture.student().get(0), 0);
        assertThat(found[StudentCells.SCALE]).isCloseTo(1, within(0.1));
        assertThat(found[StudentCells.DEGREES]).isCloseTo(3, within(0.5));
        assertThat(trainer.farValues(List.of("amount"))).isEmpty();
    }

    /** The far value has a component of its own, and the others are as wide as their rows. */
    @Test
    void oneFarValueDoesNotWidenOtherGaussianComponents() {
        Random random = new Random(6);
        DMatrixRMaj rows = rows(ROWS, random::nextGaussian, random::nextGaussian);
        rows.set(123, 0, 999_999);
        MixtureTrainer trainer = trainer(rows, CellFamily.GAUSSIAN, 3);
        MixedMixture mixture = trainer.fit().best().mixture();
        for (int k = 0; k < 3; k++) {
            if (mixture.weight(k) > 0.1) {
                assertThat(mixture.gaussian().variance(k, 0)).isLessThan(1.5);
            }
        }
        assertThat(trainer.farValues(List.of("amount", "age")).orElseThrow())
                .contains("\"amount\" in 0.0100% of the rows")
                .doesNotContain("age");
    }

    @Test
    void usualTablesKeepTheVarianceOfAllValues() {
        Random random = new Random(7);
        DMatrixRMaj rows = rows(
                2_000,
                random::nextGaussian,
                () -> 1e6 + 1e-2 * random.nextGaussian(),
                () -> (random.nextInt(3) == 0 ? 100 : 0) + random.nextGaussian(), // groups
                () -> random.nextDouble() < 0.95 ? 0 : random.nextDouble(), // mostly zeros
                () -> 5);
        ColumnTotals totals = totals(rows);
        assertThat(totals.far()).containsOnly(0);
        for (int j = 0; j < 4; j++) {
            int column = j;
            double[] x = new double[rows.numRows];
            Arrays.setAll(x, i -> rows.get(i, column));
            double mean = Arrays.stream(x).average().orElseThrow();
            double variance =
                    Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
            assertThat(totals.means()[j]).isCloseTo(mean, within(1e-10 * Math.max(1, mean)));
            assertThat(totals.spread(j)).isCloseTo(variance, within(1e-6 * variance));
        }
        assertThat(totals.spread(4)).isEqualTo(1);
    }

    /** A column that is mostly zeros has the scale of its other values. */
    @Test
    void aFarValueIsFoundAmongZerosAndMissingCells() {
        Random random = new Random(8);
        DMatrixRMaj rows = rows(
                5_000,
                () -> random.nextDouble() < 0.9 ? 0 : 1 + random.nextDouble(),
                () -> random.nextDouble() < 0.8 ? Double.NaN : random.nextGaussian());
        rows.set(40, 0, 1e6);
        rows.set(41, 1, -1e9);
        ColumnTotals totals = totals(rows);
        assertThat(totals.far()[0]).isCloseTo(1.0 / 5_000, within(1e-9));
        assertThat(totals.far()[1]).isCloseTo(1.0 / 5_000, within(1e-9));
        assertThat(totals.spread(0)).isBetween(0.1, 0.4);
        assertThat(totals.spread(1)).isBetween(0.8, 1.2);
    }

    /**
     * The 0.8-quantile of the distances is that of the other rows, the 0.89-quantile of theirs, so the scale is at most
     * 1.6 / 1.28 deviations of a Gaussian, and the variance stays below 1.1.
     */
    @Test
    void aCodeInATenthOfTheRowsIsNamedAndDoesNotWidenThePrior() {
        Random random = new Random(11);
        DMatrixRMaj rows = rows(ROWS, random::nextGaussian, random::nextGaussian);
        for (int i = 0; i < ROWS; i += 10) {
            rows.set(i, 0, 999_999);
        }
        ColumnTotals totals = totals(rows);
        assertThat(totals.far()[0]).isCloseTo(0.1, within(1e-9));
        assertThat(totals.spread(0)).isCloseTo(1, within(0.1));
        MixtureTrainer trainer = trainer(rows, CellFamily.GAUSSIAN, 2);
        MixedMixture mixture = trainer.fit().best().mixture();
        int usual = mixture.weight(0) > mixture.weight(1) ? 0 : 1;
        assertThat(mixture.gaussian().variance(usual, 0)).isCloseTo(1, within(0.1));
        assertThat(mixture.gaussian().variance(1 - usual, 0)).isLessThan(1);
        assertThat(trainer.farValues(List.of("amount", "age")).orElseThrow())
                .contains("\"amount\" in 10.0% of the rows")
                .doesNotContain("age");
    }

    /** The values of both groups are beyond ten deviations, on the same side. */
    @Test
    void farGroupsHaveComponentsOfTheirOwn() {
        Random random = new Random(12);
        double[] centres = {0, 0, 0, 0, 0, 0, 0, 0, 100, 200};
        DMatrixRMaj rows = rows(2_000, () -> centres[random.nextInt(10)] + random.nextGaussian());
        MixedMixture mixture =
                trainer(rows, CellFamily.GAUSSIAN, 3).fit().best().mixture();
        for (int k = 0; k < 3; k++) {
            assertThat(mixture.gaussian().variance(k, 0)).isCloseTo(1, within(0.5));
        }
    }

    /** Of less than 20 rows none is far; a far row of a great weight is. */
    @Test
    void fewRowsAreAllUsual() {
        Random random = new Random(9);
        DMatrixRMaj few = rows(15, random::nextGaussian);
        few.set(3, 0, 1e6);
        assertThat(totals(few).far()).containsOnly(0);
        DMatrixRMaj rows = rows(1_000, random::nextGaussian);
        rows.set(500, 0, 1e6);
        double[] weights = new double[1_000];
        Arrays.fill(weights, 1);
        weights[500] = 100;
        ColumnTotals heavy = totals(new InMemoryRowBlocks(List.of(List.of(new Block(rows, weights, 1_000)))));
        assertThat(heavy.far()[0]).isCloseTo(100.0 / 1_099, within(1e-9));
        assertThat(heavy.means()[0]).isCloseTo(0, within(0.2));
        weights[500] = 1;
        assertThat(totals(rows).far()[0]).isCloseTo(1e-3, within(1e-9));
    }

    /** The range scales with the unit of a column. */
    @Test
    void theRangeFollowsTheUnit() {
        Random random = new Random(10);
        DMatrixRMaj rows = rows(3_000, random::nextGaussian);
        rows.set(0, 0, 5_000);
        double[] before = totals(rows).variances();
        for (int i = 0; i < rows.numRows; i++) {
            rows.set(i, 0, 1024 * rows.get(i, 0));
        }
        assertThat(totals(rows).variances()[0]).isCloseTo(1024 * 1024 * before[0], within(1e-6 * 1024 * 1024));
    }
}
