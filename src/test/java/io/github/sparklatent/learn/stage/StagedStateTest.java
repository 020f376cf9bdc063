package io.github.sparklatent.learn.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateBytes;
import io.github.sparklatent.learn.averaging.AveragingState;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.ToyRegression;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagedStateTest {
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
        return StateBytes.decode(StateBytes.encode(state), StagedState.class);
    }

    @Test
    void everyStateIsReadAsItWas() {
        assertThat(STATES).extracting(StagedState::stage).contains(0, 1, 2);
        for (StagedState state : STATES) {
            StagedState read = read(state);
            assertThat(read.stage()).isEqualTo(state.stage());
            assertThat(read.before()).isEqualTo(state.before());
            assertThat(read.finished()).isEqualTo(state.finished());
            assertThat(StateBytes.encode(read.state())).isEqualTo(StateBytes.encode(state.state()));
            assertThat(StateBytes.encode(read)).isEqualTo(StateBytes.encode(state));
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

    @Test
    void aStageWithoutTheRecordsBeforeItIsRefused() {
        record Parts(int stage, float[] before, AveragingState state, List<StageRecord> finished) {}
        StagedState last = STATES.get(STATES.size() - 1);
        byte[] bytes = StateBytes.encode(new Parts(1, last.before(), last.state(), last.finished()));
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> StateBytes.decode(bytes, StagedState.class))
                .withMessage("the saved training state is damaged: stage 1 has the records of 2 stages"
                        + " before it, expected as many");
    }
}
