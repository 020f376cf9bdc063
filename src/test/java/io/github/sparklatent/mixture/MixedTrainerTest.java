package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.initialization.Initialization;
import io.github.sparklatent.mixture.training.Candidate;
import io.github.sparklatent.mixture.training.Criterion;
import io.github.sparklatent.mixture.training.FitMethod;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.Resumption;
import io.github.sparklatent.mixture.training.SearchListener;
import io.github.sparklatent.mixture.training.TrainingResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

class MixedTrainerTest {
    private static final RowBlocks TRAIN = InMemoryRowBlocks.of(MixedTables.rows(600, 0.1, 11), 64);
    private static final RowBlocks HOLDOUT = InMemoryRowBlocks.of(MixedTables.rows(300, 0.1, 12), 64);
    private static final MixtureOptions OPTIONS =
            MixtureOptions.DEFAULT.withComponents(List.of(2)).withStopping(new StoppingRule(60, 1e-4));

    /** Groups of rows that only their levels tell apart, with many random columns beside them. */
    private static DMatrixRMaj levels(int groups, int rows, long seed) {
        Random random = new Random(seed);
        DMatrixRMaj table = new DMatrixRMaj(rows, 12);
        for (int i = 0; i < rows; i++) {
            int group = random.nextInt(groups);
            for (int j = 0; j < 10; j++) {
                int own = (group * 7 + j * (group + 3)) % 5;
                table.set(i, j, random.nextDouble() < 0.85 ? own : random.nextInt(5));
            }
            table.set(i, 10, random.nextGaussian());
            table.set(i, 11, 0.5 * group + random.nextGaussian());
        }
        return table;
    }

    /** Fits five groups. */
    private static TrainingResult fitToLevels(MixtureOptions options) {
        InMemoryRowBlocks data = InMemoryRowBlocks.of(levels(5, 3000, 3), 256);
        return new MixtureTrainer(data, null, ofLevels(), options, null, SearchListener.none()).fit();
    }

    private static MixedColumns ofLevels() {
        List<MixedColumns.Column> columns =
                new ArrayList<>(Collections.nCopies(10, new MixedColumns.Column(CellFamily.CATEGORICAL, 5)));
        columns.addAll(Collections.nCopies(2, new MixedColumns.Column(CellFamily.GAUSSIAN, 0)));
        return new MixedColumns(columns);
    }

    /** The known groups are found by the first start; their rows give the best likelihood. */
    @Test
    void oneStartFindsTheGroups() {
        MixtureOptions options = OPTIONS.withComponents(List.of(5)).withStopping(new StoppingRule(100, 1e-6));
        List<Double> found = new ArrayList<>();
        for (long seed = 1; seed <= 5; seed++) {
            found.add(fitToLevels(options.withSeed(seed)).best().metrics().objective());
        }
        double best = fitToLevels(options.withRestarts(12).withSeed(77))
                .best()
                .metrics()
                .objective();
        assertThat(found).allSatisfy(objective -> assertThat(objective).isCloseTo(best, within(1e-3)));
    }

    @Test
    void theSearchFindsTheNumberOfGroups() {
        TrainingResult result = fitToLevels(OPTIONS.withComponents(List.of()));
        assertThat(result.best().mixture().components()).isEqualTo(5);
        assertThat(result.candidates())
                .extracting(Candidate::components)
                .startsWith(1, 2, 4, 8)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "EM, DIAGONAL, VARIED",
        "EM, FACTOR, K_MEANS_PARALLEL",
        "EM, FULL, OVER_CLUSTERING",
        "MONTE_CARLO_EM, FULL, RANDOM_ROWS",
        "STEPWISE_EM, FULL, RANDOM_ROWS",
        "VARIATIONAL_BAYES, FULL, RANDOM_ROWS"
    })
    void goingOnFromEachStateGivesTheSameBits(FitMethod method, CovarianceType type, Initialization start) {
        assertResumes(OPTIONS.withComponents(List.of(3))
                .withFit(method)
                .withCovariance(type)
                .withFactors(1)
                .withInitialization(start)
                .withRestarts(2)
                .withStopping(new StoppingRule(6, 0)));
    }

    @Test
    void goingOnWithASearchGivesTheSameBits() {
        assertResumes(OPTIONS.withComponents(List.of())
                .withStopping(new StoppingRule(2, 0))
                .withRestarts(2)
                .withCriterion(Criterion.HOLDOUT));
    }

    private static void assertResumes(MixtureOptions options) {
        Resumption.assertExact(
                listener -> new MixtureTrainer(TRAIN, HOLDOUT, MixedTables.COLUMNS, options, null, listener));
    }

    /** A level that no training row has does not make held-out rows impossible. */
    @Test
    void aLevelWithoutTrainingRowsHasADensity() {
        DMatrixRMaj rows = new DMatrixRMaj(40, 1);
        for (int i = 0; i < 40; i++) {
            rows.set(i, 0, i % 2);
        }
        MixedColumns columns = new MixedColumns(List.of(new MixedColumns.Column(CellFamily.CATEGORICAL, 3)));
        MixedMixture mixture = new MixtureTrainer(
                        InMemoryRowBlocks.of(rows, 64),
                        null,
                        columns,
                        OPTIONS.withComponents(List.of(1)),
                        null,
                        SearchListener.none())
                .fit()
                .best()
                .mixture();
        // One row of the prior, of which a third of one row in 41 has this level.
        assertThat(mixture.discrete().get(0).get(0, 2)).isCloseTo(1 / 3.0 / 41 / 41, within(1e-12));
    }

    @Test
    void levelsAreFoundAndWrongValuesAreNamed() {
        DMatrixRMaj rows = new DMatrixRMaj(new double[][] {{0, 3, 2.5}, {1, 0, -1}, {Double.NaN, 7, 0}});
        List<ColumnLevels.Declared> declared = List.of(
                new ColumnLevels.Declared("a", CellFamily.CATEGORICAL, 4),
                new ColumnLevels.Declared("b", CellFamily.POISSON, 0),
                new ColumnLevels.Declared("c", CellFamily.GAUSSIAN, 0));
        MixedColumns found = ColumnLevels.of(declared, InMemoryRowBlocks.of(rows, 2), 1);
        assertThat(found.get(0).levels()).isEqualTo(4);
        assertThat(found.get(1).levels()).isEqualTo(8);
        List<ColumnLevels.Declared> wrong =
                List.of(declared.get(0), declared.get(1), new ColumnLevels.Declared("c", CellFamily.POISSON, 0));
        assertThatThrownBy(() -> ColumnLevels.of(wrong, InMemoryRowBlocks.of(rows, 2), 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column \"c\" has 2 rows whose value is no whole number from 0 to 4095");
        rows.set(0, 0, 4);
        assertThatThrownBy(() -> ColumnLevels.of(declared, InMemoryRowBlocks.of(rows, 2), 1))
                .hasMessageContaining("column \"a\" has 1 rows")
                .hasMessageContaining("from 0 to 3");
    }

    /** With many components, blocks are cut into slices; the sums change by rounding only. */
    @Test
    void slicesOfBlocksHaveTheSameSums() {
        int components = 300;
        DMatrixRMaj rows = MixedTables.rows(900, 0.1, 21);
        MixtureOptions options = OPTIONS.withComponents(List.of(components))
                .withCovariance(CovarianceType.DIAGONAL)
                .withInitialization(Initialization.RANDOM_ROWS) // a cluster of one row has no variance
                .withStopping(new StoppingRule(1, 0));
        double[][] objectives = new double[2][];
        for (int i = 0; i < 2; i++) {
            RowBlocks blocks = InMemoryRowBlocks.of(rows, i == 0 ? 100 : 900);
            objectives[i] = MixedTables.fit(blocks, options).history().stream()
                    .mapToDouble(Round::objective)
                    .toArray();
        }
        for (int i = 0; i < objectives[0].length; i++) {
            assertThat(objectives[0][i]).isCloseTo(objectives[1][i], within(1e-9));
        }
    }

    /**
     * The optimum of these draws of 30 degrees of freedom is at about 21. Steps of EM alone stop at 10.5, and at 12.2
     * after stepwise EM, because their changes are below the tolerance.
     */
    @ParameterizedTest
    @EnumSource(names = {"EM", "STEPWISE_EM"})
    void theFitDoesNotEndBeforeTheDegreesOfFreedomAreFound(FitMethod method) {
        Random random = new Random(30);
        double[] standard = {0, 1, 30};
        DMatrixRMaj rows = new DMatrixRMaj(5_000, 1);
        for (int i = 0; i < rows.numRows; i++) {
            rows.set(i, 0, StudentCells.draw(standard, random));
        }
        MixedColumns column = new MixedColumns(List.of(new MixedColumns.Column(CellFamily.STUDENT_T, 0)));
        MixtureOptions options = MixtureOptions.DEFAULT
                .withComponents(List.of(1))
                .withFit(method)
                .withPriorRows(0);
        MixtureFit fit = new MixtureTrainer(
                        InMemoryRowBlocks.of(rows, 64), null, column, options, null, SearchListener.none())
                .fit()
                .best();
        double degrees = fit.mixture().student().get(0).get(0, StudentCells.DEGREES);
        double greatest = StudentCellsTest.greatest(rows.data) / rows.numRows;
        assertThat(fit.metrics().converged()).isTrue();
        assertThat(degrees).isBetween(17.0, 30.0);
        assertThat(fit.metrics().meanLogLikelihood()).isCloseTo(greatest, within(3e-5));
    }

    private static RowBlocks divided(DMatrixRMaj rows) {
        List<Block> blocks = new ArrayList<>();
        Block.of(rows).slices(256).forEach(blocks::add);
        int half = blocks.size() / 2;
        return new InMemoryRowBlocks(List.of(blocks.subList(0, half), blocks.subList(half, blocks.size())));
    }

    /**
     * The rounds of EM at the end of stepwise EM leave less than a few times the tolerance, as in a Gaussian mixture.
     */
    @ParameterizedTest
    @FieldSource("io.github.sparklatent.mixture.TestMixtures#UNFACTORED")
    void stepwiseEmFindsTheOptimumOfEm(CovarianceType type) {
        RowBlocks rows = divided(MixedTables.rows(16_000, 0.1, 11));
        MixtureOptions options = MixtureOptions.DEFAULT.withCovariance(type);
        double optimum = MixedTables.fit(rows, options.withStopping(new StoppingRule(1000, 1e-8)))
                .metrics()
                .objective();
        Candidate stepwise = MixedTables.fit(
                        rows, options.withFit(FitMethod.STEPWISE_EM).withStopping(new StoppingRule(300, 1e-5)))
                .metrics();
        assertThat(stepwise.converged()).isTrue();
        assertThat(stepwise.objective()).isGreaterThan(optimum - 1e-4);
    }
}
