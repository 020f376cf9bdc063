package io.github.sparklatent.vae.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The effective sample size of chains that have a known one. */
class EffectiveSizeTest {
    private static final int LENGTH = 100_000;

    /**
     * An autoregressive chain z' = φ z + √(1 − φ²) ε has the autocorrelations φ^t, so T (1 − φ) / (1 + φ) effective
     * draws. The relative error of the estimate is about √(2 (2 m + 1) / T) for m autocorrelations that are not
     * negligible (Sokal 1997, eq. 3.19), 2.5% for m = 15.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.6, -0.5})
    void autoregressiveChain(double phi) {
        RandomGenerator random = RandomStreams.of(5, Purpose.NOISE);
        EffectiveSize size = new EffectiveSize(1, LENGTH, 2);
        float[] scale = {1, 100};
        float[] z = {0, 0};
        for (int t = 0; t < LENGTH; t++) {
            for (int j = 0; j < 2; j++) {
                double noise = Math.sqrt(1 - phi * phi) * random.nextGaussian();
                z[j] = (float) (phi * z[j] + scale[j] * noise);
            }
            size.set(0, t, z, 0, scale);
        }
        double expected = (1 - phi) / (1 + phi);
        assertThat(size.of(0) / LENGTH).isCloseTo(expected, within(4 * 0.025 * expected));
    }

    @Test
    void chainThatHasNotMovedIsOneDraw() {
        EffectiveSize size = new EffectiveSize(2, 10, 1);
        for (int t = 0; t < 10; t++) {
            size.set(0, t, new float[] {7}, 0, new float[] {1});
            size.set(1, t, new float[] {t % 2}, 0, new float[] {1});
        }
        assertThat(size.of(0)).isEqualTo(1);
        assertThat(size.of(1)).as("of an alternating chain").isCloseTo(10, within(1e-9));
    }
}
