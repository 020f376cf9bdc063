package io.github.sparklatent.learn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.optimizer.Schedule.Type;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    /** A few roundings of numbers up to 1. */
    private static final double ROUNDING = 1e-15;

    @Test
    void constantIsOne() {
        assertThat(Schedule.DEFAULT.factor(0, 10)).isEqualTo(1);
        assertThat(Schedule.DEFAULT.factor(10, 10)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "9.99, 1", "10, 0.5", "19.99, 0.5", "20, 0.25", "50, 0.03125"})
    void stepFallsEveryFewPasses(double epochs, double factor) {
        Schedule step = Schedule.of(Type.STEP).withFactor(0.5);
        assertThat(step.factor(epochs, 50)).isEqualTo(factor);
    }

    /** cos 60° = 1/2, cos 90° = 0. */
    @ParameterizedTest
    @CsvSource({"0, 1", "20, 0.75", "30, 0.5", "40, 0.25", "60, 0", "61, 0"})
    void cosineFallsOverTheWholeTraining(double epochs, double factor) {
        assertThat(Schedule.of(Type.COSINE).factor(epochs, 60)).isCloseTo(factor, within(ROUNDING));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "30, 1", "45, 0.51", "60, 0.02"})
    void cosineOverAFractionToAFinalRatio(double epochs, double factor) {
        Schedule late = Schedule.of(Type.COSINE).withDecayFraction(0.5).withFinalRatio(0.02);
        assertThat(late.factor(epochs, 60)).isCloseTo(factor, within(ROUNDING));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "70, 1", "85, 0.5", "97, 0.1", "100, 0", "101, 0"})
    void linearFallsOverTheLastThirtyPercent(double epochs, double factor) {
        assertThat(Schedule.of(Type.LINEAR).factor(epochs, 100)).isCloseTo(factor, within(ROUNDING));
    }

    @Test
    void linearFallsToAFinalRatio() {
        Schedule linear = Schedule.of(Type.LINEAR).withDecayFraction(1).withFinalRatio(0.5);
        assertThat(linear.factor(50, 100)).isCloseTo(0.75, within(ROUNDING));
        assertThat(linear.factor(100, 100)).isEqualTo(0.5);
    }

    /** The least loss is that of epoch 2; nothing is better for 3 epochs at 5 and at 8, then 9 is. */
    @Test
    void aPlateauFallsAfterEpochsWithoutABetterLoss() {
        Schedule plateau = Schedule.of(Type.PLATEAU).withEvery(3);
        double[] losses = {5, 4, 4, 4.5, 4, 6, 4, 4.1, 3, 3, 3};
        double[] epochs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
        double[] expected = {1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25};
        for (int i = 0; i < losses.length; i++) {
            assertThat(plateau.afterPlateaus(Arrays.copyOf(epochs, i + 1), Arrays.copyOf(losses, i + 1)))
                    .isEqualTo(expected[i]);
        }
        assertThat(plateau.factor(7, 10)).isEqualTo(1);
        assertThat(Schedule.of(Type.STEP).withEvery(3).afterPlateaus(epochs, losses))
                .isEqualTo(1);
    }

    @Test
    void theWarmUpRisesAndMultiplies() {
        Schedule step = Schedule.of(Type.STEP).withFactor(0.5).withEvery(1).withWarmUpEpochs(4);
        assertThat(step.factor(0, 10)).isZero();
        assertThat(step.factor(1, 10)).isEqualTo(0.25 * 0.5);
        assertThat(step.factor(4, 10)).isEqualTo(1.0 / 16);
        assertThat(step.factor(5, 10)).isEqualTo(1.0 / 32);
    }

    @Test
    void anOptimisersRateIsItsOwnTimesTheFactor() {
        Optimizer adam = Optimizer.DEFAULT
                .withLearningRate(0.25)
                .withSchedule(Schedule.of(Type.STEP).withFactor(0.5).withEvery(2));
        assertThat(adam.rate(3, 10)).isEqualTo(0.125);
    }
}
