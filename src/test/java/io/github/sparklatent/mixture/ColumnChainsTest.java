package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowSample;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.ColumnChains.ChainDraw;
import io.github.sparklatent.mixture.TreeOptions.Within;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import io.github.sparklatent.mixture.training.TrainingResult;
import io.github.sparklatent.scoring.StandardScore;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class ColumnChainsTest {
    private static final int ROWS = 4000;
    private static final int DRAWN = 40_000;

    /** Five standard errors of a share of the training rows, to which one of the drawn rows comes. */
    private static final double ERROR = 5 * 0.5 / Math.sqrt(ROWS);

    private static final DMatrixRMaj TABLE = table(1);
    private static final MixedMixture FITTED = fit(TABLE, 20);

    /**
     * Rows of a category a, a category b that follows from it, a number x around a that is missing where b is 1 in half
     * of the rows, and a count y that is about three times a.
     */
    private static DMatrixRMaj table(long seed) {
        Random random = new Random(seed);
        DMatrixRMaj rows = new DMatrixRMaj(ROWS, 4);
        for (int i = 0; i < ROWS; i++) {
            int a = random.nextInt(4);
            rows.set(i, 0, a);
            rows.set(i, 1, a / 2);
            rows.set(i, 2, a >= 2 && random.nextBoolean() ? Double.NaN : a + 0.3 * random.nextGaussian());
            rows.set(i, 3, 3 * a + random.nextInt(3));
        }
        return rows;
    }

    private static MixedMixture fit(DMatrixRMaj rows, int leafRows) {
        return fit(InMemoryRowBlocks.of(rows, 100), leafRows);
    }

    private static MixedMixture fit(RowBlocks blocks, int leafRows) {
        return fit(blocks, leafRows, 1);
    }

    private static MixedMixture fit(RowBlocks blocks, int leafRows, double priorRows) {
        MixtureOptions options = MixtureOptions.DEFAULT.withComponents(1).withPriorRows(priorRows);
        List<ColumnLevels.Declared> declared = List.of(
                new ColumnLevels.Declared("a", CellFamily.CATEGORICAL, 4),
                new ColumnLevels.Declared("b", CellFamily.CATEGORICAL, 2),
                new ColumnLevels.Declared("x", CellFamily.HISTOGRAM, 0),
                new ColumnLevels.Declared("y", CellFamily.HISTOGRAM, 0));
        MixedColumns columns = ColumnLevels.of(declared, blocks, new TreeOptions(Within.TREES, leafRows).bins(), 1);
        TrainingResult fit = new MixtureTrainer(blocks, null, columns, options, null, SearchListener.none()).fit();
        return fit.best().mixture().with(ColumnChains.of(columns, blocks, fit.size(), leafRows, priorRows, 1));
    }

    private static double share(int category) {
        return IntStream.range(0, ROWS).filter(i -> TABLE.get(i, 0) == category).count() / (double) ROWS;
    }

    private static double[][] draw(MixedSampler sampler) {
        return IntStream.range(0, DRAWN)
                .mapToObj(i -> sampler.row(i, sampler.component(i)))
                .toArray(double[][]::new);
    }

    private static double meanLogDensity(MixedMixture mixture, DMatrixRMaj rows) {
        return Arrays.stream(new MixedDensity(mixture).logDensities(rows))
                .average()
                .orElseThrow();
    }

    @Test
    void drawnRowsHaveTheSharesAndTheDependencesOfTheTable() {
        double[][] rows = draw(new MixedSampler(FITTED, 3));
        for (int a = 0; a < 4; a++) {
            int category = a;
            assertThat(Arrays.stream(rows).filter(row -> row[0] == category).count() / (double) DRAWN)
                    .isCloseTo(share(a), within(ERROR));
        }
        assertThat(List.of(rows)).allSatisfy(row -> {
            assertThat(row[1]).isEqualTo(Math.floor(row[0] / 2)); // b follows from a
            assertThat(row[3]).isBetween(3 * row[0], 3 * row[0] + 2).isEqualTo(Math.rint(row[3]));
        });
        assertThat(Arrays.stream(rows).filter(row -> Double.isNaN(row[2]))).allMatch(row -> row[1] == 1);
        assertThat(Arrays.stream(rows).filter(row -> Double.isNaN(row[2])).count() / (double) DRAWN)
                .isCloseTo(0.25, within(ERROR));
        assertThat(List.of(draw(new MixedSampler(FITTED, 3).complete())))
                .noneMatch(row -> Arrays.stream(row).anyMatch(Double::isNaN));
        double[] near = Arrays.stream(rows)
                .filter(row -> row[0] == 1)
                .mapToDouble(row -> row[2])
                .toArray();
        double mean = Arrays.stream(near).average().orElseThrow();
        double variance =
                Arrays.stream(near).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
        assertThat(mean).isCloseTo(1, within(5 * 0.3 / Math.sqrt(ROWS / 4)));
        // A leaf's bins are as wide as 1/256 of all rows, so they add little to the variance.
        assertThat(variance).isCloseTo(0.09, within(0.2 * 0.09));
    }

    /** The leaf of the one column on which a column depends is all it needs, so held-out rows have the true density. */
    @Test
    void theDensityIsThatOfTheTable() {
        double independent = meanLogDensity(fit(TABLE, ROWS), table(2));
        double truth = -Math.log(4)
                - Math.log(3)
                - (0.5 * Math.log(2) * 2 / 2)
                - 0.75 * 0.5 * (Math.log(2 * Math.PI * 0.09) + 1);
        double found = meanLogDensity(FITTED, table(2));
        assertThat(found).isGreaterThan(independent + 1);
        assertThat(found).isCloseTo(truth, within(0.25));
    }

    @Test
    void sharesOfALeafAddUpToOneAndAreThoseOfTheDensity() {
        for (ColumnTree tree : FITTED.chains().trees().toList()) {
            double[] shares = new double[tree.size()];
            for (int leaf = 0; leaf < tree.leaves(); leaf++) {
                tree.shares(leaf, 1, shares);
                assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-9));
                double sum = tree.missing() > 0 ? Math.exp(tree.logShare(leaf, tree.size(), 1)) : 0;
                double observed = 1 - sum;
                for (int code = 0; code < shares.length; code++) {
                    double p = Math.exp(tree.logShare(leaf, code, 1));
                    assertThat(p)
                            .isCloseTo(observed * shares[code], within(1e-12))
                            .isPositive();
                    sum += p;
                }
                assertThat(sum).isCloseTo(1, within(1e-9));
            }
        }
    }

    /** With one component and one leaf of each column, columns are independent. */
    @Test
    void aTreeWithoutSplitsHasTheSharesOfAllRows() {
        ColumnChains chains = fit(TABLE, ROWS).chains();
        assertThat(chains.leaves()).isEqualTo(4 * chains.chains().size());
        ColumnTree tree = chains.chains().get(0).trees().get(0);
        for (int a = 0; a < 4; a++) {
            assertThat(tree.logShare(0, a, 1)).isCloseTo(Math.log(share(a)), within(1e-12));
        }
    }

    @Test
    void givenCellsWeighTheOthers() {
        double[] given = {Double.NaN, Double.NaN, Double.NaN, 7};
        double[][] rows = draw(MixedSampler.given(FITTED, given, 4));
        // 64 draws of a category of which one in four fits: all but one in 10^8 choices have one.
        assertThat(List.of(rows)).allMatch(row -> row[3] == 7);
        assertThat(Arrays.stream(rows).filter(row -> row[0] == 2).count() / (double) DRAWN)
                .isGreaterThan(0.97);
    }

    @Test
    void aContributionIsTheMeanLogarithmOfTheSharesOfOddValues() {
        ChainContributions contributions = new ChainContributions(FITTED);
        double[] rows = {2, 1, 2, 7, 2, 0, 9, 1, 2, 1, 1e9, 7};
        contributions.evaluate(rows, 3);
        assertThat(contributions.contribution(2, 2)).isGreaterThan(20); // far beyond all bins
        int[] codes = FITTED.columns().codes(new double[] {2, 0, 9, 1});
        double expected = FITTED.chains().chains().stream()
                .mapToDouble(chain -> chain.logShare(1, codes, FITTED.chains().prior()))
                .map(log -> log < Math.log(0.5) ? -log : 0)
                .average()
                .orElseThrow();
        assertThat(contributions.contribution(1, 1))
                .isCloseTo(expected, within(1e-9))
                .isPositive();
        assertThat(contributions.contribution(0, 1)).isLessThan(0.1);
        double found = IntStream.range(0, 4)
                .mapToDouble(j -> contributions.contribution(1, j))
                .sum();
        double usual = IntStream.range(0, 4)
                .mapToDouble(j -> contributions.contribution(0, j))
                .sum();
        assertThat(found).isGreaterThan(usual + 5);
        assertThat(contributions.expected(0, 3)).isBetween(5.5, 8.5);
        assertThat(contributions.quantile(0, 3, 0.5)).isBetween(6.0, 8.0);
    }

    /** One in four draws fits where the category comes late, and all do where it comes first. */
    @Test
    void drawsThatFitTheGivenCellsAreCounted() {
        double[] given = {3, Double.NaN, Double.NaN, Double.NaN};
        assertThat(MixedSampler.given(FITTED, given, 1).effectiveDraws().orElseThrow())
                .isBetween(0.8 * MixedSampler.DRAWS / 4, (double) MixedSampler.DRAWS);
        assertThat(new MixedSampler(FITTED, 1).effectiveDraws()).isEmpty();
    }

    /** Particles weigh the given cells as their density: that of a category is its share. */
    @Test
    void theDensityOfGivenCellsIsThatOfTheTable() {
        double[] given = {1, Double.NaN, Double.NaN, Double.NaN};
        double share =
                IntStream.range(0, ROWS).filter(i -> TABLE.get(i, 0) == 1).count() / (double) ROWS;
        double[] densities = FITTED.chains().chains().stream()
                .mapToDouble(chain ->
                        new ChainDraw(FITTED.columns(), chain, 1, given, DRAWN, false, new Random(5)).logDensity())
                .map(Math::exp)
                .toArray();
        for (double density : densities) {
            assertThat(density).isCloseTo(share, within(0.02));
        }
    }

    /** Weights that are no counts do not let a leaf describe fewer rows. */
    @Test
    void leavesHaveRowsNotWeights() {
        double[] weights = new double[ROWS];
        Arrays.fill(weights, 50);
        MixedMixture weighted = fit(new InMemoryRowBlocks(List.of(List.of(new Block(TABLE, weights, ROWS)))), 200);
        assertThat(weighted.chains().leaves()).isLessThanOrEqualTo(4 * 8 * ROWS / 200);
    }

    /** Returns the numbers by which rows without some columns are compared. */
    private static double[] standardized(MixedMixture mixture, DMatrixRMaj table, int... without) {
        DMatrixRMaj rows = table.copy();
        for (int i = 0; i < rows.numRows; i++) {
            for (int j : without) {
                rows.set(i, j, Double.NaN);
            }
        }
        MixtureScores scores = new MixtureScores(new MixedDensity(mixture));
        scores.evaluate(rows);
        return IntStream.range(0, rows.numRows)
                .mapToDouble(i -> new StandardScore(new double[] {1}, scores.cumulants(i)).of(-scores.logDensity(i)))
                .toArray();
    }

    @Test
    void theUnitOfANumberDoesNotDecideHowIncompleteRowsCompare() {
        DMatrixRMaj small = TABLE.copy();
        IntStream.range(0, ROWS).forEach(i -> small.set(i, 2, TABLE.get(i, 2) / 1024));
        MixedMixture fitted = fit(small, 20);
        for (int without = 0; without < 4; without++) {
            assertThat(standardized(fitted, small, without))
                    .containsExactly(standardized(FITTED, TABLE, without), within(1e-6));
        }
    }

    /** There are more alerts, because the others depend on the cell; reference rows of as many cells correct that. */
    @Test
    void cellsThatNoTrainingRowMissedHideNoAnomalies() {
        DMatrixRMaj fresh = table(5);
        double threshold = Arrays.stream(standardized(FITTED, fresh))
                .sorted()
                .skip((long) (0.99 * ROWS))
                .findFirst()
                .orElseThrow();
        for (int without : new int[] {0, 1, 3}) {
            double[] scores = standardized(FITTED, fresh, without);
            assertThat(Arrays.stream(scores).filter(score -> score > threshold).count() / (double) ROWS)
                    .isGreaterThan(0.005);
        }
    }

    /** A split by the first column into leaves of 3 rows with the code 0 and of 1 row with the code 1. */
    @Test
    void aMissingCellThatNoTrainingRowHasFollowsBothSides() {
        ColumnTree tree = new ColumnTree(
                new int[] {0, -1, -1},
                new int[] {1, 0, 1},
                new int[] {0, 0, 0},
                new int[2][],
                false,
                new int[] {0, 1, 2},
                new int[] {0, 1},
                new double[] {3, 1},
                new double[] {0, 3, 4},
                0);
        assertThat(tree.shares(new int[] {0, 0}, 0)).containsExactly(1, 0);
        assertThat(tree.shares(new int[] {1, 0}, 0)).containsExactly(0, 1);
        int[] unseen = {ColumnTree.UNSEEN, 0};
        assertThat(tree.shares(unseen, 0)).containsExactly(0.75, 0.25);
        assertThat(tree.logShare(unseen, 0, 0)).isCloseTo(Math.log(0.75), within(1e-15));
        assertThat(tree.logShare(unseen, 1, 0)).isCloseTo(Math.log(0.25), within(1e-15));
        assertThat(tree.logShare(unseen, ColumnTree.UNSEEN, 0)).isCloseTo(0, within(1e-15));
    }

    /** The last sample that is all rows and the first one that is not have the same evidence. */
    @Test
    void evidenceDoesNotDependOnWhetherAllContentsAreDrawn() {
        DMatrixRMaj rows = new DMatrixRMaj(1001, 1);
        Arrays.setAll(rows.data, i -> i);
        double[] weights = new double[1001];
        Arrays.fill(weights, 100);
        RowBlocks data = new InMemoryRowBlocks(List.of(List.of(new Block(rows, weights, 100_100))));
        for (int most : new int[] {1001, 1000}) {
            RowSample sample = RowSample.of(data, "rows", 3, most);
            double sum = Arrays.stream(sample.weights()).sum() * sample.fraction();
            assertThat(sum).isCloseTo(100_100, within(200.0));
        }
    }

    @Test
    void aRowThatNoChainAllowsHasNoDensity() {
        MixedMixture strict = fit(InMemoryRowBlocks.of(TABLE, 100), 20, 0);
        DMatrixRMaj row = new DMatrixRMaj(new double[][] {{3, 0, 3, 9}});
        assertThat(new MixedDensity(strict).logDensities(row)).containsExactly(Double.NEGATIVE_INFINITY);
    }
}
