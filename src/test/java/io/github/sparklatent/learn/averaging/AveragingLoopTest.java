package io.github.sparklatent.learn.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.averaging.AveragingLoop.AveragingListener;
import io.github.sparklatent.learn.averaging.LocalSteps.BatchSequence;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.objective.StochasticObjective.Position;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.Optimizer.Type;
import io.github.sparklatent.learn.optimizer.OptimizerSteps;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.learn.optimizer.Schedule;
import io.github.sparklatent.linalg.FloatBlock;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AveragingLoopTest {
    private static final int INPUTS = 5;
    private static final FMatrixRMaj ROWS = ToyRegression.rows(103, INPUTS, 1);
    private static final ToyRegression OBJECTIVE = new ToyRegression(INPUTS, 0.3);
    private static final AveragingOptions PLAIN = AveragingOptions.DEFAULT
            .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE))
            .withBatchSize(8)
            .withMaxEpochs(3)
            .withSeed(7);

    /** Plain gradient descent, for what is worked out by hand. */
    private static final Optimizer DESCENT =
            Optimizer.of(Type.SGD).withMomentum(0).withLearningRate(0.5);

    private static float[] start() {
        return new float[] {0.5f, -0.5f, 0, 1, 2};
    }

    private static AveragingResult run(
            StochasticObjective objective, Shards shards, float[] start, AveragingOptions options) {
        return Averaging.run(objective, shards, null, start, options);
    }

    private static AveragingResult run(int partitions, AveragingOptions options) {
        return run(OBJECTIVE, InMemoryShards.of(ROWS, partitions), start(), options);
    }

    /** Training as one would write it without rounds, partitions or averages. */
    private static float[] plainTraining(AveragingOptions options) {
        int n = ROWS.numRows;
        Optimizer optimizer = options.optimizer();
        OptimizerSteps steps = optimizer.steps(INPUTS, new float[optimizer.vectors() * INPUTS], 0);
        StochasticObjective.Worker worker = OBJECTIVE.worker(options.batchSize());
        float[] parameters = start();
        float[] gradient = new float[INPUTS];
        long number = 0;
        for (int epoch = 0; epoch < options.maxEpochs(); epoch++) {
            int[] order = new BatchSequence(0, BatchSequenceTest.ones(n), n, options.seed()).order(epoch);
            for (int from = 0; from < n; from += options.batchSize()) {
                int size = Math.min(options.batchSize(), n - from);
                FMatrixRMaj batch = TwoPlayersTest.batch(ROWS, order, from, size);
                float[] weights = new float[size];
                Arrays.fill(weights, 1);
                double epochs = (double) (epoch * n + from) / n;
                long key = RandomStreams.key(options.seed(), RandomStreams.Purpose.BATCH, 0, number++);
                worker.gradient(parameters, batch, weights, new Position(key, epochs, 0), gradient, new double[2]);
                steps.take(parameters, gradient, optimizer.rate(epochs, options.maxEpochs()));
            }
        }
        return parameters;
    }

    @ParameterizedTest
    @EnumSource(Type.class)
    void withOnePartitionAveragingIsPlainTrainingBitForBit(Type type) {
        Optimizer optimizer = Optimizer.of(type)
                .withLearningRate(0.02)
                .withClipNorm(2)
                .withSchedule(Schedule.of(Schedule.Type.COSINE).withWarmUpEpochs(0.5));
        AveragingOptions options = PLAIN.withOptimizer(optimizer);
        float[] expected = plainTraining(options);
        assertThat(expected[4]).isNotEqualTo(start()[4]);
        for (double rounds : new double[] {1, 8, 2.5, 0.4, 13, 1000}) {
            assertThat(run(1, options.withRoundsPerEpoch(rounds)).kept().parameters())
                    .as("%s rounds an epoch", rounds)
                    .containsExactly(expected);
        }
    }

    /**
     * One step of each partition over all its rows is one step over all rows: the same sum in another order, each of
     * some 50 rounds rounded to floats: 50 · 2⁻²³ ≈ 6e-6 of numbers up to 5.
     */
    @Test
    void roundsOfOneStepOfGradientDescentAreStepsOverAllPartitionsBatches() {
        ToyRegression exact = new ToyRegression(INPUTS, 0);
        AveragingOptions options = PLAIN.withOptimizer(DESCENT.withLearningRate(0.1))
                .withBatchSize(200)
                .withMaxEpochs(50);
        float[] together =
                run(exact, InMemoryShards.of(ROWS, 1), start(), options).kept().parameters();
        AveragingResult apart = run(exact, InMemoryShards.of(ROWS, 7), start(), options);
        assertThat(apart.history()).hasSize(50);
        assertThat(apart.kept().parameters()).containsExactly(together, within(3e-5f));
        assertThat(together[4]).isCloseTo(5, within(0.1f));
    }

    private static PartitionRows part(float[] weights, float... values) {
        return new PartitionRows(List.of(new FloatBlock(FMatrixRMaj.wrap(values.length, 1, values), weights)));
    }

    /** Partitions of mean 8 (three rows), 0 (one row), 16 (weight 4), and one without rows. */
    private static InMemoryShards unequal() {
        return new InMemoryShards(List.of(
                part(null, 4, 8, 12), new PartitionRows(List.of()), part(null, 0), part(new float[] {1, 3}, 28, 12)));
    }

    /**
     * From θ = 0 with η = 1/2 and all rows as one batch, two steps take a partition of mean m to (1 − 1/4) m: on
     * average (3 · 6 + 1 · 0 + 4 · 12) / 8 = 8.25. An average that weighed partitions alike would give 6.
     */
    @Test
    void partitionsAreWeighedByTheWeightOfTheirRows() {
        AveragingOptions options = PLAIN.withOptimizer(DESCENT)
                .withBatchSize(16)
                .withRoundsPerEpoch(0.5)
                .withMaxEpochs(2);
        AveragingResult result = run(new Nearness(1), unequal(), new float[1], options);
        assertThat(result.kept().parameters()).containsExactly(8.25f);
        assertThat(result.history()).hasSize(1);
        NetworkRound round = result.history().get(0);
        assertThat(round.rows()).isEqualTo(12);
        assertThat(round.steps()).isEqualTo(6);
        assertThat(round.epochs()).isEqualTo(2);
        double from0 = (16 + 64 + 144) / 2.0 + (28 * 28 + 3 * 144) / 2.0;
        double afterOne = (0 + 16 + 64) / 2.0 + (20 * 20 + 3 * 16) / 2.0;
        assertThat(round.loss()).isEqualTo((from0 + afterOne) / 16);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 103, 150})
    void everyPassMeetsEveryRowOnceWhateverTheRounds(int partitions) {
        for (double rounds : new double[] {8, 3, 0.5}) {
            AveragingResult result =
                    run(partitions, PLAIN.withRoundsPerEpoch(rounds).withMaxEpochs(4));
            assertThat(result.history().stream().mapToLong(NetworkRound::rows).sum())
                    .isEqualTo(4 * 103);
            assertThat(result.history().get(result.history().size() - 1).epochs())
                    .isEqualTo(4);
            assertThat(result.stoppedEarly()).isFalse();
        }
    }

    @Test
    void morePartitionsThanRowsAndNoBatchInARoundAreNoHarm() {
        FMatrixRMaj two = ToyRegression.rows(2, INPUTS, 4);
        AveragingResult result = run(
                OBJECTIVE,
                InMemoryShards.of(two, 5),
                start(),
                PLAIN.withRoundsPerEpoch(8).withMaxEpochs(2));
        assertThat(result.history()).extracting(NetworkRound::rows).containsExactly(2L, 2L);
        assertThat(result.kept().parameters()).isNotEqualTo(start());
    }

    /**
     * Eight rows and one row of weight 5, row by row: the weights of the partitions per step are 1 and 5, so the
     * moments stand for (1 · 8 + 5 · 1) / 6 = 2.2 steps; a mean that weighed partitions alike would give 4.5, and one
     * by the weights of rows 5.3.
     */
    @Test
    void momentsStandForTheStepsOfThePartitionsByWeight() {
        InMemoryShards shards =
                new InMemoryShards(List.of(part(null, 1, 2, 3, 4, 5, 6, 7, 8), part(new float[] {5}, 9)));
        AveragingOptions options = PLAIN.withBatchSize(1).withRoundsPerEpoch(1).withMaxEpochs(1);
        AveragingState state =
                run(new Nearness(1), shards, new float[1], options).state();
        assertThat(state.steps()).isEqualTo(2);
        assertThat(state.rowsSeen()).isEqualTo(9);
    }

    /**
     * After one step from θ = 0 a partition of mean m has the velocity −m: on average −(3 · 8 + 1 · 0 + 4 · 16) / 8 =
     * −11, and −24 / 3 if partitions counted alike.
     */
    @Test
    void momentsAreAveragedByTheWeightOfTheRows() {
        AveragingOptions options =
                PLAIN.withOptimizer(DESCENT.withMomentum(0.5)).withBatchSize(16).withMaxEpochs(1);
        AveragingState state =
                run(new Nearness(1), unequal(), new float[1], options).state();
        assertThat(state.moments()).containsExactly(-11f);
        assertThat(state.parameters()).containsExactly(5.5f);
        assertThat(state.steps()).isEqualTo(1);
    }

    @Test
    void theRoundsOfATrainingThatHasEndedAreNotRepeated() {
        AveragingState end = run(2, PLAIN).state();
        AveragingResult again =
                AveragingLoop.run("toy", OBJECTIVE, InMemoryShards.of(ROWS, 2), null, end, PLAIN, (round, state) -> {
                    throw new IllegalStateException("a round was run");
                });
        assertThat(again.kept().parameters()).isEqualTo(end.parameters());
    }

    @Test
    void theStateOfAnotherModelOrOtherOptionsIsRefused() {
        AveragingState end = run(2, PLAIN).state();
        String tail = ": it belongs to another model or to other options";
        refused(
                AveragingState.start(new float[3]),
                PLAIN,
                "the training to resume has 3 parameters, expected 5" + tail);
        refused(end, PLAIN.withOptimizer(DESCENT), "the training to resume has 10 moments, expected 0" + tail);
        refused(
                end,
                PLAIN.withOuter(OuterOptimizer.DEFAULT),
                "the training to resume has 0 numbers of the outer optimiser, expected 5" + tail);
        refused(end, PLAIN.withMovingAverage(1), "the training to resume has 0 averaged parameters, expected 5" + tail);
    }

    private static void refused(AveragingState start, AveragingOptions options, String sentence) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> AveragingLoop.run(
                        "toy", OBJECTIVE, InMemoryShards.of(ROWS, 2), null, start, options, AveragingListener.NONE))
                .withMessage(sentence);
    }
}
