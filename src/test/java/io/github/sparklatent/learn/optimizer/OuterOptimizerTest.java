package io.github.sparklatent.learn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.optimizer.OuterOptimizer.Type;
import org.junit.jupiter.api.Test;

/** By hand, with numbers that floats hold exactly where there is no root. */
class OuterOptimizerTest {
    private static final float[] START = {1, -2};

    /** Two rounds: the partitions' mean is 2 above the parameters, then 1 below. */
    private static float[][] twoRounds(OuterOptimizer optimizer, double epochs) {
        float[] vectors = optimizer.start(2);
        float[] first = optimizer.update(START, moved(START, 2), vectors, epochs);
        float[] second = optimizer.update(first, moved(first, -1), vectors, epochs);
        return new float[][] {first, second};
    }

    private static double[] moved(float[] from, double by) {
        return new double[] {from[0] + by, from[1] + by};
    }

    @Test
    void averageIsTheMeanItself() {
        OuterOptimizer average = OuterOptimizer.of(Type.AVERAGE);
        assertThat(average.start(2)).isEmpty();
        float[] next = average.update(START, new double[] {0.1f, -0.0, 7}, new float[0], 0);
        assertThat(next[0]).isEqualTo(0.1f);
        assertThat(1 / next[1]).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    /** v = 2, θ = 1 + 0.5 · 2 = 2; v = 0.5 · 2 − 1 = 0, θ = 2. */
    @Test
    void momentum() {
        OuterOptimizer momentum =
                OuterOptimizer.of(Type.MOMENTUM).withLearningRate(0.5).withMomentum(0.5);
        float[][] found = twoRounds(momentum, 1);
        assertThat(found[0]).containsExactly(2, -1);
        assertThat(found[1]).containsExactly(2, -1);
    }

    /** v = 2, θ = 1 + 0.5 (2 + 0.5 · 2) = 2.5; v = 0, θ = 2.5 + 0.5 (−1 + 0) = 2. */
    @Test
    void nesterov() {
        OuterOptimizer nesterov = OuterOptimizer.DEFAULT.withLearningRate(0.5).withMomentum(0.5);
        float[][] found = twoRounds(nesterov, 1);
        assertThat(found[0]).containsExactly(2.5f, -0.5f);
        assertThat(found[1]).containsExactly(2, -1);
    }

    /** m = 1, v = 0.25/4 + 0.75 · 4 = 3.0625 = 1.75²; θ = 1 + 2 · 1 / (1.75 + 0.5). */
    @Test
    void adam() {
        OuterOptimizer adam = OuterOptimizer.of(Type.ADAM)
                .withLearningRate(2)
                .withMomentum(0.5)
                .withBeta2(0.25)
                .withEpsilon(0.5);
        assertThat(adam.start(2)).containsExactly(0, 0, 0.25f, 0.25f);
        float[] vectors = adam.start(2);
        float[] first = adam.update(START, moved(START, 2), vectors, 1);
        assertThat(first).containsExactly((float) (1 + 2 / 2.25), (float) (-2 + 2 / 2.25));
        // m = 0.5 + 1 = 1.5, v = 0.25 · 3.0625 + 0.75 · 4
        float[] second = adam.update(first, moved(first, 2), vectors, 1);
        double step = 2 * 1.5 / (Math.sqrt(3.765625) + 0.5);
        assertThat(second).containsExactly((float) (first[0] + step), (float) (first[1] + step));
        assertThat(vectors).containsExactly(1.5f, 1.5f, 3.765625f, 3.765625f);
    }

    @Test
    void beforeTheWarmUpHasEndedRoundsAreAveragedAndLeaveNoTrace() {
        OuterOptimizer nesterov = OuterOptimizer.DEFAULT.withWarmUpEpochs(1);
        float[] vectors = nesterov.start(2);
        float[] next = nesterov.update(START, new double[] {5, 6}, vectors, 0.99);
        assertThat(next).containsExactly(5, 6);
        assertThat(vectors).containsOnly(0);
        assertThat(nesterov.update(START, new double[] {5, 6}, vectors, 1)).doesNotContain(5, 6);
        assertThat(vectors).containsExactly(4, 8);
    }

    @Test
    void theDefaultIsThatOfDiLoCoAfterAPass() {
        assertThat(OuterOptimizer.DEFAULT.learningRate()).isEqualTo(0.7);
        assertThat(OuterOptimizer.DEFAULT.momentum()).isEqualTo(0.9);
        assertThat(OuterOptimizer.DEFAULT.warmUpEpochs()).isEqualTo(1);
    }
}
