package io.github.sparklatent.mixture.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.Parameters;
import io.github.sparklatent.mixture.SampleTables;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.robust.RobustOptions.RobustMethod;
import io.github.sparklatent.mixture.training.Criterion;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class KeptRowBlocksTest {
    private static final double TOLERANCE = 1e-9;

    /** Normal rows, the first of each so many around (8, 8, 8, 8). */
    private static DMatrixRMaj withOutliers(int n, int each) {
        DMatrixRMaj rows = TestMatrices.normal(n, 4, 7);
        for (int i = 0; i < n; i += each) {
            for (int j = 0; j < 4; j++) {
                rows.set(i, j, 8 + 0.1 * rows.get(i, j));
            }
        }
        return rows;
    }

    /** The rows are sorted by their density under the first fit, to whose variances half of a typical one is added. */
    @Test
    void theRowsOfGreatestDensityAreFitted() {
        DMatrixRMaj rows = withOutliers(600, 6);
        double variance =
                Arrays.stream(ColumnMoments.variances(blocks(rows, 600), ColumnMoments.means(blocks(rows, 600))))
                                .sum()
                        / 4;
        MixtureOptions first = TrimmedEmTest.options(CovarianceType.FULL, 1, 0.25);
        MixtureFit wide = fit(rows, 600, first.withRegularization(0.5 * variance));
        DMatrixRMaj best = TrimmedEmTest.densest(wide.mixture(), rows, 450);
        MixtureFit found = fit(rows, 100, refit(2));
        MixtureFit expected = fit(best, 450, refit(2).withRobust(RobustOptions.DEFAULT));
        assertThat(found.rows()).isEqualTo(450);
        assertThat(found.weight()).isCloseTo(450, within(TOLERANCE));
        Parameters.assertClose(found.mixture().gaussian(), expected.mixture().gaussian(), 1e-8);
    }

    /** A row of weight 2 is two rows. */
    @Test
    void equalRowsCount() {
        DMatrixRMaj rows = withOutliers(300, 6);
        double[] weights = new double[300];
        Arrays.fill(weights, 2);
        RowBlocks twice = new InMemoryRowBlocks(List.of(List.of(new Block(rows, weights, 600, 600))));
        MixtureFit found = Fits.of(twice, refit(1));
        assertThat(found.rows()).isEqualTo(450);
        assertThat(found.weight()).isCloseTo(450, within(TOLERANCE));
    }

    @Test
    void noveltyLeavesNoRowOut() {
        DMatrixRMaj rows = withOutliers(300, 6);
        MixtureOptions novelty = refit(2).withRobust(new RobustOptions(RobustMethod.REFIT, 0.25, true));
        assertThat(fit(rows, 100, novelty).mixture().gaussian().means().data)
                .containsExactly(fit(rows, 100, novelty.withRobust(RobustOptions.DEFAULT))
                        .mixture()
                        .gaussian()
                        .means()
                        .data);
    }

    /** Ten rows that are kept for each component, or five of all. */
    @Test
    void thereAreAsManyComponentsAsTheRowsAllow() {
        MixtureOptions auto = refit(1).withComponents(List.of())
                .withCriterion(Criterion.ROWS)
                .withCovariance(CovarianceType.TIED)
                .withStopping(new StoppingRule(2, 0));
        DMatrixRMaj rows = withOutliers(400, 10);
        MixtureOptions novelty = auto.withRobust(new RobustOptions(RobustMethod.REFIT, 0.25, true));
        assertThat(fit(rows, 100, auto).mixture().components()).isEqualTo(30);
        assertThat(fit(rows, 100, novelty).mixture().components()).isEqualTo(80);
        assertThat(fit(TestMatrices.normal(3000, 2, 1), 100, novelty).mixture().components())
                .isEqualTo(500);
        Arrays.setAll(rows.data, i -> Math.rint(rows.data[i] / 4)); // 80 distinct rows are not there
        assertThat(fit(rows, 100, novelty).mixture().components()).isBetween(2, 40);
    }

    @Test
    void aQuarterOfOutliersDoesNotMoveTheFit() {
        MixtureParameters found =
                fit(withOutliers(1000, 4), 100, refit(1)).mixture().gaussian();
        for (int j = 0; j < 4; j++) {
            assertThat(found.means().get(0, j)).isCloseTo(0, within(0.2));
            assertThat(found.variance(0, j)).isCloseTo(1, within(0.3));
        }
    }

    /**
     * The outliers have few values, so the density of what is known of them is the greatest of all rows. A fit that
     * keeps them must not seem to be the best for that.
     */
    @Test
    void outliersWithFewValuesAreLeftOut() {
        int d = 8;
        DMatrixRMaj rows = TestMatrices.normal(1000, d, 3);
        for (int i = 0; i < rows.numRows; i += 4) {
            for (int j = 0; j < d; j++) {
                rows.set(i, j, j < 3 ? 7 + 0.05 * rows.get(i, j) : Double.NaN);
            }
        }
        MixtureParameters found = fit(rows, 500, refit(1)).mixture().gaussian();
        for (int j = 0; j < d; j++) {
            assertThat(found.means().get(0, j)).isCloseTo(0, within(0.2));
            assertThat(found.variance(0, j)).isCloseTo(1, within(0.3));
        }
    }

    /** The values of the column 3 are all in outliers. */
    @Test
    void aColumnMayBeEmptyInTheRowsThatAreKept() {
        DMatrixRMaj rows = withOutliers(400, 8);
        for (int i = 0; i < rows.numRows; i++) {
            rows.set(i, 3, i % 8 == 0 ? rows.get(i, 3) : Double.NaN);
        }
        MixtureOptions auto = refit(1).withComponents(List.of()).withCriterion(Criterion.ROWS);
        for (MixtureOptions options : List.of(refit(2), auto.withCovariance(CovarianceType.TIED))) {
            MixtureScores density = Fits.scores(fit(rows, 100, options).mixture(), rows);
            double greatestOfOutliers = IntStream.range(0, 400)
                    .filter(i -> i % 8 == 0)
                    .mapToDouble(density::logDensity)
                    .max()
                    .getAsDouble();
            assertThat(IntStream.range(0, 400).filter(i -> i % 8 != 0))
                    .allMatch(i -> density.logDensity(i) > greatestOfOutliers);
        }
    }

    /** Three groups; the held-out rows have the same outliers. */
    @Test
    void heldOutRowsAreLeftOutAlike() {
        RowBlocks[] parts = new RowBlocks[2];
        for (int part = 0; part < 2; part++) {
            DMatrixRMaj rows = TestMatrices.normal(700, 2, 20 + part);
            for (int i = 0; i < rows.numRows; i++) {
                rows.set(i, 0, i % 7 == 0 ? 100 + 20 * rows.get(i, 0) : rows.get(i, 0) + 12 * (i % 3));
            }
            parts[part] = blocks(rows, 100);
        }
        MixtureOptions options = refit(1).withComponents(List.of(1, 2, 3, 4)).withCriterion(Criterion.HOLDOUT);
        MixtureFit found = new MixtureTrainer(parts[0], parts[1], options, null, SearchListener.none())
                .fit()
                .best();
        assertThat(found.mixture().components()).isEqualTo(3);
        assertThat(found.metrics().holdoutMeanLogLikelihood())
                .isCloseTo(found.metrics().meanLogLikelihood(), within(0.2));
    }

    /** Rows that differ by what is missing can be equal after it was filled in. */
    @Test
    void fewDifferentValuesAndMissingOnes() {
        Random random = new Random(4);
        DMatrixRMaj rows = new DMatrixRMaj(200, 2);
        Arrays.setAll(rows.data, i -> random.nextInt(4) == 0 ? Double.NaN : random.nextInt(2));
        for (long seed = 1; seed <= 5; seed++) {
            assertThat(fit(rows, 50, refit(1).withSeed(seed))
                            .mixture()
                            .gaussian()
                            .variance(0, 0))
                    .isPositive();
        }
    }

    /**
     * The least determinant of three quarters of the rows; scikit-learn finds −8.19645, and the least of 1,000 starts
     * has −8.19830.
     *
     * <pre>
     *   from sklearn.covariance import MinCovDet
     *   from sklearn.datasets import load_iris
     *   fit = MinCovDet(support_fraction=0.75, random_state=0).fit(load_iris().data[:149])
     *   print(numpy.linalg.slogdet(fit.raw_covariance_)[1])
     * </pre>
     */
    @Test
    void theRowsOfLeastDeterminantAreFound() {
        DMatrixRMaj rows = TestMatrices.slice(SampleTables.rows("iris"), 0, 149);
        MixtureOptions options = TrimmedEmTest.options(CovarianceType.FULL, 1, 0.25)
                .withRegularization(0)
                .withStopping(new StoppingRule(100, 0));
        // The mean squared distance of the rows that are kept is d.
        double logDeterminant =
                -2 * fit(rows, 149, options).metrics().objective() - 4 * (StrictMath.log(2 * Math.PI) + 1);
        assertThat(logDeterminant).isBetween(-8.19831, -8.19645);
    }

    private static MixtureOptions refit(int components) {
        return TrimmedEmTest.options(CovarianceType.FULL, components, 0.25)
                .withRobust(new RobustOptions(RobustMethod.REFIT, 0.25, false));
    }

    private static RowBlocks blocks(DMatrixRMaj rows, int height) {
        return InMemoryRowBlocks.of(rows, height);
    }

    private static MixtureFit fit(DMatrixRMaj rows, int height, MixtureOptions options) {
        return Fits.of(blocks(rows, height), options);
    }
}
