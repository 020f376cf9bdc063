package io.github.sparklatent.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against scipy: src/test/python/distance_golden.py, whose images these are. */
class StructuralSimilarityTest {
    /**
     * Variances are differences of numbers of about 1 (2⁻⁵³ each, a few of them) and stand beside C₂ = 0.0009: 1e-12.
     * The images themselves are exact in floats.
     */
    private static final double ROUNDING = 1e-11;

    private static float[] image(int height, int width, int seed) {
        float[] image = new float[height * width];
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                int pattern = i * 37 + j * 61 + (seed + 16) * i * j + 29 * seed;
                image[i * width + j] = (pattern % 101) / 128f;
            }
        }
        return image;
    }

    private static float[] waves(int height, int width) {
        float[] image = new float[height * width];
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                image[i * width + j] = ((i * 3 + j * 5) % 32) / 32f;
            }
        }
        return image;
    }

    private static float[] mixed(float share, float[] first, float otherShare, float[] second) {
        float[] mixed = new float[first.length];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = share * first[i] + otherShare * second[i];
        }
        return mixed;
    }

    private static double grey(int height, int width, double range, float[] x, float[] y) {
        return new StructuralSimilarity(1, height, width, range).of(x, 0, y, 0);
    }

    @Test
    void figuresAreThoseOfScipy() {
        assertThat(grey(28, 28, 1, image(28, 28, 1), image(28, 28, 2)))
                .isCloseTo(0.05428398781938652, within(ROUNDING));
        float[] large = waves(28, 28);
        assertThat(grey(28, 28, 1, large, mixed(0.75f, large, 0.125f, image(28, 28, 3))))
                .isCloseTo(0.9415633092902832, within(ROUNDING));
        float[] wide = waves(11, 17);
        assertThat(grey(11, 17, 1, wide, mixed(0.5f, wide, 0.5f, image(11, 17, 1))))
                .isCloseTo(0.6177868382435793, within(ROUNDING));
        float[] small = waves(8, 8);
        assertThat(grey(8, 8, 1, small, mixed(0.5f, small, 0.5f, image(8, 8, 1))))
                .isCloseTo(0.71898397597313, within(ROUNDING));
        float[] bytes = mixed(128, waves(13, 12), 0, waves(13, 12));
        assertThat(grey(13, 12, 255, bytes, mixed(0.75f, bytes, 64, image(13, 12, 2))))
                .isCloseTo(0.8469857261746242, within(ROUNDING));
    }

    @Test
    void theWindowIsTheGreatestThatFits() {
        assertThat(new StructuralSimilarity(1, 28, 28, 1).windowSize()).isEqualTo(11);
        assertThat(new StructuralSimilarity(1, 28, 10, 1).windowSize()).isEqualTo(9);
        assertThat(new StructuralSimilarity(1, 8, 8, 1).windowSize()).isEqualTo(7);
        assertThat(new StructuralSimilarity(3, 2, 28, 1).windowSize()).isEqualTo(1);
    }

    /** One pixel each: only the means are left, (2 x y + C₁) / (x² + y² + C₁). */
    @Test
    void aWindowOfOnePixelComparesBrightness() {
        assertThat(grey(1, 2, 1, new float[] {0.5f, 1}, new float[] {0.25f, 0}))
                .isCloseTo((0.2501 / 0.3126 + 0.0001 / 1.0001) / 2, within(ROUNDING));
    }

    @Test
    void anImageIsLikeItselfAndUnlikeItsNegative() {
        float[] image = image(12, 14, 1);
        assertThat(grey(12, 14, 1, image, image)).isEqualTo(1);
        float[] white = new float[image.length];
        Arrays.fill(white, 1);
        float[] negative = mixed(-1, image, 1, white);
        assertThat(grey(12, 14, 1, image, negative)).isNegative();
    }

    @Test
    void channelsAreAveragedWhereverTheyLie() {
        float[] first = new float[3 + 2 * 144];
        float[] second = new float[2 * 144];
        System.arraycopy(image(12, 12, 1), 0, first, 3, 144);
        System.arraycopy(waves(12, 12), 0, first, 3 + 144, 144);
        System.arraycopy(image(12, 12, 2), 0, second, 0, 144);
        System.arraycopy(image(12, 12, 3), 0, second, 144, 144);
        double one = grey(12, 12, 1, image(12, 12, 1), image(12, 12, 2));
        double other = grey(12, 12, 1, waves(12, 12), image(12, 12, 3));
        assertThat(new StructuralSimilarity(2, 12, 12, 1).of(first, 3, second, 0))
                .isEqualTo((one + other) / 2);
    }
}
