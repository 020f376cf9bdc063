package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.vae.latent.RowBatch;
import io.github.sparklatent.vae.objective.NetworkObjective.WinsorizedSums;
import org.junit.jupiter.api.Test;

class WinsorizedSumsTest {
    /** Loss, its two parts, and another measure of each row. */
    private static final double[][] ROWS = {
        {1, 0.5, 0.5, 7},
        {2, 1.5, 0.5, 7},
        {3, 2.5, 0.5, 7},
        {4, 3.5, 0.5, 7},
        {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0.5, 7}
    };

    private static final NetworkObjective.Step STEP = new NetworkObjective.Step() {
        @Override
        public void gradient(RowBatch batch, float[] gradient) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void evaluate(RowBatch batch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void measure(int row, double[] measures) {
            System.arraycopy(ROWS[row], 0, measures, 0, measures.length);
        }
    };

    /** Of fewer than five rows the upper quartile is the second greatest loss, 4, the lower one the least. */
    @Test
    void oneOfTwoRowsHasALimitToo() {
        for (int rows = 2; rows <= 4; rows++) {
            int first = 5 - rows;
            NetworkObjective.Step last = new NetworkObjective.Step() {
                @Override
                public void gradient(RowBatch batch, float[] gradient) {}

                @Override
                public void evaluate(RowBatch batch) {}

                @Override
                public void measure(int row, double[] measures) {
                    STEP.measure(first + row, measures);
                }
            };
            double[] sums = new double[4];
            new WinsorizedSums(8, 3, 4, 3).add(rows, last, new float[] {1, 1, 1, 1}, sums);
            double limit = 4 + 20 * (rows - 2) + 10 * 3;
            double others = rows == 2 ? 4 : rows == 3 ? 7 : 9;
            assertThat(sums[0]).isEqualTo(others + limit);
        }
    }

    /** q₁ = 2 and q₃ = 4, so t = 4 + 20 · 2 + 10 d. */
    @Test
    void anInfiniteLossCountsAsTheLimit() {
        double[] sums = new double[4];
        new WinsorizedSums(8, 3, 4, 3).add(5, STEP, new float[] {1, 1, 1, 1, 2}, sums);
        double limit = 4 + 20 * 2 + 10 * 3;
        assertThat(sums).containsExactly(10 + 2 * limit, 8 + 2 * limit, 2, 42);
    }
}
