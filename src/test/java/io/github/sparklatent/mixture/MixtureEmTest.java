package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmRounds;
import io.github.sparklatent.learn.em.ExpectationMaximization.Update;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.MixedColumns.Column;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.TypedProblem;
import java.util.Collections;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MixtureEmTest {
    private static final int ROUNDS = 60;

    @ParameterizedTest
    @CsvSource({
        "FULL, 0, 0",
        "FULL, 1, 0.2",
        "TIED, 1, 0.2",
        "DIAGONAL, 0, 0.2",
        "DIAGONAL, 2, 0",
        "SPHERICAL, 1, 0.2",
        "FACTOR, 1, 0.2",
        "PPCA, 1, 0"
    })
    void noRoundLowersTheObjective(CovarianceType type, double prior, double missing) {
        TypedProblem problem = TypedProblem.of(MixedTables.COLUMNS, MixedTables.rows(400, missing, 2), type, 3, prior);
        EmResult<MixedMixture> result = problem.run(ROUNDS);
        EmRounds.assertNeverFalls(result.history(), 1e-9, 0);
        assertThat(result.history().get(ROUNDS).objective())
                .isGreaterThan(result.history().get(0).objective() + 0.1);
    }

    /** With one component, the estimates of complete columns are known. */
    @Test
    void oneComponentHasTheMomentsOfTheTable() {
        DMatrixRMaj rows = MixedTables.rows(500, 0, 3);
        MixedMixture found = TypedProblem.of(MixedTables.COLUMNS, rows, CovarianceType.FULL, 1, 0)
                .run(5)
                .model();
        double poisson = 0;
        double level = 0;
        for (int i = 0; i < rows.numRows; i++) {
            poisson += rows.get(i, 2) / rows.numRows;
            level += rows.get(i, 0) == 1 ? 1.0 / rows.numRows : 0;
        }
        assertThat(found.discrete().get(0).get(0, 1)).isCloseTo(level, within(1e-12));
        assertThat(found.discrete().get(1).get(0, 0)).isCloseTo(poisson, within(1e-12));
        assertThat(found.freeParameters()).isEqualTo(2 + 1 + 3 + 2 + 2 + 3);
    }

    /** The density of a row with a missing level is the sum over the levels. */
    @Test
    void aMissingLevelIsSummedOut() {
        DMatrixRMaj rows = MixedTables.rows(400, 0.1, 5);
        MixedMixture mixture = TypedProblem.of(MixedTables.COLUMNS, rows, CovarianceType.FULL, 3, 1)
                .run(20)
                .model();
        MixedDensity density = new MixedDensity(mixture);
        DMatrixRMaj three = new DMatrixRMaj(4, rows.numCols);
        for (int i = 0; i < 4; i++) {
            System.arraycopy(rows.data, 0, three.data, i * rows.numCols, rows.numCols);
            three.set(i, 0, i < 3 ? i : Double.NaN);
        }
        double[] logDensities = density.logDensities(three);
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            sum += Math.exp(logDensities[i]);
        }
        assertThat(Math.exp(logDensities[3])).isCloseTo(sum, within(1e-12 * sum));
    }

    @Test
    void theComponentsOfTheTableAreFound() {
        DMatrixRMaj rows = MixedTables.rows(4000, 0.05, 6);
        MixedMixture found = TypedProblem.of(MixedTables.COLUMNS, rows, CovarianceType.FULL, 2, 1)
                .run(100)
                .model();
        int first = found.weight(0) < found.weight(1) ? 0 : 1;
        assertThat(found.weight(first)).isCloseTo(0.4, within(0.04));
        assertThat(found.gaussian().means().get(first, 0)).isCloseTo(-2, within(0.1));
        assertThat(found.discrete().get(1).get(first, 0)).isCloseTo(2, within(0.15));
        assertThat(found.discrete().get(1).get(1 - first, 0)).isCloseTo(7, within(0.2));
        assertThat(found.discrete().get(0).get(first, 2)).isLessThan(0.03);
    }

    /** Equal values have no spread, and no prior holds it up. */
    @Test
    void equalValuesLeaveAScale() {
        MixedColumns columns =
                new MixedColumns(List.of(new Column(CellFamily.STUDENT_T, 0), new Column(CellFamily.CATEGORICAL, 2)));
        DMatrixRMaj rows = new DMatrixRMaj(20, 2);
        for (int i = 0; i < 20; i++) {
            rows.set(i, 0, i < 12 ? 5 : i);
            rows.set(i, 1, i < 12 ? 0 : 1);
        }
        EmResult<MixedMixture> result =
                TypedProblem.of(columns, rows, CovarianceType.DIAGONAL, 2, 0).run(ROUNDS);
        assertThat(result.objective()).isFinite();
    }

    /** A cell that no level can be is less likely than any level, and a missing one is left out. */
    @Test
    void cellsWithoutALevel() {
        MixedColumns columns =
                new MixedColumns(List.of(new Column(CellFamily.CATEGORICAL, 2), new Column(CellFamily.POISSON, 3)));
        MixedDensity density = new MixedDensity(new MixedMixture(
                columns,
                new double[] {1},
                null,
                List.of(new DMatrixRMaj(new double[][] {{0.25, 0.75}}), new DMatrixRMaj(new double[][] {{2}})),
                List.of()));
        double nan = Double.NaN;
        double[] found = density.logDensities(new DMatrixRMaj(new double[][] {
            {0, nan},
            {2, nan},
            {1.5, nan},
            {-1, nan},
            {nan, nan},
            {nan, 7},
            {nan, -1},
            {nan, 0.5}
        }));
        assertThat(found[0]).isCloseTo(Math.log(0.25), within(1e-15));
        assertThat(found[4]).isZero();
        assertThat(found[5]) // a count beyond those of the training
                .isCloseTo(7 * Math.log(2) - 2 - Math.log(5040), within(1e-12));
        for (int i : new int[] {1, 2, 3, 6, 7}) {
            assertThat(found[i]).isEqualTo(Double.NEGATIVE_INFINITY);
        }
    }

    @Test
    void valuesThatAColumnCannotHaveAreNamed() {
        DMatrixRMaj rows = MixedTables.rows(50, 0, 3);
        rows.set(7, 2, 41);
        rows.set(9, 2, 0.5);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> ColumnTotals.of(MixedTables.COLUMNS, InMemoryRowBlocks.of(rows, 50), 1))
                .withMessage("column 2 has 2 rows whose value is no whole number from 0 to 39, the"
                        + " greatest that a poisson column may have");
    }

    /** No row is near the second component, so it is moved; in the last round, and after 2 k times, it is kept. */
    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void anEmptyComponentIsPutAtTheWorstExplainedRow(CovarianceType type) {
        DMatrixRMaj rows = MixedTables.rows(200, 0, 9);
        double[] odd = {2, 1, 4, 80, 7, 0};
        System.arraycopy(odd, 0, rows.data, 0, 6);
        TypedProblem problem = TypedProblem.of(MixedTables.COLUMNS, rows, type, 3, 1);
        MixtureParameters numbers = problem.start().gaussian();
        DMatrixRMaj means = numbers.means().copy();
        means.set(1, 0, 1e6);
        MixedMixture far =
                problem.start().with(MixtureParameters.of(type, numbers.weights(), means, numbers.covariances()));
        double[] sums = problem.data().sums("", problem.em().expectation(far)).sums();
        Update<MixedMixture> update = problem.em().update(far, sums, problem.data(), 0, false);
        MixedMixture moved = update.model();
        assertThat(update.warnings()).singleElement().asString().contains("component 1 had no rows left and was re-");
        assertThat(moved.weight(1)).isEqualTo(1 / 3.0);
        assertThat(TestMatrices.row(moved.gaussian().means(), 1)).containsExactly(1, 0);
        assertThat(moved.student().get(0).get(1, StudentCells.LOCATION)).isEqualTo(80);
        assertThat(moved.discrete().get(0).get(1, 2)).isGreaterThan(0.5); // the other half is that of the table
        for (Update<MixedMixture> kept : List.of(
                problem.em().update(far, sums, problem.data(), 6, false),
                problem.em().update(far, sums, problem.data(), 0, true))) {
            assertThat(kept.warnings())
                    .singleElement()
                    .asString()
                    .endsWith("keeps its distributions and a weight near 0");
            assertThat(kept.model().weight(1)).isZero();
            assertThat(kept.model().gaussian().means().get(1, 0)).isEqualTo(1e6);
            assertThat(TestMatrices.row(kept.model().student().get(0), 1))
                    .containsExactly(TestMatrices.row(far.student().get(0), 1));
            assertThat(TestMatrices.row(kept.model().discrete().get(0), 1))
                    .containsExactly(TestMatrices.row(far.discrete().get(0), 1));
        }
    }

    /** Each component starts at one of the two distinct rows. */
    @Test
    void aTableOfLevelsOnlyNeedsNoNumbers() {
        MixedColumns columns = new MixedColumns(Collections.nCopies(4, new Column(CellFamily.CATEGORICAL, 2)));
        DMatrixRMaj rows = new DMatrixRMaj(200, 4);
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < 4; j++) {
                rows.set(i, j, i % 2 == 0 ? (i % 20 == 0 ? 1 : 0) : 1);
            }
        }
        EmResult<MixedMixture> result =
                TypedProblem.of(columns, rows, CovarianceType.DIAGONAL, 2, 0.1).run(50);
        assertThat(result.model().gaussian()).isNull();
        assertThat(result.objective()).isFinite();
        assertThat(List.of(result.model().weight(0), result.model().weight(1)))
                .anySatisfy(w -> assertThat(w).isCloseTo(0.45, within(0.01)));
    }
}
