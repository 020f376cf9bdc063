package io.github.sparklatent.learn.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.averaging.Divergence.LocalSums;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class DivergenceTest {
    private static final InMemoryShards ROWS = InMemoryShards.of(FMatrixRMaj.wrap(2, 1, new float[] {1, 1}), 1);

    private static final List<LearningRate> RATES = List.of(new LearningRate("model", 1));

    /** At a rate of 3 the distance is multiplied by −2 each round, its square by 4. */
    private static AveragingOptions atRate(double rate) {
        return AveragingOptions.DEFAULT
                .withBatchSize(2)
                .withMaxEpochs(100)
                .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE))
                .withOptimizer(Optimizer.of(Optimizer.Type.SGD).withMomentum(0).withLearningRate(rate));
    }

    private static String divergence(AveragingOptions options, Shards holdout, List<AveragingState> states) {
        try {
            Averaging.run(new Nearness(1), ROWS, holdout, new float[1], options, states);
        } catch (DivergedException e) {
            return e.getMessage();
        }
        return null;
    }

    private static AveragingResult run(StochasticObjective objective, AveragingOptions options) {
        return Averaging.run(objective, ROWS, null, new float[1], options);
    }

    /** Losses 4ᵏ / 2: the first beyond 1000 is 2048, k = 6, found in the seventh round. */
    @Test
    void aLossAThousandTimesTheFirstIsDivergenceAndTheStateBeforeIsKept() {
        List<AveragingState> states = new ArrayList<>();
        assertThat(divergence(atRate(3), null, states))
                .isEqualTo("test, round 7 (epoch 6.00 of 100.0): the mean loss is 2048.0, in the first"
                        + " round it was 0.5; the learning rate was 3.0: try 0.3, or a"
                        + " clipNorm of 1");
        assertThat(states).hasSize(6);
        assertThat(states.get(5).history().get(5).loss()).isEqualTo(512);
    }

    /** No round follows the last one, so the loss of the result tells. */
    @Test
    void aLastRoundThatDivergesIsFoundInTheResult() {
        AveragingResult result = run(new Nearness(1), atRate(3).withMaxEpochs(6));
        result.requireBounded(500);
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> result.requireBounded(2048))
                .withMessageStartingWith("after round 6: the mean loss is 2048.0, in the first");
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> result.requireBounded(Double.NaN))
                .withMessageStartingWith("after round 6: the mean loss is NaN, expected a finite");
    }

    /** Losses 4ᵏ / 2: the first beyond 2²⁴ is 2²⁵, k = 13, found in the fourteenth round. */
    @Test
    void aLossThatGrowsInAGameIsNoDivergenceWhileFloatsCanTellIt() {
        List<AveragingState> states = new ArrayList<>();
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> Averaging.run(new Game(new Nearness(1)), ROWS, null, new float[1], atRate(3), states))
                .withMessageStartingWith("test, round 14 (epoch 13.00 of 100.0): the mean loss is")
                .withMessageContaining("3.3554432E7, in the first round it was 0.5");
        assertThat(states).hasSize(13);
    }

    /** What is not chosen by its held-out loss is no game for that. */
    @Test
    void aLossThatChoosesNothingHasThePlainBound() {
        AveragingOptions options = atRate(3);
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> run(new Nearness(1, false), options))
                .withMessageStartingWith("test, round 7 (epoch 6.00 of 100.0): the mean loss is");
        AveragingResult six = run(new Nearness(1, false), options.withMaxEpochs(6));
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> six.requireBounded(2048))
                .withMessageStartingWith("after round 6: the mean loss is 2048.0, in the first");
        run(new Game(new Nearness(1)), options.withMaxEpochs(6)).requireBounded(2048);
    }

    @Test
    void aLossThatStaysSmallEnoughIsNone() {
        assertThat(divergence(atRate(1.9), null, new ArrayList<>())).isNull();
    }

    @Test
    void aParameterBeyondTheFloatsIsDivergence() {
        List<AveragingState> states = new ArrayList<>();
        String sentence = divergence(atRate(1e39), null, states);
        assertThat(sentence).startsWith("test, round 1 (epoch 0.00 of 100.0): a parameter is Infinity, expected");
        assertThat(sentence).endsWith("the learning rate was 1.0E39: try 1e+38, or a clipNorm of 1");
        assertThat(states).isEmpty();
    }

    /** Steps of 1.5e38: the second mean is 3e38, and Nesterov momentum adds 0.5e38. */
    @Test
    void theOuterOptimiserMayDivergeToo() {
        AveragingOptions options = atRate(1.5e38).withOuter(OuterOptimizer.DEFAULT);
        Shards far = InMemoryShards.of(FMatrixRMaj.wrap(1, 1, new float[] {3.4e38f}), 1);
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> Averaging.run(
                        new Nearness(1),
                        far,
                        null,
                        new float[1],
                        options.withOptimizer(options.optimizer().withClipNorm(1))))
                .withMessageContainingAll("round 2 ", "a parameter is Infinity");
    }

    @Test
    void aHeldOutLossThatIsNoNumberIsDivergence() {
        InMemoryShards bad = InMemoryShards.of(FMatrixRMaj.wrap(1, 1, new float[] {Float.NaN}), 1);
        assertThat(divergence(atRate(0.5), bad, new ArrayList<>()))
                .contains("round 1 ", "the held-out loss is NaN, expected a finite number");
    }

    @Test
    void aMeanLossThatIsNoNumberIsDivergence() {
        LocalSums sums = new LocalSums(List.of(Double.NaN), 0, 1, 1);
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> new Divergence("here", RATES, false).requireBounded(sums, List.of()))
                .withMessageStartingWith("here: the mean loss is NaN, expected a finite number");
        new Divergence("here", RATES, false).requireBounded(new LocalSums(List.of(Double.NaN), 0, 0, 0), List.of());
    }
}
