package io.github.sparklatent.learn.stage;

import io.github.sparklatent.learn.StateBytes;
import io.github.sparklatent.learn.Traffic;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.AveragingState;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import java.util.List;

/** Three stages of unlike optimisers, lengths and rules, and the bits of what they end with. */
public final class ToyStages {
    /** Inputs of the rows, which have one column more. */
    public static final int INPUTS = 4;

    private ToyStages() {}

    private static AveragingOptions options(double maxEpochs, Optimizer.Type type, double rate) {
        return AveragingOptions.DEFAULT
                .withBatchSize(4)
                .withRoundsPerEpoch(2)
                .withMaxEpochs(maxEpochs)
                .withOptimizer(Optimizer.of(type).withLearningRate(rate));
    }

    /** The second ends by its patience; the third has one input more. */
    public static List<Stage> all() {
        return List.of(
                new ToyStage(
                        "first",
                        INPUTS - 1,
                        options(2, Optimizer.Type.SGD, 0.01).withMovingAverage(1)),
                new ToyStage(
                        "second",
                        INPUTS - 1,
                        options(40, Optimizer.Type.ADAM, 0.3).withPatience(2)),
                new ToyStage(
                        "third",
                        INPUTS,
                        options(2, Optimizer.Type.ADAMW, 0.05)
                                .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE))));
    }

    /** The same without what differs from run to run and decides nothing: the seconds. */
    public static StagedState timeless(StagedState state) {
        return new StagedState(
                state.stage(),
                state.before(),
                timeless(state.state()),
                state.finished().stream().map(ToyStages::timeless).toList());
    }

    /** The same of one stage. */
    public static AveragingState timeless(AveragingState state) {
        return new AveragingState(
                state.parameters(),
                state.moments(),
                state.steps(),
                state.outer(),
                state.average(),
                state.best(),
                state.sinceBest(),
                state.rowsSeen(),
                state.epochsBefore(),
                timeless(state.history()));
    }

    static StageRecord timeless(StageRecord record) {
        return new StageRecord(record.name(), record.warnings(), record.measures(), timeless(record.rounds()));
    }

    private static List<NetworkRound> timeless(List<NetworkRound> rounds) {
        return rounds.stream().map(ToyStages::timeless).toList();
    }

    private static NetworkRound timeless(NetworkRound round) {
        return new NetworkRound(
                round.number(),
                round.epochs(),
                round.measures(),
                round.heldOut(),
                round.averageHeldOut(),
                round.rows(),
                round.steps(),
                round.learningRates(),
                0,
                0,
                0,
                0,
                0,
                Traffic.inMemory(1));
    }

    /** All that a training has ended with, but for the seconds, as bytes. */
    public static byte[] bits(StagedResult result) {
        return StateBytes.encode(timeless(new StagedState(
                result.stages().size(), result.parameters(), result.last().state(), result.stages())));
    }

    /** Rounds of each stage. */
    public static int[] rounds(StagedResult result) {
        return result.stages().stream()
                .mapToInt(record -> record.rounds().size())
                .toArray();
    }
}
