package io.github.sparklatent.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.Traffic;
import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.averaging.AveragingState;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.learn.stage.StagedResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A result whose metrics have left all bounds is none. */
class NetworkFitTest {
    /** Returns a round whose mean loss was 1. */
    private static NetworkRound round(boolean game) {
        LearningRate rate = new LearningRate("all", 0.1);
        List<LearningRate> rates = game ? List.of(rate, new LearningRate("other", 0.1)) : List.of(rate);
        return new NetworkRound(
                1, 1, List.of(1.0), List.of(), List.of(), 10, 1, rates, 0, 0, 0, 0, 0, Traffic.inMemory(1));
    }

    private static NetworkFit fit(Map<String, Object> train, boolean game) {
        return fit(train, game, null);
    }

    private static NetworkFit fit(Map<String, Object> train, boolean game, AveragingState.Best best) {
        float[] none = {};
        AveragingState state = new AveragingState(none, none, 1, none, none, best, 0, 10, 0, List.of(round(game)));
        StagedResult staged = new StagedResult(none, new AveragingResult(state, false), List.of());
        return NetworkFit.of(Map.of(false, train), staged, 10, "{}");
    }

    private static void refused(Map<String, Object> train, boolean game) {
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> fit(train, game))
                .withMessageStartingWith("after round 1: the mean loss is ");
    }

    @Test
    void aBoundThatIsNoNumberIsNone() {
        for (double bound : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            refused(Map.of("reconstruction", 2.0, "elbo", bound), false);
            refused(Map.of("generatorLoss", 2.0, "reconstruction", 2.0, "elbo", bound), true);
        }
    }

    /** One row of a far value may rule the plain mean, but not which round is the best. */
    @Test
    void aResultThatHeldOutRowsHaveChosenIsNotHeldAgainstAPlainMean() {
        AveragingState.Best best = new AveragingState.Best(new float[0], List.of(0.9), 0.9, 1, false);
        assertThat(fit(Map.of("reconstruction", 1e12, "elbo", -1e12), false, best)
                        .train())
                .contains(1e12);
    }

    /** Bounds of a thousand times the first loss, and of 2²⁴ times in a game. */
    @Test
    void aCostIsHeldAgainstTheFirstRound() {
        refused(Map.of("reconstruction", 1001.0, "elbo", -1.0), false);
        refused(Map.of("loss", Double.NaN), false);
        refused(Map.of("generatorLoss", 0x1p25), true);
        assertThat(fit(Map.of("reconstruction", 999.0, "elbo", -1e9), false).measures())
                .contains("elbo");
        assertThat(fit(Map.of("generatorLoss", 1e6, "reconstruction", 1e9), true)
                        .train())
                .contains(1e6);
    }
}
