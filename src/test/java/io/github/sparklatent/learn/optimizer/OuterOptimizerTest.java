package io.github.sparklatent.learn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

    /** v = 2, θ = 1 + 2 = 3; v = 0.5 · 2 − 1 = 0, θ = 3. */
    @Test
    void momentum() {
        float[][] found = twoRounds(OuterOptimizer.of(Type.MOMENTUM), 1);
        assertThat(found[0]).containsExactly(3, 0);
        assertThat(found[1]).containsExactly(3, 0);
    }

    /** DiLoCo: v = 2, θ = 1 + 0.7 (2 + 0.9 · 2); v = 0.9 · 2 − 1 = 0.8, θ += 0.7 (−1 + 0.9 · 0.8). */
    @Test
    void nesterov() {
        float[][] found = twoRounds(OuterOptimizer.DEFAULT, 1);
        assertThat(found[0]).containsExactly(new float[] {3.66f, 0.66f}, within(1e-6f));
        assertThat(found[1]).containsExactly(new float[] {3.464f, 0.464f}, within(1e-6f));
    }

    /** m = 0.1 · 2, v = 0.99 · 1e-6 + 0.01 · 4. */
    @Test
    void adam() {
        OuterOptimizer adam = OuterOptimizer.of(Type.ADAM);
        assertThat(adam.start(2)).containsExactly(0, 0, 1e-6f, 1e-6f);
        float[] vectors = adam.start(2);
        float[] first = adam.update(START, moved(START, 2), vectors, 1);
        double step = 0.01 * 0.2 / (Math.sqrt(0.04000099) + 1e-3);
        assertThat(first).containsExactly(new float[] {(float) (1 + step), (float) (-2 + step)}, within(1e-6f));
        // m = 0.9 · 0.2 + 0.2, v = 0.99 · 0.04000099 + 0.04
        float[] second = adam.update(first, moved(first, 2), vectors, 1);
        double next = 0.01 * 0.38 / (Math.sqrt(0.0796009801) + 1e-3);
        assertThat(second)
                .containsExactly(new float[] {(float) (first[0] + next), (float) (first[1] + next)}, within(1e-6f));
        assertThat(vectors).containsExactly(new float[] {0.38f, 0.38f, 0.07960098f, 0.07960098f}, within(1e-7f));
    }

    @Test
    void beforeTheWarmUpHasEndedRoundsAreAveragedAndLeaveNoTrace() {
        OuterOptimizer nesterov = OuterOptimizer.DEFAULT;
        float[] vectors = nesterov.start(2);
        float[] next = nesterov.update(START, new double[] {5, 6}, vectors, 0.99);
        assertThat(next).containsExactly(5, 6);
        assertThat(vectors).containsOnly(0);
        assertThat(nesterov.update(START, new double[] {5, 6}, vectors, 1)).doesNotContain(5, 6);
        assertThat(vectors).containsExactly(4, 8);
    }
}
