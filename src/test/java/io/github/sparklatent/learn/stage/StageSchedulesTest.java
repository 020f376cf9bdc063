package io.github.sparklatent.learn.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.stage.StagedTraining.StagedListener;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Stages have random numbers of their own; their schedules start anew or go on. */
class StageSchedulesTest {
    private static final Shards TRAIN = InMemoryShards.of(new FMatrixRMaj(10, 1), 1);

    private final Recorder first = new Recorder("first", 2, true);
    private final Recorder second = new Recorder("second", 3, true);
    private final Recorder third = new Recorder("third", 1, true);
    private final Recorder fourth = new Recorder("fourth", 1, false);

    private void run(List<Stage> stages, StagedState from, StagedListener listener) {
        StagedTraining.run("stages", stages, TRAIN, null, from, listener);
    }

    @Test
    void noStageRepeatsTheRandomNumbersOfAnother() {
        run(List.of(first, second, third), StagedState.start(new float[1]), StagedListener.NONE);
        assertThat(first.keys()).hasSize(4).doesNotHaveDuplicates();
        assertThat(second.keys()).doesNotContainAnyElementsOf(first.keys());
        assertThat(third.keys()).doesNotContainAnyElementsOf(first.keys()).doesNotContainAnyElementsOf(second.keys());
    }

    @Test
    void theFirstStageHasTheRandomNumbersOfATrainingWithoutStages() {
        Recorder alone = new Recorder("alone", 2, false);
        run(List.of(alone), StagedState.start(new float[1]), StagedListener.NONE);
        run(List.of(first, second), StagedState.start(new float[1]), StagedListener.NONE);
        assertThat(first.keys()).isEqualTo(alone.keys());
    }

    @Test
    void schedulesGoOnFromTheStageBeforeIfTheStageContinuesThem() {
        List<StagedState> states = new ArrayList<>();
        run(
                List.of(first, second, third, fourth),
                StagedState.start(new float[1]),
                (stage, begun, state) -> states.add(state));
        assertThat(first.epochsSeen()).containsExactly(0.0, 0.5, 1.0, 1.5);
        assertThat(second.epochsSeen()).containsExactly(2.0, 2.5, 3.0, 3.5, 4.0, 4.5);
        assertThat(third.epochsSeen()).containsExactly(5.0, 5.5);
        assertThat(fourth.epochsSeen()).containsExactly(0.0, 0.5);
        Recorder again = new Recorder("second", 3, true);
        StagedState inSecond = states.get(2);
        assertThat(inSecond.stage()).isEqualTo(1);
        run(List.of(first, again), inSecond, StagedListener.NONE);
        assertThat(again.positions()).isEqualTo(second.positions().subList(2, 6));
    }
}
