package io.github.sparklatent.metrics.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class SynthesisMeasuresTest {
    private static final double NONE = Double.NaN;

    private static ComparedRows rows(int[] levels, double[][] cells) {
        return new ComparedRows(levels, new DMatrixRMaj(cells));
    }

    private static ComparedRows column(int levels, double... cells) {
        return new ComparedRows(new int[] {levels}, new DMatrixRMaj(cells.length, 1, true, cells));
    }

    /** Rows of two dependent numbers and a category that depends on the first number. */
    private static ComparedRows drawn(long seed, int n) {
        Random random = new Random(seed);
        DMatrixRMaj cells = new DMatrixRMaj(n, 3);
        for (int i = 0; i < n; i++) {
            double x = random.nextGaussian();
            cells.set(i, 0, x);
            cells.set(i, 1, 0.8 * x + 0.6 * random.nextGaussian());
            cells.set(i, 2, x + 0.5 * random.nextGaussian() > 0 ? 1 : 0);
        }
        return new ComparedRows(new int[] {0, 0, 2}, cells);
    }

    /** Figures of scipy 1.11: {@code 1 - ks_2samp([1, 2, 2, 3, 5], [2, 3, 4, 6]).statistic} is 0.65. */
    @Test
    void shapeOfNumbersIsOneMinusTheKolmogorovSmirnovDistance() {
        assertThat(ColumnShapes.of(column(0, 5, 2, NONE, 1, 3, 2), column(0, 6, 2, 4, NONE, NONE, 3)))
                .containsExactly(new double[] {0.65}, within(1e-15));
        assertThat(ColumnShapes.of(column(0, 1, 2), column(0, 3, 4))).containsExactly(0);
        assertThat(ColumnShapes.of(column(0, NONE), column(0, 3, 4))).containsExactly(NONE);
    }

    @Test
    void shapeOfCategoriesLeavesMissingCellsToAFigureOfTheirOwn() {
        ComparedRows real = column(3, 0, 0, 1, NONE);
        ComparedRows generated = column(3, 0, 1, 2, 2);

        // shares 2/3, 1/3, 0 and 1/4, 1/4, 1/2: half of 5/12 + 1/12 + 1/2
        assertThat(ColumnShapes.of(real, generated)).containsExactly(new double[] {0.5}, within(1e-15));
        assertThat(ColumnShapes.missing(real, generated)).containsExactly(0.75);
        assertThat(ColumnShapes.of(column(3, NONE), generated)).containsExactly(NONE);
    }

    @Test
    void equalTablesHaveShapesAndTrendsOfOne() {
        ComparedRows rows = drawn(1, 500);

        assertThat(ColumnShapes.of(rows, rows)).containsExactly(1, 1, 1);
        assertThat(PairTrends.of(rows, rows).mean()).isEqualTo(1);
    }

    @Test
    void trendOfNumbersIsHalfTheDistanceOfTheirCorrelations() {
        ComparedRows rising = rows(new int[2], new double[][] {{1, 1}, {2, 2}, {3, 3}, {NONE, 9}});
        ComparedRows falling = rows(new int[2], new double[][] {{1, 3}, {2, 2}, {3, 1}, {9, NONE}});

        PairTrends trends = PairTrends.of(rising, falling);

        assertThat(trends.get(0, 1)).isCloseTo(0, within(1e-15));
        assertThat(trends.get(1, 0)).isEqualTo(trends.get(0, 1));
        assertThat(trends.get(0, 0)).isNaN();
    }

    @Test
    void trendOfANumberAndACategoryComparesTheirJointTable() {
        int[] levels = {0, 2};
        // bins of width 1 over 0 to 10: 0.5 and 0.7 share a bin, 10 has its own
        ComparedRows real = rows(levels, new double[][] {{0, 0}, {0.5, 0}, {5, 1}, {10, 1}});
        ComparedRows generated = rows(levels, new double[][] {{0, 1}, {0.7, 0}, {5.9, 1}, {10, NONE}});

        // shares of 1/4 and 1/2: equal are (first bin, 0) in 1 of 2, and (bin of 5, 1)
        assertThat(PairTrends.of(real, generated).get(0, 1)).isCloseTo(0.5, within(1e-15));
    }

    @Test
    void pairsWithoutARelationAreLeftOutOfTheMeanOfRelatedPairs() {
        ComparedRows real = drawn(1, 4_000);
        PairTrends trends = PairTrends.of(real, drawn(2, 4_000));

        assertThat(trends.meanOfRelated()).isEqualTo(trends.mean());
        assertThat(PairTrends.of(column(0, 1, 2), column(0, 1, 2)).meanOfRelated())
                .isNaN();
        double[][] unrelated = {{0, 0, 0}, {0, 1, 1}, {1, 0, 0}, {1, 1, 1}};
        double[][] other = {{0, 0, 1}, {1, 1, 1}, {0, 0, 0}, {1, 1, 0}};
        // the joint table of the last two is 1/2, 0, 0, 1/2 in the first and 1/4 each in the other
        PairTrends levels = PairTrends.of(rows(new int[] {2, 2, 2}, unrelated), rows(new int[] {2, 2, 2}, other));
        assertThat(levels.meanOfRelated()).isEqualTo(levels.get(1, 2)).isEqualTo(0.5);
    }

    @Test
    void independentColumnsLoseTheTrendAndKeepTheShapes() {
        ComparedRows real = drawn(1, 4_000);
        ComparedRows other = drawn(2, 4_000);
        ComparedRows shuffled = drawn(3, 4_000);
        DMatrixRMaj cells = new DMatrixRMaj(4_000, 3);
        for (int i = 0; i < 4_000; i++) {
            cells.set(i, 0, other.get(i, 0));
            cells.set(i, 1, shuffled.get(i, 1));
            cells.set(i, 2, shuffled.get((i + 7) % 4_000, 2));
        }
        ComparedRows independent = new ComparedRows(new int[] {0, 0, 2}, cells);

        PairTrends trends = PairTrends.of(real, independent);

        // the expected distance of two samples of 4,000 rows is below 0.04 with probability 0.997
        assertThat(Arrays.stream(ColumnShapes.of(real, independent)).min().orElse(0))
                .isGreaterThan(0.96);
        assertThat(trends.get(0, 1)).isCloseTo(1 - 0.8 / 2, within(0.03));
        assertThat(trends.get(0, 2)).isLessThan(0.75);
        // the bins of a table span its own range, so the joint tables of two samples agree less
        assertThat(PairTrends.of(real, other).get(0, 1)).isGreaterThan(0.96);
        assertThat(PairTrends.of(real, other).get(0, 2)).isGreaterThan(trends.get(0, 2) + 0.1);
    }

    @Test
    void distancesAddDifferencesInUnitsOfTheRangeAndMismatches() {
        int[] levels = {0, 3};
        ComparedRows records = rows(levels, new double[][] {{0, 0}, {10, 1}, {NONE, 2}});
        ClosestRecords closest = new ClosestRecords(records, records);

        assertThat(closest.distances(rows(levels, new double[][] {{1, 0}, {7, 1}, {10, 0}, {NONE, 2}, {4, NONE}})))
                .containsExactly(new double[] {0.1, 0.3, 1, 0, 1.4}, within(1e-12));
    }

    @Test
    void aModelThatDoesNotCopyIsNotAccused() {
        CopyMeasures measures = CopyMeasures.of(drawn(1, 1_500), drawn(2, 1_000), drawn(3, 1_200), 1_000);

        assertThat(measures.rows()).isEqualTo(1_000);
        assertThat(measures.closestShare()).isCloseTo(0.5, within(4 * measures.standardError()));
        assertThat(measures.membership()).isCloseTo(0.5, within(4 * measures.standardError()));
        assertThat(measures.exactCopies()).isZero();
        assertThat(measures.areCopies()).isFalse();
    }

    /** A generator of few kinds of rows, which are no copies: many rows have one closest record. */
    private static CopyMeasures repeated(long seed) {
        Random random = new Random(seed);
        ComparedRows kinds = drawn(random.nextLong(), 20);
        DMatrixRMaj cells = new DMatrixRMaj(400, 3);
        for (int i = 0; i < 400; i++) {
            for (int j = 0; j < 3; j++) {
                cells.set(i, j, kinds.get(i % 20, j));
            }
        }
        return CopyMeasures.of(
                drawn(random.nextLong(), 400),
                drawn(random.nextLong(), 400),
                new ComparedRows(new int[] {0, 0, 2}, cells),
                400);
    }

    @Test
    void theErrorOfTheClosestShareCountsGroupsOfRows() {
        double squares = 0;
        for (int seed = 0; seed < 100; seed++) {
            CopyMeasures measures = repeated(seed);
            // 20 groups of 20 rows: ½ √(20 · 20²) / 400, more if two kinds share their record
            assertThat(measures.standardError()).isBetween(0.1117, 0.14);
            assertThat(measures.areCopies()).isFalse();
            squares += Math.pow((measures.closestShare() - 0.5) / measures.standardError(), 2) / 100;
        }
        // the mean of 100 squared normal numbers is 1 with standard error √(2 / 100)
        assertThat(squares).isCloseTo(1, within(3 * Math.sqrt(0.02)));
    }

    @Test
    void aCopyingModelIsCaught() {
        ComparedRows train = drawn(1, 1_000);
        Random random = new Random(5);
        DMatrixRMaj near = new DMatrixRMaj(1_000, 3);
        for (int i = 0; i < near.numRows; i++) {
            int row = random.nextInt(1_000);
            for (int j = 0; j < 3; j++) {
                near.set(i, j, train.get(row, j) + (j < 2 ? 0.01 * random.nextGaussian() : 0));
            }
        }
        ComparedRows copies = new ComparedRows(new int[] {0, 0, 2}, near);

        CopyMeasures nearly = CopyMeasures.of(train, drawn(2, 1_000), copies, 1_000);
        CopyMeasures exactly = CopyMeasures.of(train, drawn(2, 1_000), train, 1_000);

        assertThat(nearly.closestShare()).isGreaterThan(0.9);
        assertThat(nearly.membership()).isGreaterThan(0.7);
        assertThat(nearly.areCopies()).isTrue();
        assertThat(exactly.exactCopies()).isEqualTo(1);
        assertThat(exactly.exactMatches()).isZero();
        assertThat(exactly.membership()).isEqualTo(1);
        assertThat(exactly.areCopies()).isTrue();
    }

    @Test
    void rowsThatRepeatByChanceAreNoCopies() {
        // one category of three levels: every row equals some training row
        double[] cells = new double[3_000];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = i % 3;
        }
        ComparedRows rows = column(3, cells);

        CopyMeasures measures = CopyMeasures.of(rows, rows, rows, 1_000);

        assertThat(measures.exactCopies()).isEqualTo(1);
        assertThat(measures.exactMatches()).isEqualTo(1);
        assertThat(measures.areCopies()).isFalse();
    }

    @Test
    void cellsOutsideTheirColumnAreRefused() {
        assertThatThrownBy(() -> column(2, 0, 2)).hasMessage("row 1 has 2.0 in column 0, expected a code below 2");
        assertThatThrownBy(() -> column(0, Double.POSITIVE_INFINITY)).hasMessageContaining("expected a finite number");
        assertThatThrownBy(() -> ColumnShapes.of(column(2, 0), column(3, 0))).hasMessageContaining("different columns");
    }
}
