package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.StateBytes;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmRounds;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowSample;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.ColumnLevels.Declared;
import io.github.sparklatent.mixture.MixedColumns.Column;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.training.TypedProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Mixtures with histograms of numbers. */
class HistogramMixtureTest {
    private static final int ROWS = 400;
    private static final int K = 3;

    /** A skewed amount, a level and a score; some cells are missing. */
    private static DMatrixRMaj rows() {
        Random random = new Random(11);
        DMatrixRMaj rows = new DMatrixRMaj(ROWS, 3);
        for (int i = 0; i < ROWS; i++) {
            int group = random.nextInt(2);
            rows.set(i, 0, group == 0 ? 0 : Math.exp(2 * random.nextGaussian()));
            rows.set(i, 1, random.nextDouble() < 0.8 ? group : 1 - group);
            rows.set(i, 2, random.nextDouble() < 0.1 ? Double.NaN : 4 * group + random.nextInt(3));
        }
        return rows;
    }

    private static MixedColumns columns(DMatrixRMaj rows, int height) {
        return ColumnLevels.of(
                List.of(
                        new Declared("amount", CellFamily.HISTOGRAM, 0),
                        new Declared("level", CellFamily.CATEGORICAL, 2),
                        new Declared("score", CellFamily.HISTOGRAM, 0)),
                InMemoryRowBlocks.of(rows, height),
                1);
    }

    private static EmResult<MixedMixture> fit(MixedColumns columns, DMatrixRMaj rows, List<DMatrixRMaj> start) {
        double[] weights = {0.5, 0.25, 0.25};
        MixedMixture first = new MixedMixture(columns, weights, null, start, List.of());
        return TypedProblem.of(columns, rows, CovarianceType.FULL, K, 1)
                .from(first)
                .run(30);
    }

    private static List<DMatrixRMaj> start(MixedColumns columns) {
        Random random = new Random(3);
        List<DMatrixRMaj> start = new ArrayList<>();
        for (Column column : columns.columns()) {
            DMatrixRMaj parameters = new DMatrixRMaj(K, column.levels());
            for (int k = 0; k < K; k++) {
                double sum = 0;
                for (int l = 0; l < column.levels(); l++) {
                    parameters.set(k, l, 0.5 + random.nextDouble());
                    sum += parameters.get(k, l);
                }
                for (int l = 0; l < column.levels(); l++) {
                    parameters.set(k, l, parameters.get(k, l) / sum);
                }
            }
            start.add(parameters);
        }
        return start;
    }

    /** The likelihoods differ by the logarithms of the widths of the bins, which are constant. */
    @Test
    void theFitIsThatOfTheBinsAsLevels() {
        DMatrixRMaj rows = rows();
        MixedColumns columns = columns(rows, 64);
        DMatrixRMaj codes = rows.copy();
        List<Column> levels = new ArrayList<>();
        for (int j = 0; j < 3; j++) {
            levels.add(new Column(CellFamily.CATEGORICAL, columns.get(j).levels()));
            for (int i = 0; i < ROWS; i++) {
                if (!Double.isNaN(rows.get(i, j))) {
                    codes.set(i, j, columns.get(j).code(rows.get(i, j)));
                }
            }
        }
        EmResult<MixedMixture> found = fit(columns, rows, start(columns));
        EmResult<MixedMixture> expected = fit(new MixedColumns(levels), codes, start(columns));
        assertThat(found.model().weights()).containsExactly(expected.model().weights(), within(1e-9));
        for (int t = 0; t < 3; t++) {
            assertThat(found.model().discrete().get(t).data)
                    .containsExactly(expected.model().discrete().get(t).data, within(1e-9));
        }
        EmRounds.assertNeverFalls(found.history(), 1e-9, 0);
    }

    @Test
    void theBinsDoNotDependOnHowRowsAreCut() {
        DMatrixRMaj rows = rows();
        MixedColumns expected = columns(rows, 64);
        assertThat(columns(rows, 7)).isEqualTo(expected);
        assertThat(columns(rows, ROWS)).isEqualTo(expected);
        assertThat(expected.get(0).bins().count()).isGreaterThan(50);
        assertThat(expected.get(2).bins().count()).isEqualTo(6);
    }

    /** Equal rows are one row of their weight, which a sample of distinct rows has once or not at all. */
    @Test
    void zerosOfOneRowOfGreatWeightAreAnAtom() {
        int others = 80_000;
        Random random = new Random(4);
        DMatrixRMaj rows = new DMatrixRMaj(others + 1, 1);
        double[] weights = new double[others + 1];
        for (int i = 0; i < others; i++) {
            rows.set(i, 0, 1 + random.nextDouble());
            weights[i] = 1;
        }
        weights[others] = 920_000;
        RowBlocks data = new InMemoryRowBlocks(List.of(List.of(new Block(rows, weights, 1_000_000))));
        Column column = ColumnLevels.of(List.of(new ColumnLevels.Declared("amount", CellFamily.HISTOGRAM, 0)), data, 1)
                .get(0);
        long zeros = IntStream.range(0, 1000)
                .filter(i -> column.bins().draw(column.code(0), random) == 0)
                .count();
        assertThat(zeros).isEqualTo(1000);
        List<double[]> drawn = RowSample.of(data, "rows", 7, 20_000).withCopies();
        assertThat(drawn.size()).isBetween(19_999, 20_000);
        double share = drawn.stream().filter(row -> row[0] == 0).count() / (double) drawn.size();
        assertThat(share).isCloseTo(0.92, within(0.005)); // the weight of the others has a deviation of 1 / √20,000
    }

    /** Saved with the state of a training. */
    record State(MixedColumns columns) {}

    @Test
    void theBinsAreSavedWithTheStateOfATraining() {
        State state = new State(columns(rows(), 64));
        assertThat(StateBytes.decode(StateBytes.encode(state), State.class)).isEqualTo(state);
    }

    /** The expected amount is the mean of the draws of a component. */
    @Test
    void missingCellsAreReplacedByTheMeanOfTheDraws() {
        DMatrixRMaj rows = rows();
        MixedColumns columns = columns(rows, 64);
        MixedMixture mixture = fit(columns, rows, start(columns)).model();
        MixtureScores scores = new MixtureScores(new MixedDensity(mixture));
        DMatrixRMaj row = new DMatrixRMaj(new double[][] {{Double.NaN, 1, 5}});
        scores.evaluate(row);
        DMatrixRMaj imputed = new DMatrixRMaj(0, 0);
        scores.impute(imputed);
        MixedSampler sampler = MixedSampler.given(mixture, new double[] {Double.NaN, 1, 5}, 4);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 20_000; i++) {
            double x = sampler.row(i, sampler.component(i))[0];
            sum += x / 20_000;
            squares += x * x / 20_000;
        }
        double error = Math.sqrt((squares - sum * sum) / 20_000);
        assertThat(imputed.get(0, 0)).isCloseTo(sum, within(4 * error));
    }

    @Test
    void aNumberOutsideAllBinsIsUnlikelyAndKeepsTheOthersEvidence() {
        DMatrixRMaj rows = rows();
        MixedColumns columns = columns(rows, 64);
        MixedMixture mixture = fit(columns, rows, start(columns)).model();
        double greatest = columns.get(0).bins().knots().greatest();
        DMatrixRMaj some =
                new DMatrixRMaj(new double[][] {{greatest / 2, 1, 5}, {greatest * 10, 1, 5}, {greatest * 1000, 1, 5}});
        double[] found = new MixedDensity(mixture).logDensities(some);
        assertThat(found[1]).isFinite().isLessThan(found[0] - 3);
        assertThat(found[2]).isFinite().isLessThan(found[1] - 3);
        assertThat(MixtureScores.flaw(columns, List.of("a", "b", "c"), new double[] {1e9, 1, -5}))
                .isNull();
    }

    /** The score has whole numbers, so its bins can be counted through in steps of one. */
    @Test
    void contributionsAreProbabilitiesOfLowerDensities() {
        DMatrixRMaj rows = rows();
        MixedColumns columns = columns(rows, 64);
        MixedDensity density =
                new MixedDensity(fit(columns, rows, start(columns)).model());
        DMatrixRMaj some = new DMatrixRMaj(12, 3);
        System.arraycopy(rows.data, 0, some.data, 0, 12 * 3);
        some.set(0, 2, 10);
        some.set(1, 2, 1000);
        ColumnContributions contributions = new ColumnContributions(density, new int[][] {{0}, {1}, {2}});
        contributions.evaluate(some);
        double[] whole = density.logDensities(some);
        DMatrixRMaj without = some.copy();
        for (int i = 0; i < some.numRows; i++) {
            without.set(i, 2, Double.NaN);
        }
        double[] rest = density.logDensities(without);
        for (int i = 0; i < some.numRows; i++) {
            if (Double.isNaN(some.get(i, 2))) {
                assertThat(contributions.contribution(i, 2)).isNaN();
                continue;
            }
            double probability = 0;
            double mean = 0;
            for (int x = 0; x <= 6; x++) {
                DMatrixRMaj row = new DMatrixRMaj(1, 3);
                System.arraycopy(some.data, 3 * i, row.data, 0, 3);
                row.set(0, 2, x);
                double logDensity = density.logDensities(row)[0];
                double p = Math.exp(logDensity - rest[i]);
                probability += logDensity <= whole[i] + 1e-9 ? p : 0;
                mean += p * x;
            }
            if (some.get(i, 2) <= 6) { // else the probability is that of the tail
                assertThat(Math.exp(-contributions.contribution(i, 2)))
                        .isCloseTo(probability, within(3e-3)); // three times the tails' mass
                double low = contributions.quantile(i, 2, 2, 0.025);
                double high = contributions.quantile(i, 2, 2, 0.975);
                assertThat(contributions.expected(i, 2, 2)).isBetween(low, high);
                assertThat(mean).isBetween(low, high);
            }
        }
        assertThat(contributions.contribution(1, 2))
                .isGreaterThan(contributions.contribution(0, 2))
                .isGreaterThan(8);
    }
}
