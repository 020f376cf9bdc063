package io.github.sparklatent.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sparklatent.learn.AveragingResult;
import io.github.sparklatent.learn.AveragingState;
import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.LearningRate;
import io.github.sparklatent.learn.NetworkRound;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A result whose figures have left all bounds is none. */
class NetworkFitTest {
    /** A round whose mean loss was 1. */
    private static final NetworkRound ROUND =
            new NetworkRound(
                    1,
                    1,
                    List.of(1.0),
                    List.of(),
                    List.of(),
                    10,
                    1,
                    List.of(new LearningRate("all", 0.1)),
                    0,
                    0,
                    0,
                    0,
                    0);

    private static NetworkFit fit(Map<String, Object> train, boolean comparable) {
        float[] none = {};
        AveragingState state =
                new AveragingState(none, none, 1, none, none, null, 0, 10, List.of(ROUND));
        AveragingResult last =
                new AveragingResult(none, false, 1, List.of(), false, comparable, state);
        return NetworkFit.of(train, Optional.empty(), List.of(), last, 10, "{}");
    }

    private static void refused(Map<String, Object> train, boolean comparable) {
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> fit(train, comparable))
                .withMessageStartingWith("after round 1: the mean loss is ");
    }

    @Test
    void aBoundThatIsNoNumberIsNone() {
        for (double bound : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            refused(Map.of("reconstruction", 2.0, "elbo", bound), true);
            refused(Map.of("generatorLoss", 2.0, "reconstruction", 2.0, "elbo", bound), false);
        }
    }

    /** Bounds of a thousand times the first loss, and of 2²⁴ times in a game. */
    @Test
    void aCostIsHeldAgainstTheFirstRound() {
        refused(Map.of("reconstruction", 1001.0, "elbo", -1.0), true);
        refused(Map.of("loss", Double.NaN), true);
        refused(Map.of("generatorLoss", 0x1p25), false);
        assertThat(fit(Map.of("reconstruction", 999.0, "elbo", -1e9), true).measures())
                .contains("elbo");
        assertThat(fit(Map.of("generatorLoss", 1e6, "reconstruction", 1e9), false).train())
                .contains(1e6);
    }
}
