package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class ClusterBalanceTest {
    private static final float[] WEIGHTS = {0.5f, 0.5f};

    /** Two rows, each in a component of its own: log 2, the most there is. */
    @Test
    void isGreatestWhereRowsAreClearAndEven() {
        DMatrixRMaj clear = new DMatrixRMaj(new double[][] {{1, 0}, {0, 1}});
        double[] logs = {0, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, 0};
        assertThat(new ClusterBalance(List.of(), 2).of(clear, logs, WEIGHTS))
                .isCloseTo(Math.log(2), within(1e-12));
    }

    /**
     * The least number there is, halved, is 0: the component's mean share then has no logarithm.
     */
    @Test
    void aComponentThatIsAllButLostHasSlopes() {
        DMatrixRMaj assignments = new DMatrixRMaj(new double[][] {{1, 1}, {Double.MIN_VALUE, 0}});
        double[] logs = {0, 0, Math.log(Double.MIN_VALUE), Double.NEGATIVE_INFINITY};
        DMatrixRMaj slopes = new DMatrixRMaj(2, 2);
        new ClusterBalance(List.of(), 2).addSlopes(20, assignments, logs, WEIGHTS, slopes);
        for (double slope : slopes.data) {
            assertThat(slope).isFinite();
        }
    }

    /**
     * Central differences by each log γ, as if they were free: of a J of about 1 at a step of 1e-5
     * off by some 1e-10 for the third derivative and as much for the rounding.
     */
    @Test
    void slopesAreThoseOfMinusTheWeightTimesJ() {
        double step = 1e-5;
        double weight = 3;
        float[] weights = {0.5f, 0.125f, 0.375f};
        DMatrixRMaj logs = new DMatrixRMaj(new double[][] {{-0.3, -1.1, -2.0}, {-1.4, -0.5, -0.2}});
        for (List<Double> shares : List.of(List.<Double>of(), List.of(1.0, 3.0))) {
            ClusterBalance balance = new ClusterBalance(shares, 2);
            DMatrixRMaj slopes = new DMatrixRMaj(2, 3);
            slopes.fill(7);
            balance.addSlopes(weight, exponential(logs), logs.data, weights, slopes);
            for (int at = 0; at < 6; at++) {
                DMatrixRMaj moved = logs.copy();
                moved.data[at] += step;
                double above = balance.of(exponential(moved), moved.data, weights);
                moved.data[at] -= 2 * step;
                double below = balance.of(exponential(moved), moved.data, weights);
                assertThat(slopes.data[at] - 7)
                        .isCloseTo(-weight * (above - below) / (2 * step), within(1e-8));
            }
        }
    }

    private static DMatrixRMaj exponential(DMatrixRMaj logs) {
        DMatrixRMaj values = logs.copy();
        for (int at = 0; at < values.getNumElements(); at++) {
            values.data[at] = Math.exp(values.data[at]);
        }
        return values;
    }

    @Test
    void sharesAreOfTheComponents() {
        assertThatThrownBy(() -> new ClusterBalance(List.of(1.0, 2.0), 3))
                .hasMessage("there are 2 shares of components, expected 3 (one of each) or none");
    }
}
