package io.github.sparklatent.learn.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.learn.stage.ToyStages;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AveragingStateCodecTest {
    private static final int INPUTS = 3;
    private static final ToyRegression OBJECTIVE = new ToyRegression(INPUTS, 0.3);
    private static final InMemoryShards TRAIN =
            InMemoryShards.of(ToyRegression.rows(61, INPUTS, 1), 3);
    private static final InMemoryShards HOLDOUT =
            InMemoryShards.of(ToyRegression.rows(40, INPUTS, 2), 2);
    private static final AveragingOptions OPTIONS =
            AveragingOptions.DEFAULT
                    .withBatchSize(3)
                    .withRoundsPerEpoch(3)
                    .withMaxEpochs(4)
                    .withEvaluateEvery(2)
                    .withMovingAverage(1);

    private static AveragingResult run(
            AveragingState from, AveragingOptions options, List<AveragingState> states) {
        return AveragingLoop.run(
                "toy",
                OBJECTIVE,
                TRAIN,
                HOLDOUT,
                from,
                options,
                (round, state) -> states.add(state));
    }

    /** Seconds differ from run to run and nothing follows from them. */
    private static byte[] bits(AveragingState state) {
        return AveragingStateCodec.encode(ToyStages.timeless(state));
    }

    @ParameterizedTest
    @EnumSource(OuterOptimizer.Type.class)
    void aTrainingGoesOnFromEveryRoundAsIfItHadNeverStopped(OuterOptimizer.Type outer) {
        AveragingOptions options = OPTIONS.withOuter(OuterOptimizer.of(outer));
        List<AveragingState> states = new ArrayList<>();
        AveragingResult whole = run(AveragingState.start(new float[INPUTS]), options, states);
        assertThat(states).hasSize(12);
        for (AveragingState state : states) {
            AveragingState read = AveragingStateCodec.decode(AveragingStateCodec.encode(state));
            assertThat(AveragingStateCodec.encode(read))
                    .isEqualTo(AveragingStateCodec.encode(state));
            AveragingResult resumed = run(read, options, new ArrayList<>());
            assertThat(bits(resumed.state())).isEqualTo(bits(whole.state()));
            assertThat(resumed.parameters()).isEqualTo(whole.parameters());
            assertThat(resumed.round()).isEqualTo(whole.round());
        }
    }

    @Test
    void theFirstStateIsReadAsItWas() {
        AveragingState start = AveragingState.start(new float[] {1, -0.0f, Float.MIN_VALUE});
        AveragingState read = AveragingStateCodec.decode(AveragingStateCodec.encode(start));
        assertThat(AveragingStateCodec.encode(read)).isEqualTo(AveragingStateCodec.encode(start));
        assertThat(read.parameters()).isEqualTo(start.parameters());
        assertThat(read.best()).isNull();
        assertThat(read.history()).isEmpty();
    }

    private static byte[] last() {
        List<AveragingState> states = new ArrayList<>();
        run(AveragingState.start(new float[INPUTS]), OPTIONS.withMaxEpochs(1), states);
        return AveragingStateCodec.encode(states.get(states.size() - 1));
    }

    private static void refused(byte[] bytes, String sentence) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> AveragingStateCodec.decode(bytes))
                .withMessage(sentence);
    }

    @Test
    void everyCutIsFound() {
        byte[] bytes = last();
        for (int length = 0; length < bytes.length; length++) {
            refused(
                    Arrays.copyOf(bytes, length),
                    "the saved training state ends after %d bytes, expected more"
                            .formatted(length));
        }
        refused(
                Arrays.copyOf(bytes, bytes.length + 2),
                "the saved training state has %d bytes, expected %d"
                        .formatted(bytes.length + 2, bytes.length));
    }

    @Test
    void otherFilesAndOtherVersionsAreRefused() {
        byte[] bytes = last();
        refused(
                ByteBuffer.wrap(bytes.clone()).putInt(0, 7).array(),
                "the saved training state is not one of a network");
        refused(
                ByteBuffer.wrap(bytes.clone()).putInt(4, 9).array(),
                "the saved training state has format 9, expected 2: it was written by another"
                        + " version of this program");
        refused(
                ByteBuffer.wrap(bytes.clone()).putInt(8, Integer.MAX_VALUE).array(),
                "the saved training state ends after %d bytes, expected more"
                        .formatted(bytes.length));
        refused(
                ByteBuffer.wrap(bytes.clone()).putInt(8, -1).array(),
                "the saved training state ends after %d bytes, expected more"
                        .formatted(bytes.length));
    }
}
