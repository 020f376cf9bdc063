package io.github.sparklatent.learn.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.averaging.AveragingLoop.AveragingListener;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.learn.optimizer.Schedule;
import io.github.sparklatent.linalg.FloatBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Held-out rows, patience and the moving average. */
class AveragingEvaluationTest {
    private static final int INPUTS = 3;
    private static final ToyRegression OBJECTIVE = new ToyRegression(INPUTS, 0.3);
    private static final InMemoryShards TRAIN = InMemoryShards.of(ToyRegression.rows(80, INPUTS, 1), 4);
    private static final InMemoryShards HOLDOUT = InMemoryShards.of(ToyRegression.rows(300, INPUTS, 2), 2);
    private static final AveragingOptions OPTIONS = AveragingOptions.DEFAULT
            .withBatchSize(4)
            .withRoundsPerEpoch(4)
            .withMaxEpochs(3)
            .withOptimizer(Optimizer.DEFAULT.withLearningRate(0.05));

    /** θ moves a quarter of the way to the rows' value a round: from 0 to 4 by hand. */
    private static final AveragingOptions QUARTERS = AveragingOptions.DEFAULT
            .withBatchSize(2)
            .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE))
            .withOptimizer(Optimizer.of(Optimizer.Type.SGD).withMomentum(0).withLearningRate(0.25));

    private static InMemoryShards at(float value) {
        return InMemoryShards.of(filled(2, value), 1);
    }

    private static FMatrixRMaj filled(int rows, float value) {
        FMatrixRMaj filled = new FMatrixRMaj(rows, 1);
        filled.fill(value);
        return filled;
    }

    private static AveragingResult run(Shards holdout, AveragingOptions options) {
        return Averaging.run(OBJECTIVE, TRAIN, holdout, new float[INPUTS], options);
    }

    private static AveragingResult nearness(
            float train, float holdout, AveragingOptions options, List<AveragingState> states) {
        return Averaging.run(new Nearness(1), at(train), at(holdout), new float[1], options, states);
    }

    /** θ approaches the training rows at 4 and leaves the held-out rows at 1 behind. */
    @Test
    void aPlateauLowersTheRateOfTheNextRounds() {
        Schedule plateau = Schedule.of(Schedule.Type.PLATEAU).withEvery(2);
        AveragingOptions options =
                QUARTERS.withMaxEpochs(6).withOptimizer(QUARTERS.optimizer().withSchedule(plateau));
        List<AveragingState> states = new ArrayList<>();
        AveragingResult whole = nearness(4, 1, options, states);
        assertThat(whole.state().history())
                .extracting(round -> round.learningRates().get(0).value())
                .containsExactly(0.25, 0.25, 0.25, 0.125, 0.125, 0.0625);
        AveragingResult resumed =
                AveragingLoop.run("toy", new Nearness(1), at(4), at(1), states.get(3), options, (round, state) -> {});
        assertThat(resumed.state().parameters()).isEqualTo(whole.state().parameters());
    }

    private static AveragingResult game(AveragingOptions options, List<AveragingState> states) {
        AveragingOptions patient = options.withMaxEpochs(9).withPatience(1);
        return Averaging.run(new Nearness(1, false), at(4), at(2), new float[1], patient, states);
    }

    private static List<Integer> evaluated(AveragingResult result) {
        return result.history().stream()
                .filter(round -> !round.heldOut().isEmpty())
                .map(NetworkRound::number)
                .toList();
    }

    @Test
    void evaluationIsOnceAPassAndAtTheEnd() {
        assertThat(evaluated(run(HOLDOUT, OPTIONS))).containsExactly(4, 8, 12);
        assertThat(evaluated(run(HOLDOUT, OPTIONS.withMaxEpochs(2.5)))).containsExactly(4, 8, 10);
        assertThat(evaluated(run(HOLDOUT, OPTIONS.withRoundsPerEpoch(0.5)))).containsExactly(1, 2);
        assertThat(evaluated(run(null, OPTIONS))).isEmpty();
    }

    @Test
    void eachVectorOfParametersHasItsOwnMeans() {
        float[] parameters = {1, 2, 3};
        List<Double> alone =
                Evaluation.of(OBJECTIVE, List.of(parameters)).means(HOLDOUT, "").get(0);
        List<List<Double>> both =
                Evaluation.of(OBJECTIVE, List.of(new float[INPUTS], parameters)).means(HOLDOUT, "");
        assertThat(both.get(1)).isEqualTo(alone);
        assertThat(both.get(0)).isNotEqualTo(alone);
    }

    /** Loss of each row: 0.1² + 0.3² over 2, within 6 of its deviation 0.05 √2 / √300 = 0.0041. */
    @Test
    void theMeansAreOverAllRowsByWeight() {
        List<Double> means = Evaluation.of(OBJECTIVE, List.of(new float[] {1, 2, 3}))
                .means(HOLDOUT, "")
                .get(0);
        assertThat(means).hasSize(2);
        assertThat(means.get(0)).isCloseTo(0.05, within(0.025));
        FloatBlock block = new FloatBlock(FMatrixRMaj.wrap(2, 1, new float[] {1, 3}), new float[] {3, 1});
        InMemoryShards weighted = new InMemoryShards(List.of(new PartitionRows(List.of(block))));
        assertThat(Evaluation.of(new Nearness(1), List.of(new float[] {1})).means(weighted, ""))
                .containsExactly(List.of(4 / 2.0 / 4));
    }

    /** θ: 0, 1, 1.75, 2.3125, ... to 4; held-out rows at 2 are nearest after round 2. */
    @Test
    void patienceEndsTheTrainingAndTheBestIsKept() {
        List<AveragingState> states = new ArrayList<>();
        AveragingOptions options = QUARTERS.withPatience(3);
        AveragingResult result = nearness(4, 2, options, states);
        assertThat(result.history()).hasSize(5);
        assertThat(result.stoppedEarly()).isTrue();
        assertThat(result.kept().round()).isEqualTo(2);
        assertThat(result.kept().parameters()).containsExactly(1.75f);
        assertThat(result.kept().measures()).containsExactly(0.25 * 0.25 / 2);
        assertThat(states).extracting(AveragingState::sinceBest).containsExactly(0, 0, 1, 2, 3);
        assertThat(result.history().get(1).heldOut()).isEqualTo(result.kept().measures());
        assertThat(result.state().parameters()[0]).isGreaterThan(2.5f);
    }

    /** The round that the listener ends is evaluated although no evaluation is due. */
    @Test
    void aListenerEndsTheTrainingAfterAnEvaluation() {
        int[] asked = {0};
        AveragingResult result = AveragingLoop.run(
                "toy",
                OBJECTIVE,
                TRAIN,
                HOLDOUT,
                AveragingState.start(new float[INPUTS]),
                OPTIONS.withMaxEpochs(50),
                new AveragingListener() {
                    @Override
                    public void afterRound(NetworkRound round, AveragingState state) {}

                    @Override
                    public boolean isOver() {
                        return ++asked[0] == 3;
                    }
                });
        assertThat(result.history()).hasSize(3);
        assertThat(evaluated(result)).containsExactly(3);
        assertThat(result.kept().round()).isEqualTo(3);
        assertThat(result.stoppedEarly()).isFalse();
    }

    /** With a window of two epochs: plain means while 1/t > 1 − exp(−1/2) = 0.393, t = 1 and 2. */
    @Test
    void theMovingAverageFollowsItsFormula() {
        List<AveragingState> states = new ArrayList<>();
        nearness(4, 2, QUARTERS.withMovingAverage(2).withMaxEpochs(5), states);
        double average = 0;
        for (int t = 1; t <= 5; t++) {
            double theta = states.get(t - 1).parameters()[0];
            double share = t <= 2 ? 1.0 / t : 1 - Math.exp(-0.5);
            average += share * (theta - average);
            // stored as a float each time
            assertThat(states.get(t - 1).average()[0]).isCloseTo((float) average, within(1e-6f));
        }
        assertThat(states).hasSize(5);
    }

    /** θ goes to 4 from below and its average behind it, so rows at 2.5 prefer the average. */
    @Test
    void theBetterOfParametersAndMovingAverageIsTheResult() {
        AveragingOptions options =
                QUARTERS.withMovingAverage(0.25).withMaxEpochs(1).withRoundsPerEpoch(20);
        InMemoryShards train = InMemoryShards.of(filled(40, 4), 1);
        AveragingResult near = Averaging.run(new Nearness(1), train, at(2.5f), new float[1], options);
        assertThat(near.kept().movingAverage()).isTrue();
        assertThat(near.kept().parameters()).isEqualTo(near.state().average());
        NetworkRound last = near.history().get(19);
        assertThat(near.kept().measures()).isEqualTo(last.averageHeldOut());
        assertThat(last.averageHeldOut().get(0)).isLessThan(last.heldOut().get(0));
        AveragingResult far = Averaging.run(new Nearness(1), train, at(9), new float[1], options);
        assertThat(far.kept().movingAverage()).isFalse();
        assertThat(far.kept().parameters()).isEqualTo(far.state().parameters());
        assertThat(far.kept().measures()).isEqualTo(far.history().get(19).heldOut());
    }

    @Test
    void withoutHeldOutRowsTheMovingAverageIsTheResultWhereThereIsOne() {
        AveragingResult averaged = run(null, OPTIONS.withMovingAverage(1).withPatience(1));
        assertThat(averaged.kept().movingAverage()).isTrue();
        assertThat(averaged.kept().parameters()).isEqualTo(averaged.state().average());
        assertThat(averaged.kept().measures()).isEmpty();
        assertThat(averaged.stoppedEarly()).isFalse();
        AveragingResult plain = run(null, OPTIONS);
        assertThat(plain.kept().movingAverage()).isFalse();
        assertThat(plain.kept().parameters()).isEqualTo(plain.state().parameters());
        assertThat(averaged.state().parameters()).isEqualTo(plain.kept().parameters());
    }

    @Test
    void evaluatingDoesNotChangeTheTraining() {
        AveragingResult with = run(HOLDOUT, OPTIONS.withRoundsPerEpoch(1));
        AveragingResult without = run(null, OPTIONS.withRoundsPerEpoch(1));
        assertThat(with.state().parameters()).isEqualTo(without.state().parameters());
        DoubleStream losses =
                with.history().stream().mapToDouble(round -> round.heldOut().get(0));
        assertThat(with.kept().measures().get(0)).isEqualTo(losses.min().orElseThrow());
        NetworkRound best = with.history().stream()
                .min(Comparator.comparingDouble(round -> round.heldOut().get(0)))
                .orElseThrow();
        assertThat(with.kept().round()).isEqualTo(best.number());
    }

    /** θ is at 1.75, near the held-out 2, after two rounds, and goes on to 4 all the same. */
    @Test
    void heldOutFiguresOfAdversariesAreRecordedAndChooseNothing() {
        List<AveragingState> states = new ArrayList<>();
        AveragingResult result = game(QUARTERS, states);
        assertThat(result.kept().round()).isEqualTo(9);
        assertThat(result.kept().parameters()).isEqualTo(result.state().parameters());
        assertThat(result.kept().parameters()[0]).isGreaterThan(3.5f);
        assertThat(result.stoppedEarly()).isFalse();
        assertThat(result.kept().measures())
                .isEqualTo(result.history().get(8).heldOut())
                .hasSize(1);
        assertThat(evaluated(result)).hasSize(9);
        assertThat(states).hasSize(9);
        assertThat(states).extracting(AveragingState::best).containsOnlyNulls();
        assertThat(states).extracting(AveragingState::sinceBest).containsOnly(0);
    }
}
