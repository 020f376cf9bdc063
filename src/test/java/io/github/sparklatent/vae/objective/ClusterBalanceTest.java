package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class ClusterBalanceTest {
    private static final int COMPONENTS = 10;
    private static final int ROWS = 8;

    /** The least number there is, halved, is 0: the component's mean share then has no logarithm. */
    @Test
    void aComponentThatIsAllButLostHasSlopes() {
        DMatrixRMaj assignments = new DMatrixRMaj(new double[][] {{1, 1}, {Double.MIN_VALUE, 0}});
        double[] logs = {0, 0, Math.log(Double.MIN_VALUE), Double.NEGATIVE_INFINITY};
        DMatrixRMaj slopes = new DMatrixRMaj(2, 2);
        new ClusterBalance(2).addSlopes(20, assignments, logs, new float[] {0.5f, 0.5f}, 20, slopes);
        for (double slope : slopes.data) {
            assertThat(slope).isFinite();
        }
    }

    /**
     * Central differences of J of a batch as large as the window, by each log γ, as if they were free: of a J of about
     * 1 at a step of 1e-5 off by some 1e-10 for the third derivative and as much for the rounding.
     */
    @Test
    void slopesAreThoseOfMinusTheWeightTimesJ() {
        double step = 1e-5;
        double weight = 3;
        float[] weights = {0.5f, 0.125f, 0.375f};
        DMatrixRMaj logs = new DMatrixRMaj(new double[][] {{-0.3, -1.1, -2.0}, {-1.4, -0.5, -0.2}});
        DMatrixRMaj slopes = new DMatrixRMaj(2, 3);
        slopes.fill(7);
        new ClusterBalance(2).addSlopes(weight, exponential(logs), logs.data, weights, 20, slopes);
        for (int at = 0; at < 6; at++) {
            DMatrixRMaj moved = logs.copy();
            moved.data[at] += step;
            double above = information(exponential(moved), weights);
            moved.data[at] -= 2 * step;
            double below = information(exponential(moved), weights);
            assertThat(slopes.data[at] - 7).isCloseTo(-weight * (above - below) / (2 * step), within(1e-8));
        }
    }

    private static DMatrixRMaj exponential(DMatrixRMaj logs) {
        DMatrixRMaj values = logs.copy();
        for (int at = 0; at < values.getNumElements(); at++) {
            values.data[at] = Math.exp(values.data[at]);
        }
        return values;
    }

    /** The unconstrained slopes are those of log K − KL(γ̄ || 1 / K) − mean H(γ). */
    private static double information(DMatrixRMaj own, float[] weights) {
        double value = Math.log(own.numRows);
        for (int k = 0; k < own.numRows; k++) {
            double mean = 0;
            for (int i = 0; i < weights.length; i++) {
                mean += weights[i] * own.get(k, i);
                value += weights[i] * own.get(k, i) * Math.log(own.get(k, i));
            }
            value -= mean * Math.log(mean * own.numRows);
        }
        return value;
    }

    /**
     * Rows that are 0.7 of their own component and 0.3 of another one, from a balanced table, in batches of 8. Of a
     * batch alone, 26% of the rows would be pushed away from their component. The mean of a window of 100 rows is known
     * to 20%, so that a ratio of two shares is 0.7 / 0.3 by chance, 3 standard deviations away, for one row in a
     * thousand.
     */
    @Test
    void smallBatchesOfABalancedTablePushNoRowAway() {
        RandomGenerator random = RandomStreams.of(1, Purpose.NOISE);
        ClusterBalance balance = new ClusterBalance(COMPONENTS);
        int batches = 2000;
        int pushed = 0;
        for (int batch = 0; batch < batches; batch++) {
            int[] own = new int[ROWS];
            Arrays.setAll(own, i -> random.nextInt(COMPONENTS));
            DMatrixRMaj shares = new DMatrixRMaj(COMPONENTS, ROWS);
            for (int i = 0; i < ROWS; i++) {
                shares.set(own[i], i, 0.7);
                shares.set((own[i] + 1 + random.nextInt(COMPONENTS - 1)) % COMPONENTS, i, 0.3);
            }
            pushed += pushedAway(own, shares, slopes(balance, shares));
        }
        assertThat(pushed / (double) (ROWS * batches)).isLessThan(0.005);
    }

    private static DMatrixRMaj slopes(ClusterBalance balance, DMatrixRMaj shares) {
        double[] logs = Arrays.stream(shares.data).map(Math::log).toArray();
        float[] weights = new float[ROWS];
        Arrays.fill(weights, 1f / ROWS);
        DMatrixRMaj slopes = new DMatrixRMaj(COMPONENTS, ROWS);
        balance.addSlopes(1, shares, logs, weights, ROWS, slopes);
        return slopes;
    }

    /** Counts the rows whose loss rises with the logit of their own component. */
    private static int pushedAway(int[] own, DMatrixRMaj shares, DMatrixRMaj slopes) {
        int pushed = 0;
        for (int i = 0; i < ROWS; i++) {
            double sum = 0;
            for (int k = 0; k < COMPONENTS; k++) {
                sum += slopes.get(k, i);
            }
            pushed += slopes.get(own[i], i) - shares.get(own[i], i) * sum > 0 ? 1 : 0;
        }
        return pushed;
    }

    /**
     * All rows of 8 are of one component, 0.9 to 0.1. The share of that component approaches 0.9, and the slope of a
     * single batch is reached: the balance acts on small batches, too.
     */
    @Test
    void collapsedComponentsArePushedApart() {
        int[] own = new int[ROWS];
        DMatrixRMaj shares = new DMatrixRMaj(COMPONENTS, ROWS);
        shares.fill(0.1 / (COMPONENTS - 1));
        for (int i = 0; i < ROWS; i++) {
            shares.set(0, i, 0.9);
        }
        ClusterBalance balance = new ClusterBalance(COMPONENTS);
        assertThat(pushedAway(own, shares, slopes(balance, shares)))
                .as("one batch of 8 rows is no evidence of 10 unequal components")
                .isZero();
        DMatrixRMaj last = slopes(balance, shares);
        for (int batch = 0; batch < 200; batch++) {
            last = slopes(balance, shares);
        }
        // The slope by log γ of a uniform weight 1/8: γ (log γ̄ + log K − log γ) with γ̄ = γ.
        // The first mean, 1 / K, still has the weight 0.92^202 = 5e-8.
        double slope = 0.9 / ROWS * Math.log(COMPONENTS);
        assertThat(last.get(0, 0)).isCloseTo(slope, within(1e-6));
    }
}
