package io.github.sparklatent.learn.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.averaging.LocalSteps.BatchSequence;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.objective.StochasticObjective.Position;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.Optimizer.Type;
import io.github.sparklatent.learn.optimizer.OptimizerSteps;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.learn.optimizer.Schedule;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwoPlayersTest {
    private static final int WIDTH = 5;
    private static final FMatrixRMaj ROWS = ToyGame.rows(61, WIDTH, 1);
    private static final ToyGame GAME = new ToyGame(WIDTH, 0.3);
    private static final AveragingOptions PLAIN = AveragingOptions.DEFAULT
            .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE))
            .withBatchSize(8)
            .withMaxEpochs(3)
            .withSeed(7);

    private static float[] start() {
        return new float[] {0.5f, -0.5f, 0, 1, 2, -0.0f, 3, 2, 1, 0, -1};
    }

    private static AveragingResult run(int partitions, AveragingOptions options) {
        return Averaging.run(GAME, InMemoryShards.of(ROWS, partitions), null, start(), options);
    }

    /**
     * Alternating steps as one would write them, each group with a vector of its own; what they give is put together in
     * the loop's one vector.
     */
    private static float[] alternating(Optimizer follower, Optimizer hunter) {
        int n = ROWS.numRows;
        StochasticObjective.Worker worker = GAME.worker(PLAIN.batchSize());
        float[] own = Arrays.copyOf(start(), WIDTH);
        float[] other = Arrays.copyOfRange(start(), WIDTH + 1, 2 * WIDTH + 1);
        OptimizerSteps first = follower.steps(WIDTH, new float[follower.vectors() * WIDTH], 0);
        OptimizerSteps second = hunter.steps(WIDTH, new float[hunter.vectors() * WIDTH], 0);
        float[] gradient = new float[2 * WIDTH + 1];
        long number = 0;
        for (int epoch = 0; epoch < PLAIN.maxEpochs(); epoch++) {
            int[] order = new BatchSequence(0, BatchSequenceTest.ones(n), n, PLAIN.seed()).order(epoch);
            for (int from = 0; from < n; from += PLAIN.batchSize()) {
                FMatrixRMaj batch = batch(ROWS, order, from, Math.min(PLAIN.batchSize(), n - from));
                float[] weights = new float[batch.numRows];
                Arrays.fill(weights, 1);
                double epochs = (double) (epoch * n + from) / n;
                long key = RandomStreams.key(PLAIN.seed(), RandomStreams.Purpose.BATCH, 0, number++);
                worker.gradient(
                        together(own, other), batch, weights, new Position(key, epochs, 0), gradient, new double[2]);
                first.take(own, Arrays.copyOf(gradient, WIDTH), follower.rate(epochs, PLAIN.maxEpochs()));
                worker.gradient(
                        together(own, other), batch, weights, new Position(key, epochs, 1), gradient, new double[2]);
                second.take(
                        other,
                        Arrays.copyOfRange(gradient, WIDTH + 1, 2 * WIDTH + 1),
                        hunter.rate(epochs, PLAIN.maxEpochs()));
            }
        }
        return together(own, other);
    }

    /** Returns rows in an order, one part of it. */
    static FMatrixRMaj batch(FMatrixRMaj rows, int[] order, int from, int size) {
        FMatrixRMaj batch = new FMatrixRMaj(size, rows.numCols);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < rows.numCols; j++) {
                batch.set(i, j, rows.get(order[from + i], j));
            }
        }
        return batch;
    }

    private static float[] together(float[] own, float[] other) {
        float[] all = start();
        System.arraycopy(own, 0, all, 0, WIDTH);
        System.arraycopy(other, 0, all, WIDTH + 1, WIDTH);
        return all;
    }

    /** Two types at a time, so that moments of different lengths are packed one after the other. */
    @ParameterizedTest
    @EnumSource(Type.class)
    void withOnePartitionTheTurnsAreAlternatingStepsBitForBit(Type type) {
        Optimizer follower = Optimizer.of(type)
                .withLearningRate(0.02)
                .withWeightDecay(0.01)
                .withSchedule(Schedule.of(Schedule.Type.COSINE).withWarmUpEpochs(0.5));
        for (Type others : Type.values()) {
            Optimizer hunter = Optimizer.of(others).withLearningRate(0.1).withClipNorm(0.5);
            float[] expected = alternating(follower, hunter);
            assertThat(expected[0]).isNotEqualTo(start()[0]);
            assertThat(expected[10]).isNotEqualTo(start()[10]);
            for (double rounds : new double[] {1, 8, 2.5, 0.4}) {
                AveragingOptions options =
                        PLAIN.withOptimizers(List.of(follower, hunter)).withRoundsPerEpoch(rounds);
                AveragingResult result = run(1, options);
                assertThat(result.kept().parameters())
                        .as("%s and %s, %s rounds an epoch", type, others, rounds)
                        .containsExactly(expected);
                assertThat(result.state().moments()).hasSize(WIDTH * (follower.vectors() + hunter.vectors()));
            }
        }
    }

    /** The game's one equilibrium: φ = 0.3 θ and θ + φ / 2 = mean, so θ = mean / 1.15. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void theEquilibriumIsFound(int partitions) {
        AveragingOptions options = PLAIN.withMaxEpochs(200)
                .withMovingAverage(5)
                .withOptimizer(Optimizer.of(Type.SGD).withLearningRate(0.02));
        float[] found = run(partitions, options).kept().parameters();
        for (int j = 0; j < WIDTH; j++) {
            double mean = 0;
            for (int i = 0; i < ROWS.numRows; i++) {
                mean += ROWS.get(i, j) / (double) ROWS.numRows;
            }
            // steps of rate 0.02 on batches whose mean errs by some 0.5 / √8 = 0.2
            assertThat((double) found[j]).isCloseTo(mean / 1.15, within(0.05));
            assertThat((double) found[WIDTH + 1 + j]).isCloseTo(0.3 * found[j], within(0.02));
        }
    }

    @Test
    void eachMeasureIsAddedOnceAndStepsAreCountedByTheBatch() {
        Optimizer still = Optimizer.of(Type.SGD).withMomentum(0).withLearningRate(1e-30);
        AveragingResult result = run(2, PLAIN.withOptimizer(still).withMaxEpochs(1));
        double chase = 0;
        for (int j = 0; j < WIDTH; j++) {
            double error = start()[WIDTH + 1 + j] - 0.3 * start()[j];
            chase += error * error / 2;
        }
        NetworkRound round = result.history().get(0);
        assertThat(round.measures().get(1)).isCloseTo(chase, within(1e-12));
        assertThat(round.steps()).isEqualTo(8);
        assertThat(round.rows()).isEqualTo(61);
    }
}
