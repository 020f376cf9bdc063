package io.github.sparklatent.learn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.objective.StochasticObjective.Range;
import io.github.sparklatent.learn.optimizer.Optimizer.Type;
import io.github.sparklatent.learn.optimizer.OptimizerSteps.RangeSteps;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Against PyTorch in double precision: src/test/python/optimizer_golden.py. */
class OptimizerTest {
    private static final int STEPS = 20;

    /**
     * Twenty steps, each rounded a few times to floats of size up to 2 (2⁻²³ each), and PyTorch clips to a length that
     * is 1e-6 of it shorter: 20 · 1e-6 in all.
     */
    private static final double ROUNDING = 2e-5;

    private static final Optimizer SGD = Optimizer.of(Type.SGD);
    private static final Optimizer RMSPROP = Optimizer.of(Type.RMSPROP);
    private static final Optimizer ADAM = Optimizer.DEFAULT.withLearningRate(0.1);

    static Stream<Arguments> golden() {
        return Stream.of(
                golden(
                        SGD.withMomentum(0).withLearningRate(0.05),
                        0.3584859224085422,
                        0.9999971389770509,
                        0.35691572041192643),
                golden(SGD, 0.11782217755732458, -0.03400234588086608, 0.32412023414515684),
                golden(SGD.withWeightDecay(0.1), 0.060405566999922264, -0.03436087784863171, 0.27267499287736),
                golden(
                        SGD.withMomentum(0).withLearningRate(0.05).withClipNorm(1),
                        0.9606603884966892,
                        -1.0008008282279701,
                        0.49399739984221014),
                golden(RMSPROP.withLearningRate(0.02), 0.07180291940744292, -0.6285804215455125, -0.6541860143548148),
                golden(
                        RMSPROP.withLearningRate(0.02)
                                .withBetas(0, 0.9)
                                .withEpsilon(1e-4)
                                .withWeightDecay(0.1),
                        0.4904425202747412,
                        -1.446506990530259,
                        -0.009218501867026139),
                golden(ADAM, -0.27115409408744673, -0.11936047640247097, -1.1365028641234112),
                golden(
                        ADAM.withBetas(0.8, 0.95).withEpsilon(1e-3).withWeightDecay(0.1),
                        -0.10970614061192012,
                        -0.16004934536746712,
                        -0.610152261766129),
                golden(
                        Optimizer.of(Type.ADAMW).withLearningRate(0.1).withWeightDecay(0.1),
                        -0.2495941350033541,
                        0.04859689854731442,
                        -1.0710712302585377),
                golden(
                        ADAM.withSchedule(
                                Schedule.of(Schedule.Type.STEP).withFactor(0.5).withEvery(5)),
                        0.14968932564057402,
                        -1.0780660969518148,
                        -0.3953236241709696));
    }

    private static Arguments golden(Optimizer optimizer, double... expected) {
        return Arguments.of(optimizer, expected);
    }

    private static float[] gradient(float[] x) {
        return new float[] {x[0], 10 * (x[1] - 1), 0.1f * (x[2] + 1)};
    }

    @ParameterizedTest
    @MethodSource("golden")
    void twentyStepsAreThoseOfPyTorch(Optimizer optimizer, double[] expected) {
        float[] x = {1, -2, 0.5f};
        OptimizerSteps steps = optimizer.steps(3, new float[3 * optimizer.vectors()], 0);
        for (int i = 0; i < STEPS; i++) {
            steps.take(x, gradient(x), optimizer.rate(i, STEPS));
        }
        assertThat(steps.steps()).isEqualTo(STEPS);
        for (int j = 0; j < 3; j++) {
            assertThat((double) x[j]).isCloseTo(expected[j], within(ROUNDING));
        }
    }

    /** Parts of a step may be taken in any order, from any array. */
    @ParameterizedTest
    @MethodSource("golden")
    void partsOfAStepAreTheStepBitForBit(Optimizer optimizer, double[] ignored) {
        float[] whole = {1, -2, 0.5f};
        float[] parts = whole.clone();
        OptimizerSteps steps = optimizer.steps(3, new float[3 * optimizer.vectors()], 0);
        OptimizerSteps early = optimizer.steps(3, new float[3 * optimizer.vectors()], 0);
        boolean adam = optimizer.type() == Type.ADAM || optimizer.type() == Type.ADAMW;
        assertThat(early.areTakenEarly()).isEqualTo(adam);
        for (int i = 0; adam && i < STEPS; i++) {
            steps.take(whole, gradient(whole), optimizer.rate(i, STEPS));
            float[] gradient = gradient(parts);
            early.begin(optimizer.rate(i, STEPS));
            early.take(parts, 2, 3, new float[] {7, gradient[2]}, 1);
            early.take(parts, 0, 1, gradient.clone(), 0);
            early.finish(parts, new float[] {7, gradient[1], 7});
        }
        if (adam) {
            assertThat(parts).containsExactly(whole);
        }
    }

    /** What a partition hands to the next round is all that the steps depend on. */
    @ParameterizedTest
    @MethodSource("golden")
    void stepsGoOnFromTheirMomentsBitForBit(Optimizer optimizer, double[] ignored) {
        float[] whole = {1, -2, 0.5f};
        float[] parts = whole.clone();
        float[] moments = new float[3 * optimizer.vectors()];
        OptimizerSteps steps = optimizer.steps(3, moments, 0);
        for (int i = 0; i < STEPS; i++) {
            steps.take(whole, gradient(whole), optimizer.rate(i, STEPS));
            OptimizerSteps one = optimizer.steps(3, moments, i);
            one.take(parts, gradient(parts), optimizer.rate(i, STEPS));
            moments = new float[moments.length + 2];
            one.copyMoments(moments, 2);
            moments = java.util.Arrays.copyOfRange(moments, 2, moments.length);
        }
        assertThat(parts).containsExactly(whole);
    }

    @Test
    void vectorsOfMoments() {
        assertThat(SGD.vectors()).isEqualTo(1);
        assertThat(SGD.withMomentum(0).vectors()).isZero();
        assertThat(RMSPROP.vectors()).isEqualTo(1);
        assertThat(ADAM.vectors()).isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ADAM.steps(3, new float[3], 0))
                .withMessage("the moments of adam have 3 entries, expected 6");
    }

    /** 3, 4 and 12 and 84 make 85; seven entries, for the loop and its rest. */
    @Test
    void aGradientIsClippedByItsLengthAsAWhole() {
        float[] gradient = {3, 0, 4, 0, 12, 0, 84};
        assertThat(new RangeSteps(SGD, new Range(0, 7), List.of(), new float[1][7]).squares(gradient))
                .isEqualTo(85 * 85);
        float[] x = new float[7];
        Optimizer descent = SGD.withMomentum(0).withClipNorm(42.5);
        descent.steps(7, new float[0], 0).take(x, gradient, 1);
        assertThat(x).containsExactly(-1.5f, 0, -2, 0, -6, 0, -42);
        float[] y = new float[7];
        descent.withClipNorm(85).steps(7, new float[0], 0).take(y, new float[] {3, 0, 4, 0, 12, 0, 84}, 1);
        assertThat(y[6]).isEqualTo(-84);
    }

    /** 3, 4, 12 and 84 in two ranges; what lies between them is neither counted nor shortened. */
    @Test
    void aGradientIsClippedByItsLengthOverAllRanges() {
        float[] gradient = {3, 4, Float.NaN, 1e30f, 12, 84};
        float[] x = new float[6];
        new OptimizerSteps(
                        SGD.withMomentum(0).withClipNorm(42.5),
                        List.of(new Range(4, 2), new Range(0, 2)),
                        List.of(),
                        List.of(new Range(0, 6)),
                        new float[0][],
                        0)
                .take(x, gradient, 1);
        assertThat(x).containsExactly(-1.5f, -2, 0, 0, -6, -42);
        assertThat(gradient[3]).isEqualTo(1e30f);
    }

    /** A third entry that is no derivative: neither counted nor shortened. */
    @Test
    void onlyTheClippedRangesAreShortened() {
        float[] x = new float[3];
        Range first = new Range(0, 2);
        new OptimizerSteps(
                        SGD.withMomentum(0).withClipNorm(5),
                        List.of(new Range(0, 3)),
                        List.of(),
                        List.of(first),
                        new float[0][],
                        0)
                .take(x, new float[] {30, 40, 0.5f}, 1);
        assertThat(x).containsExactly(-3, -4, -0.5f);
    }

    /** With a gradient of 0 only the decay moves a parameter. */
    @ParameterizedTest
    @EnumSource(Optimizer.Type.class)
    void weightDecayMovesOnlyTheRangesThatDecay(Optimizer.Type type) {
        Optimizer optimizer = Optimizer.of(type).withWeightDecay(0.5);
        float[] x = {1, 1, 1, 1, 1, 1};
        new OptimizerSteps(
                        optimizer,
                        List.of(new Range(0, 2), new Range(3, 2)),
                        List.of(new Range(1, 3), new Range(5, 1)),
                        List.of(),
                        new float[optimizer.vectors()][6],
                        0)
                .take(x, new float[6], 0.1);
        assertThat(x[1]).isLessThan(1).isEqualTo(x[3]);
        assertThat(new float[] {x[0], x[2], x[4], x[5]}).containsExactly(1, 1, 1, 1);
    }
}
