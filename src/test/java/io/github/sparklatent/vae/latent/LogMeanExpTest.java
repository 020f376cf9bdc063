package io.github.sparklatent.vae.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogMeanExpTest {
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    private final LogMeanExp sums = new LogMeanExp(2);

    @Test
    void isTheLogarithmOfTheMean() {
        sums.clear();
        double sum = 0;
        for (int s = 0; s < 50; s++) {
            double term = Math.sin(s) * 4;
            sum += Math.exp(term);
            sums.add(0, term);
        }
        sums.add(1, -3);
        assertThat(sums.value(0)).isCloseTo(Math.log(sum / 50), within(1e-14 * 50));
        assertThat(sums.logSum(0)).isCloseTo(Math.log(sum), within(1e-14 * 50));
        assertThat(sums.value(1)).isEqualTo(-3);
    }

    @Test
    void neitherOverflowsNorVanishes() {
        sums.clear();
        for (double term : new double[] {-2000, -1000, -1001}) {
            sums.add(0, term);
            sums.add(1, -term);
        }
        double tail = Math.log1p(Math.exp(-1)) - Math.log(3);
        assertThat(sums.value(0)).isCloseTo(-1000 + tail, within(1e-12));
        assertThat(sums.value(1)).isCloseTo(2000 - Math.log(3), within(1e-12));
    }

    @Test
    void impossibleSamplesCountAsZero() {
        sums.clear();
        sums.add(0, -INFINITE);
        assertThat(sums.value(0)).isEqualTo(-INFINITE);
        sums.add(0, 1);
        sums.add(0, -INFINITE);
        assertThat(sums.value(0)).isCloseTo(1 - Math.log(3), within(1e-14));
    }

    @Test
    void whatIsNoNumberIsNotHidden() {
        sums.clear();
        sums.add(0, 1);
        sums.add(0, Double.NaN);
        sums.add(0, 5);
        assertThat(sums.value(0)).isNaN();
    }
}
