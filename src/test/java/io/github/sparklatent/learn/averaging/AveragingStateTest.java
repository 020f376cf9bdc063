package io.github.sparklatent.learn.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.StateBytes;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.learn.stage.ToyStages;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AveragingStateTest {
    private static final int INPUTS = 3;
    private static final ToyRegression OBJECTIVE = new ToyRegression(INPUTS, 0.3);
    private static final InMemoryShards TRAIN = InMemoryShards.of(ToyRegression.rows(61, INPUTS, 1), 3);
    private static final InMemoryShards HOLDOUT = InMemoryShards.of(ToyRegression.rows(40, INPUTS, 2), 2);
    private static final AveragingOptions OPTIONS = AveragingOptions.DEFAULT
            .withBatchSize(3)
            .withRoundsPerEpoch(3)
            .withMaxEpochs(4)
            .withMovingAverage(1);

    private static AveragingResult run(AveragingState from, AveragingOptions options, List<AveragingState> states) {
        return AveragingLoop.run("toy", OBJECTIVE, TRAIN, HOLDOUT, from, options, (round, state) -> states.add(state));
    }

    /** Seconds differ from run to run and nothing follows from them. */
    private static byte[] bits(AveragingState state) {
        return StateBytes.encode(ToyStages.timeless(state));
    }

    @ParameterizedTest
    @EnumSource(OuterOptimizer.Type.class)
    void aTrainingGoesOnFromEveryRoundAsIfItHadNeverStopped(OuterOptimizer.Type outer) {
        AveragingOptions options = OPTIONS.withOuter(OuterOptimizer.of(outer));
        List<AveragingState> states = new ArrayList<>();
        AveragingResult whole = run(AveragingState.start(new float[INPUTS]), options, states);
        assertThat(states).hasSize(12);
        for (AveragingState state : states) {
            AveragingState read = StateBytes.decode(StateBytes.encode(state), AveragingState.class);
            assertThat(StateBytes.encode(read)).isEqualTo(StateBytes.encode(state));
            AveragingResult resumed = run(read, options, new ArrayList<>());
            assertThat(bits(resumed.state())).isEqualTo(bits(whole.state()));
            assertThat(resumed.kept().parameters()).isEqualTo(whole.kept().parameters());
            assertThat(resumed.kept().round()).isEqualTo(whole.kept().round());
        }
    }

    @Test
    void theFirstStateIsReadAsItWas() {
        AveragingState start = AveragingState.start(new float[] {1, -0.0f, Float.MIN_VALUE});
        AveragingState read = StateBytes.decode(StateBytes.encode(start), AveragingState.class);
        assertThat(StateBytes.encode(read)).isEqualTo(StateBytes.encode(start));
        assertThat(read.parameters()).isEqualTo(start.parameters());
        assertThat(read.best()).isNull();
        assertThat(read.history()).isEmpty();
    }
}
