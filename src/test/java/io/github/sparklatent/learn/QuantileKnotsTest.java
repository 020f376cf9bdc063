package io.github.sparklatent.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantileKnotsTest {
    private static final int ROWS = 5000;

    private static double[] skewed() {
        Random random = new Random(9);
        double[] numbers = new double[ROWS];
        Arrays.setAll(numbers, i -> Math.exp(3 * random.nextGaussian()));
        return numbers;
    }

    /** The third moment of normal scores is 0, however skewed the numbers are. */
    @Test
    void scoresAreNormal() {
        double[] numbers = skewed();
        QuantileKnots knots = QuantileKnots.of(numbers.clone());
        double mean = 0;
        double square = 0;
        double cube = 0;
        for (double x : numbers) {
            double score = knots.score(x);
            mean += score / ROWS;
            square += score * score / ROWS;
            cube += score * score * score / ROWS;
        }
        assertThat(mean).isCloseTo(0, within(0.01));
        assertThat(square).isCloseTo(1, within(0.02));
        assertThat(cube).isCloseTo(0, within(0.1));
    }

    @Test
    void theInverseGivesTheNumbersBack() {
        double[] numbers = skewed();
        Arrays.fill(numbers, 0, 1000, 5);
        Arrays.fill(numbers, 1000, 1500, 80);
        QuantileKnots knots = QuantileKnots.of(numbers.clone());
        Arrays.sort(numbers);
        double before = Double.NEGATIVE_INFINITY;
        for (double x : numbers) {
            double score = knots.score(x);
            assertThat(score).isFinite().isGreaterThanOrEqualTo(before);
            before = score;
            if (score > -3 && score < 3) {
                assertThat(knots.number(score)).isCloseTo(x, within(1e-9 * x));
            }
        }
        assertThat(knots.number(knots.score(5))).isEqualTo(5);
        assertThat(knots.number(knots.score(80))).isEqualTo(80);
        assertThat(knots.number(40)).isEqualTo(knots.greatest());
        assertThat(knots.number(-40)).isEqualTo(knots.least());
    }

    /**
     * scipy.stats.norm.ppf((rankdata([0, 0, 0, 1, 2, 2, 7], "average") - 0.5) / 7) for the atoms; a number that occurs
     * once has the rank of its beginning.
     */
    @Test
    void equalNumbersHaveTheirMeanRank() {
        QuantileKnots knots = QuantileKnots.of(new double[] {0, 0, 0, 1, 2, 2, 7});
        assertThat(knots.score(0)).isCloseTo(-0.7916386077433746, within(1e-12));
        assertThat(knots.score(2)).isCloseTo(0.5659488219328631, within(1e-12));
        assertThat(knots.score(7)).isCloseTo(1.4652337926855226, within(1e-12));
        assertThat(knots.score(100)).isEqualTo(knots.score(7));
        assertThat(knots.score(Double.NaN)).isNaN();
    }
}
