package io.github.sparklatent.learn.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no group moves keeps its bits, whatever the driver does with what is moved. */
class FrozenParametersTest {
    private static final int WIDTH = 4;

    /** Numbers whose bits any arithmetic endangers: the zero of the other sign, no normal one. */
    private static final float[] AWKWARD = {-0.0f, Float.MIN_VALUE, 1 / 3f, -3e38f};

    /** The least squares of some weights, beside which others stand still. */
    private record Part(ToyRegression whole) implements StochasticObjective {
        @Override
        public int parameterCount() {
            return 2 * WIDTH;
        }

        @Override
        public List<String> measures() {
            return whole.measures();
        }

        @Override
        public List<ParameterGroup> parameterGroups() {
            return List.of(
                    new ParameterGroup("odd", List.of(new Range(1, 1), new Range(3, 1), new Range(5, 1))),
                    new ParameterGroup("last", List.of(new Range(7, 1), new Range(2, 0))));
        }

        /** Even entries stand still. */
        @Override
        public Worker worker(int maxRows) {
            Worker worker = whole.worker(maxRows);
            return new ToyWorker(
                    (parameters, rows, weights, position, gradient, sums) -> {
                        float[] own = new float[WIDTH];
                        double[] measured = position.group() == 0 ? sums : new double[sums.length];
                        worker.gradient(odd(parameters), rows, weights, position, own, measured);
                        for (int j = 0; j < WIDTH; j++) {
                            gradient[2 * j] = 1000;
                            gradient[2 * j + 1] = own[j];
                        }
                    },
                    (parameters, rows, weights, sums) -> {
                        worker.evaluate(odd(parameters), rows, weights, sums);
                    });
        }

        private static float[] odd(float[] parameters) {
            float[] odd = new float[WIDTH];
            for (int j = 0; j < WIDTH; j++) {
                odd[j] = parameters[2 * j + 1];
            }
            return odd;
        }
    }

    private static float[] start() {
        float[] start = new float[2 * WIDTH];
        for (int j = 0; j < WIDTH; j++) {
            start[2 * j] = AWKWARD[j];
        }
        return start;
    }

    private static void assertFrozen(float[] parameters) {
        for (int j = 0; j < WIDTH; j++) {
            assertThat(Float.floatToRawIntBits(parameters[2 * j]))
                    .as("parameter %d", 2 * j)
                    .isEqualTo(Float.floatToRawIntBits(AWKWARD[j]));
        }
    }

    static List<Arguments> trainings() {
        List<Arguments> trainings = new ArrayList<>();
        for (OuterOptimizer.Type outer : OuterOptimizer.Type.values()) {
            for (Optimizer.Type inner : Optimizer.Type.values()) {
                trainings.add(Arguments.of(outer, inner));
            }
        }
        return trainings;
    }

    @ParameterizedTest
    @MethodSource("trainings")
    void whatNoPlayerMovesKeepsItsBits(OuterOptimizer.Type outer, Optimizer.Type inner) {
        Optimizer optimizer =
                Optimizer.of(inner).withLearningRate(0.03).withWeightDecay(0.1).withClipNorm(3);
        AveragingOptions options = AveragingOptions.DEFAULT
                .withMaxEpochs(3)
                .withRoundsPerEpoch(4)
                .withBatchSize(4)
                .withMovingAverage(1)
                .withOuter(OuterOptimizer.of(outer))
                .withOptimizer(optimizer);
        List<AveragingState> states = new ArrayList<>();
        AveragingResult result = Averaging.run(
                new Part(new ToyRegression(WIDTH, 0.1)),
                InMemoryShards.of(ToyRegression.rows(70, WIDTH, 1), 3),
                InMemoryShards.of(ToyRegression.rows(30, WIDTH, 2), 2),
                start(),
                options,
                states);
        assertThat(states).hasSize(12);
        for (AveragingState state : states) {
            assertFrozen(state.parameters());
            assertFrozen(state.average());
            assertFrozen(state.best().parameters());
            assertThat(state.outer()).hasSize(OuterOptimizer.of(outer).start(WIDTH).length);
        }
        assertFrozen(result.kept().parameters());
        for (int j = 0; j < WIDTH; j++) {
            assertThat(result.kept().parameters()[2 * j + 1]).isNotZero();
        }
    }
}
