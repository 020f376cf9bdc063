package io.github.sparklatent.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class BalanceTest {
    private static final float[] WEIGHTS = {0.5f, 0.5f};

    /** Two rows, each in a component of its own: log 2, the most there is. */
    @Test
    void isGreatestWhereRowsAreClearAndEven() {
        DMatrixRMaj clear = new DMatrixRMaj(new double[][] {{1, 0}, {0, 1}});
        double[] logs = {0, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, 0};
        assertThat(new Balance(List.of(), 2).of(clear, logs, WEIGHTS))
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
        new Balance(List.of(), 2).addSlopes(20, assignments, logs, WEIGHTS, slopes);
        for (double slope : slopes.data) {
            assertThat(slope).isFinite();
        }
    }

    @Test
    void sharesAreOfTheComponents() {
        assertThatThrownBy(() -> new Balance(List.of(1.0, 2.0), 3))
                .hasMessage("there are 2 shares of components, expected 3 (one of each) or none");
    }
}
