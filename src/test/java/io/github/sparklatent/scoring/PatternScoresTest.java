package io.github.sparklatent.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.columns.ScoreColumn;
import java.util.Arrays;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** Rows of independent uniform numbers, scored by their sum, without some of their cells. */
class PatternScoresTest {
    /** So many columns that three runs are added from distributions of one. */
    private static final int WIDTH = 80;

    private static final int DRAWS = 1000;

    /**
     * Scores the sum of the given numbers.
     *
     * @param finite says by the index of a drawn row whether it has a finite score if its first cell is missing
     */
    private record Sum(LongPredicate finite, double[] sums) implements BatchScorer {
        Sum(LongPredicate finite) {
            this(finite, new double[50]);
        }

        @Override
        public int width() {
            return WIDTH;
        }

        @Override
        public int height() {
            return sums.length;
        }

        @Override
        public Object distribution(int row) {
            return this;
        }

        @Override
        public int draws() {
            return DRAWS;
        }

        /** The first number is the same for all columns, the last one the index of the row. */
        @Override
        public double[] draw(int row, long index) {
            double[] numbers = new double[WIDTH];
            Arrays.fill(numbers, (double) index / DRAWS);
            numbers[WIDTH - 1] = index;
            return numbers;
        }

        @Override
        public void score(double[] rows, int n) {
            for (int i = 0; i < n; i++) {
                double[] row = Arrays.copyOfRange(rows, i * WIDTH, (i + 1) * WIDTH - 1);
                boolean isFinite = !Double.isNaN(row[0]) || finite.test((long) rows[(i + 1) * WIDTH - 1]);
                sums[i] = isFinite
                        ? Arrays.stream(row).filter(x -> !Double.isNaN(x)).sum()
                        : Double.POSITIVE_INFINITY;
            }
        }

        @Override
        public Object value(ScoreColumn column, int row) {
            return sums[row];
        }
    }

    /** Three cells are missing; the greatest score of complete rows is 79, of others 76. */
    private static double compared(LongPredicate finite, double score) {
        double[] row = new double[WIDTH];
        for (int j : new int[] {0, 2, 4}) {
            row[j] = Double.NaN;
        }
        return new PatternScores().worker(new Sum(finite)).compared(place -> {}, row, 0, score);
    }

    @Test
    void theDifferencesOfRunsAreAdded() {
        assertThat(compared(index -> true, 38)).isCloseTo(39.5, within(0.1));
    }

    /** Then a run has fewer quantiles than complete rows have. */
    @Test
    void someScoresOfDrawnRowsAreNotFinite() {
        assertThat(compared(index -> index % 5 > 0, 38)).isCloseTo(39.5, within(0.2));
    }

    @Test
    void aRowKeepsItsScoreIfNoDrawnRowHasAFiniteOne() {
        assertThat(compared(index -> false, 38)).isEqualTo(38);
    }
}
