package io.github.sparklatent.learn.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.averaging.AveragingStateCodec;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.ToyRegression;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagedStateCodecTest {
    private static final List<StagedState> STATES = states();

    private static List<StagedState> states() {
        List<StagedState> states = new ArrayList<>();
        StagedTraining.run(
                "toy",
                ToyStages.all(),
                InMemoryShards.of(ToyRegression.rows(61, ToyStages.INPUTS, 1), 3),
                InMemoryShards.of(ToyRegression.rows(40, ToyStages.INPUTS, 2), 2),
                StagedState.start(new float[] {-0.0f, Float.MIN_VALUE, 1 / 3f}),
                (stage, begun, state) -> states.add(state));
        return states;
    }

    private static StagedState read(StagedState state) {
        return StagedStateCodec.decode(StagedStateCodec.encode(state));
    }

    @Test
    void everyStateIsReadAsItWas() {
        assertThat(STATES).extracting(StagedState::stage).contains(0, 1, 2);
        for (StagedState state : STATES) {
            StagedState read = read(state);
            assertThat(read.stage()).isEqualTo(state.stage());
            assertThat(read.before()).isEqualTo(state.before());
            assertThat(read.finished()).isEqualTo(state.finished());
            assertThat(AveragingStateCodec.encode(read.state()))
                    .isEqualTo(AveragingStateCodec.encode(state.state()));
            assertThat(StagedStateCodec.encode(read)).isEqualTo(StagedStateCodec.encode(state));
        }
    }

    @Test
    void theFirstStateIsReadAsItWas() {
        StagedState read = read(StagedState.start(new float[] {1, -0.0f}));
        assertThat(read.before()).containsExactly(1, -0.0f);
        assertThat(read.stage()).isZero();
        assertThat(read.rounds()).isZero();
        assertThat(read.finished()).isEmpty();
    }

    private static byte[] last() {
        return StagedStateCodec.encode(STATES.get(STATES.size() - 1));
    }

    private static void refused(byte[] bytes, String sentence) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> StagedStateCodec.decode(bytes))
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
    void otherFilesOtherVersionsAndOtherStagesAreRefused() {
        byte[] bytes = last();
        refused(
                AveragingStateCodec.encode(STATES.get(0).state()),
                "the saved training state is not one of a network");
        refused(
                ByteBuffer.wrap(bytes.clone()).putInt(4, 9).array(),
                "the saved training state has format 9, expected 2: it was written by another"
                        + " version of this program");
        refused(
                ByteBuffer.wrap(bytes.clone()).putInt(8, 1).array(),
                "the saved training state is damaged: stage 1 has the records of 2 stages before"
                        + " it, expected as many");
        refused(
                ByteBuffer.wrap(bytes.clone()).putInt(12, Integer.MAX_VALUE).array(),
                "the saved training state ends after %d bytes, expected more"
                        .formatted(bytes.length));
    }
}
