package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gmm.initialization.Initialization;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.stochastic.LocalProblem.LocalModel;
import io.github.sparklatent.gmm.training.Candidate;
import io.github.sparklatent.gmm.training.Criterion;
import io.github.sparklatent.gmm.training.FitMethod;
import io.github.sparklatent.gmm.training.MixtureEvaluation;
import io.github.sparklatent.gmm.training.MixtureFit;
import io.github.sparklatent.gmm.training.SearchListener;
import io.github.sparklatent.gmm.training.TrainingResult;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateBytes;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MixedTrainerTest {
    private static final RowBlocks TRAIN = InMemoryRowBlocks.of(MixedTables.rows(600, 0.1, 11), 64);
    private static final RowBlocks HOLDOUT = InMemoryRowBlocks.of(MixedTables.rows(300, 0.1, 12), 64);
    private static final MixedOptions OPTIONS =
            MixedOptions.DEFAULT.withComponents(List.of(2)).withStopping(new StoppingRule(60, 1e-4));

    private static MixedTrainer trainer(
            MixedOptions options, SearchListener<MixedMixture, LocalModel<MixedMixture>> listener) {
        return new MixedTrainer(TRAIN, HOLDOUT, MixedTables.COLUMNS, options, null, listener);
    }

    private static TrainingResult<MixedMixture> fit(MixedOptions options) {
        return trainer(options, SearchListener.none()).fit();
    }

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
    private static TrainingResult<MixedMixture> fitToLevels(MixedOptions options) {
        InMemoryRowBlocks data = InMemoryRowBlocks.of(levels(5, 3000, 3), 256);
        return new MixedTrainer(data, null, ofLevels(), options, null, SearchListener.none()).fit();
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
        MixedOptions options = OPTIONS.withComponents(List.of(5)).withStopping(new StoppingRule(100, 1e-6));
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
        TrainingResult<MixedMixture> result = fitToLevels(OPTIONS.withComponents(List.of()));
        assertThat(result.best().mixture().components()).isEqualTo(5);
        assertThat(result.candidates())
                .extracting(Candidate::components)
                .startsWith(1, 2, 4, 8)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"DIAGONAL, VARIED", "FULL, RANDOM_ROWS", "FACTOR, K_MEANS_PARALLEL"})
    void goingOnFromEachStateGivesTheSameBits(CovarianceType type, Initialization start) {
        MixedOptions options = OPTIONS.withComponents(List.of(1, 3, 2))
                .withCovariance(type)
                .withFactors(1)
                .withInitialization(start)
                .withRestarts(2)
                .withStopping(new StoppingRule(3, 0))
                .withCriterion(Criterion.HOLDOUT);
        assertResumes(options);
    }

    @Test
    void goingOnWithASearchGivesTheSameBits() {
        assertResumes(OPTIONS.withComponents(List.of())
                .withStopping(new StoppingRule(2, 0))
                .withRestarts(2));
    }

    /** The first six of seven rounds are traversals that improve the mixture. */
    @Test
    void goingOnWithStepwiseEmGivesTheSameBits() {
        assertResumes(OPTIONS.withComponents(List.of(3))
                .withFit(FitMethod.STEPWISE_EM)
                .withStopping(new StoppingRule(6, 0))
                .withRestarts(2));
    }

    private static void assertResumes(MixedOptions options) {
        List<byte[]> states = new ArrayList<>();
        TrainingResult<MixedMixture> whole = trainer(
                        options, (description, round, maxRounds, state) -> states.add(StateBytes.encode(state)))
                .fit();
        assertThat(states).hasSizeGreaterThan(8);
        for (byte[] state : states) {
            TrainingResult<MixedMixture> found = trainer(options, SearchListener.none())
                    .fit(StateCodec.decode(new ByteArrayInputStream(state), state.length, MixedTrainer.STATE));
            assertThat(found.candidates()).isEqualTo(whole.candidates());
            assertThat(StateBytes.encode(found.best().mixture()))
                    .isEqualTo(StateBytes.encode(whole.best().mixture()));
        }
    }

    @Test
    void theFiguresAreThoseOfAnEvaluation() {
        TrainingResult<MixedMixture> result = fit(OPTIONS);
        MixedMixture mixture = result.best().mixture();
        Candidate metrics = result.best().metrics();
        MixtureEvaluation train =
                MixtureEvaluation.of("train", new MixedDensity(mixture), mixture::freeParameters, TRAIN);
        MixtureEvaluation holdout =
                MixtureEvaluation.of("holdout", new MixedDensity(mixture), mixture::freeParameters, HOLDOUT);
        assertThat(metrics.meanLogLikelihood()).isCloseTo(train.meanLogLikelihood(), within(1e-12));
        assertThat(metrics.holdoutMeanLogLikelihood()).isEqualTo(holdout.meanLogLikelihood());
        assertThat(metrics.bic()).isCloseTo(train.bic(), within(1e-8));
        assertThat(result.best().sizes().stream().mapToDouble(s -> s).sum()).isCloseTo(600, within(1e-9));
    }

    /** A level that no training row has does not make held-out rows impossible. */
    @Test
    void aLevelWithoutTrainingRowsHasADensity() {
        DMatrixRMaj rows = new DMatrixRMaj(40, 1);
        for (int i = 0; i < 40; i++) {
            rows.set(i, 0, i % 2);
        }
        MixedColumns columns = new MixedColumns(List.of(new MixedColumns.Column(CellFamily.CATEGORICAL, 3)));
        MixedMixture mixture = new MixedTrainer(
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
    void theInitialMixtureIsContinued() {
        MixedMixture start =
                fit(OPTIONS.withStopping(new StoppingRule(20, 0))).best().mixture();
        TrainingResult<MixedMixture> further = new MixedTrainer(
                        TRAIN,
                        null,
                        MixedTables.COLUMNS,
                        OPTIONS.withStopping(new StoppingRule(5, 0)),
                        start,
                        SearchListener.none())
                .fit();
        assertThat(further.best().history().get(0).objective())
                .isEqualTo(fit(OPTIONS.withStopping(new StoppingRule(20, 0)))
                        .best()
                        .metrics()
                        .objective());
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
        MixedOptions options = OPTIONS.withComponents(List.of(components))
                .withCovariance(CovarianceType.DIAGONAL)
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
        MixedOptions options =
                MixedOptions.DEFAULT.withComponents(List.of(1)).withFit(method).withPriorRows(0);
        MixtureFit<MixedMixture> fit = new MixedTrainer(
                        InMemoryRowBlocks.of(rows, 64), null, column, options, null, SearchListener.none())
                .fit()
                .best();
        double degrees = fit.mixture().student().get(0).get(0, StudentCells.DEGREES);
        double greatest = StudentCellsTest.greatest(rows.data) / rows.numRows;
        assertThat(fit.metrics().converged()).isTrue();
        assertThat(degrees).isBetween(17.0, 30.0);
        assertThat(fit.metrics().meanLogLikelihood()).isCloseTo(greatest, within(3e-5));
    }
}
