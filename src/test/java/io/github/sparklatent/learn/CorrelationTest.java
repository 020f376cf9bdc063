package io.github.sparklatent.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CorrelationTest {
    private static Correlation of(double[] x, double[] y) {
        Correlation correlation = new Correlation();
        for (int i = 0; i < x.length; i++) {
            correlation.add(x[i], y[i]);
        }
        return correlation;
    }

    /** Deviations are (-1, 0, 1) and (-1, 1, 0), so r = 1 / √(2 · 2). */
    @Test
    void isThatOfTheDefinition() {
        assertThat(of(new double[] {1, 2, 3}, new double[] {10, 30, 20}).value())
                .isCloseTo(0.5, within(1e-15));
    }

    /** Sums of squares of numbers near 1e9 would lose all digits of deviations near 1. */
    @Test
    void keepsItsDigitsFarFromZero() {
        Random random = new Random(1);
        Correlation near = new Correlation();
        Correlation far = new Correlation();
        for (int i = 0; i < 1000; i++) {
            double x = Math.rint(1024 * random.nextGaussian()) / 1024;
            double y = x + Math.rint(1024 * random.nextGaussian()) / 1024;
            near.add(x, y);
            far.add(x + 1e9, y - 1e9);
        }
        assertThat(far.value()).isCloseTo(near.value(), within(1e-6));
    }

    @Test
    void leavesOutPairsWithAMissingNumber() {
        Correlation correlation = of(new double[] {1, Double.NaN, 2, 5, 3}, new double[] {2, 7, 4, Double.NaN, 6});
        assertThat(correlation.count()).isEqualTo(3);
        assertThat(correlation.value()).isEqualTo(1);
    }

    @Test
    void aConstantHasNone() {
        assertThat(of(new double[] {1, 1}, new double[] {2, 3}).value()).isNaN();
        assertThat(new Correlation().value()).isNaN();
    }
}
