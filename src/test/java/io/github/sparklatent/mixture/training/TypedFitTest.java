package io.github.sparklatent.mixture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.OptionsException;
import io.github.sparklatent.learn.em.EmRounds;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.CellFamily;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedColumns.Column;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixedTables;
import io.github.sparklatent.mixture.initialization.Initialization;
import io.github.sparklatent.mixture.robust.RobustOptions;
import io.github.sparklatent.mixture.robust.RobustOptions.RobustMethod;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns of several types are fitted by the same methods as Gaussian ones. */
class TypedFitTest {
    private static final int GROUPS = 3;

    /** A category, a number, a count, a number with heavy tails and a number. */
    private static final MixedColumns COLUMNS = new MixedColumns(List.of(
            new Column(CellFamily.CATEGORICAL, 3),
            new Column(CellFamily.GAUSSIAN, 0),
            new Column(CellFamily.POISSON, 60),
            new Column(CellFamily.STUDENT_T, 0),
            new Column(CellFamily.GAUSSIAN, 0)));

    /** Draws rows of three groups with the shares 1/2, 1/3 and 1/6, in which a tenth of the cells are missing. */
    private static DMatrixRMaj groups(int count, long seed) {
        Random random = new Random(seed);
        DMatrixRMaj rows = new DMatrixRMaj(count, COLUMNS.size());
        for (int i = 0; i < count; i++) {
            int group = i % 6 < 3 ? 0 : i % 6 < 5 ? 1 : 2;
            double[] row = {
                random.nextDouble() < 0.9 ? group : random.nextInt(3),
                5 * group + random.nextGaussian(),
                MixedTables.poisson(2 + 8 * group, random),
                -4 * group + random.nextGaussian() / Math.max(0.5, random.nextDouble()),
                random.nextGaussian()
            };
            for (int j = 0; j < row.length; j++) {
                rows.set(i, j, random.nextDouble() < 0.1 ? Double.NaN : row[j]);
            }
        }
        return rows;
    }

    private static TrainingResult fit(RowBlocks data, MixedColumns columns, MixtureOptions options) {
        return new MixtureTrainer(data, null, columns, options, null, SearchListener.none()).fit();
    }

    private static TrainingResult fit(DMatrixRMaj rows, MixtureOptions options) {
        return fit(InMemoryRowBlocks.of(rows, 64), COLUMNS, options);
    }

    /** Returns the components in the order of their first mean. */
    private static int[] ordered(MixedMixture mixture) {
        return IntStream.range(0, mixture.components())
                .boxed()
                .sorted(Comparator.comparing(k -> mixture.gaussian().means().get(k, 0)))
                .mapToInt(k -> k)
                .toArray();
    }

    /** Requires that the parameters are those of the groups, within five standard errors of the smallest. */
    private static void assertGroups(MixedMixture mixture, int rows) {
        int[] order = ordered(mixture);
        double error = 5 / Math.sqrt(0.9 * rows / 6.0);
        assertThat(order).hasSize(GROUPS);
        for (int group = 0; group < GROUPS; group++) {
            int k = order[group];
            assertThat(mixture.weight(k)).isCloseTo((3 - group) / 6.0, within(0.02));
            assertThat(mixture.gaussian().means().get(k, 0)).isCloseTo(5 * group, within(error));
            assertThat(mixture.discrete().get(0).get(k, group)).isCloseTo(0.9 + 0.1 / 3, within(0.3 * error));
            double mean = 2 + 8 * group;
            assertThat(mixture.discrete().get(1).get(k, 0)).isCloseTo(mean, within(error * Math.sqrt(mean)));
            assertThat(mixture.student().get(0).get(k, 0)).isCloseTo(-4 * group, within(2 * error));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void accelerationTakesFewerRoundsToTheSameMaximum(long seed) {
        double tolerance = 1e-6;
        RowBlocks data = InMemoryRowBlocks.of(MixedTables.rows(2000, 0.1, seed), 128);
        MixtureOptions options =
                MixtureOptions.DEFAULT.withComponents(3).withStopping(new StoppingRule(2000, tolerance));
        Candidate plain = fit(data, MixedTables.COLUMNS, options).best().metrics();
        Candidate accelerated = fit(data, MixedTables.COLUMNS, options.withAcceleration(true))
                .best()
                .metrics();
        assertThat(accelerated.converged()).isTrue();
        assertThat(accelerated.objective()).isGreaterThan(plain.objective() - tolerance);
        assertThat(accelerated.rounds()).isLessThanOrEqualTo(plain.rounds());
    }

    /** Ten components are offered for ten tables. */
    @Test
    void variationalBayesLeavesTheGroupsInUse() {
        MixtureOptions options = MixtureOptions.DEFAULT
                .withComponents(10)
                .withFit(FitMethod.VARIATIONAL_BAYES)
                .withStopping(new StoppingRule(1000, 1e-7));
        List<Integer> inUse = new ArrayList<>();
        for (long seed = 1; seed <= 10; seed++) {
            TrainingResult result = fit(groups(1200, seed), options);
            inUse.add(result.best().componentsInUse(result.size()));
            EmRounds.assertNeverFalls(result.best().history(), 1e-9, 0);
        }
        assertThat(inUse).filteredOn(number -> number == GROUPS).hasSizeGreaterThanOrEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({"EM, VARIED", "EM, OVER_CLUSTERING", "MONTE_CARLO_EM, VARIED", "STEPWISE_EM, VARIED"})
    void theGroupsAreFound(FitMethod method, Initialization start) {
        MixtureOptions options =
                MixtureOptions.DEFAULT.withComponents(GROUPS).withFit(method).withInitialization(start);
        assertGroups(fit(groups(3000, 2), options).best().mixture(), 3000);
    }

    @Test
    void overClusteringNeedsNoGaussianColumn() {
        Random random = new Random(5);
        DMatrixRMaj rows = new DMatrixRMaj(600, 3);
        for (int i = 0; i < rows.numRows; i++) {
            for (int j = 0; j < 3; j++) {
                rows.set(i, j, random.nextDouble() < 0.9 ? i % 2 : 2);
            }
        }
        MixedColumns categories = new MixedColumns(Collections.nCopies(3, new Column(CellFamily.CATEGORICAL, 3)));
        MixtureOptions options =
                MixtureOptions.DEFAULT.withComponents(List.of(2)).withInitialization(Initialization.OVER_CLUSTERING);
        MixedMixture found = new MixtureTrainer(
                        InMemoryRowBlocks.of(rows, 100), null, categories, options, null, SearchListener.none())
                .fit()
                .best()
                .mixture();
        double[] first = Rows.row(found.discrete().get(0), 0);
        double[] second = Rows.row(found.discrete().get(0), 1);
        assertThat(Math.max(first[0], second[0])).isGreaterThan(0.8);
        assertThat(Math.max(first[1], second[1])).isGreaterThan(0.8);
    }

    /** Every twentieth row lies far from all groups. */
    @Test
    void trimmingLeavesFarRowsOut() {
        DMatrixRMaj rows = groups(3000, 3);
        DMatrixRMaj clean = new DMatrixRMaj(2850, rows.numCols);
        Random random = new Random(4);
        int to = 0;
        for (int i = 0; i < rows.numRows; i++) {
            if (i % 20 == 7) {
                double[] z = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
                double[] far = {0, 40 * z[0], 30, 300 * z[1], 60 * z[2]};
                System.arraycopy(far, 0, rows.data, i * far.length, far.length);
            } else {
                System.arraycopy(rows.data, i * rows.numCols, clean.data, to++ * rows.numCols, rows.numCols);
            }
        }
        MixtureOptions options = MixtureOptions.DEFAULT.withComponents(GROUPS).withRestarts(5);
        MixtureFit found = fit(rows, options.withRobust(new RobustOptions(RobustMethod.TRIM, 0.05, false)))
                .best();
        MixedMixture expected = fit(clean, options).best().mixture();
        assertThat(found.weight()).isCloseTo(2850, within(1.0));
        int[] of = ordered(found.mixture());
        int[] by = ordered(expected);
        for (int group = 0; group < GROUPS; group++) {
            for (int j = 0; j < 2; j++) {
                assertThat(found.mixture().gaussian().means().get(of[group], j))
                        .isCloseTo(expected.gaussian().means().get(by[group], j), within(0.05));
            }
            assertThat(found.mixture().student().get(0).get(of[group], 0))
                    .isCloseTo(expected.student().get(0).get(by[group], 0), within(0.05));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GRADIENT", "VARIATIONAL_INFERENCE"})
    void methodsOfGaussianColumnsAreRefused(FitMethod method) {
        assertThatThrownBy(() -> fit(groups(60, 5), MixtureOptions.DEFAULT.withFit(method)))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining(
                        "model.fit is %s, which is of gaussian columns only, but 3 of 5 columns have other"
                                + " distributions",
                        method);
    }
}
