package io.github.sparklatent.learn.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.StateBytes;
import io.github.sparklatent.learn.averaging.AveragingLoop;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.averaging.AveragingState;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.averaging.ToyRegression;
import io.github.sparklatent.learn.averaging.WrappedShards;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.stage.StagedTraining.StagedListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagedTrainingTest {
    private static final int INPUTS = ToyStages.INPUTS;
    private static final InMemoryShards HOLDOUT = rows(40, 2, 2);
    private static final List<Stage> STAGES = ToyStages.all();

    private final List<String> descriptions = new ArrayList<>();
    private final Shards train = new WrappedShards(rows(61, 1, 3), (description, work) -> {
        descriptions.add(description);
        return work;
    });

    private static InMemoryShards rows(int n, long seed, int partitions) {
        return InMemoryShards.of(ToyRegression.rows(n, INPUTS, seed), partitions);
    }

    private static float[] start() {
        return new float[] {0.5f, -0.5f, 0};
    }

    private StagedResult run(List<Stage> stages, StagedState from, List<StagedState> states) {
        return StagedTraining.run("toy", stages, train, HOLDOUT, from, (stage, begun, state) -> {
            assertThat(stage).isSameAs(stages.get(state.stage()));
            assertThat(begun.parameters()).hasSize(state.state().parameters().length);
            states.add(state);
        });
    }

    private AveragingResult loop(String name, Stage.Begun begun, List<AveragingState> states) {
        return AveragingLoop.run(
                name,
                begun.objective(),
                train,
                HOLDOUT,
                AveragingState.start(begun.parameters()),
                begun.options(),
                (round, state) -> states.add(state));
    }

    @Test
    void stagesAreTheirLoopsOneAfterTheOther() {
        StagedResult result = run(STAGES, StagedState.start(start()), new ArrayList<>());
        assertThat(result.stages()).extracting(StageRecord::name).containsExactly("first", "second", "third");
        float[] parameters = start();
        for (int i = 0; i < STAGES.size(); i++) {
            Stage.Begun begun =
                    STAGES.get(i).begin(parameters, train, step -> {}).inStage(i);
            AveragingResult own = loop("by hand", begun, new ArrayList<>());
            assertThat(ToyStages.timeless(result.stages().get(i)))
                    .isEqualTo(ToyStages.timeless(new StageRecord(
                            STAGES.get(i).name(),
                            begun.warnings(),
                            begun.objective().measures(),
                            own.history())));
            assertThat(own.stoppedEarly()).isEqualTo(i == 1);
            parameters = own.kept().parameters();
        }
        assertThat(result.parameters()).containsExactly(parameters).hasSize(INPUTS);
        assertThat(result.last().kept().measures()).hasSize(2);
        assertThat(ToyStages.rounds(result)[0]).isEqualTo(4);
        assertThat(ToyStages.rounds(result)[1]).isBetween(3, 79);
        assertThat(ToyStages.rounds(result)[2]).isEqualTo(4);
    }

    /** The shares are those of the epochs: 2 + 40 + 2. */
    @Test
    void eachStageHasItsShareOfTheTimeAndAtLeastOneRound() {
        List<String> asked = new ArrayList<>();
        StagedResult result =
                StagedTraining.run("toy", STAGES, train, HOLDOUT, StagedState.start(start()), new StagedListener() {
                    @Override
                    public void afterRound(Stage stage, Stage.Begun begun, StagedState state) {}

                    @Override
                    public boolean isOver(Stage stage, double share) {
                        asked.add("%s %.4f".formatted(stage.name(), share));
                        return true;
                    }
                });
        assertThat(ToyStages.rounds(result)).containsExactly(1, 1, 1);
        assertThat(asked).containsExactly("first 0.0455", "second 0.9545", "third 1.0000");
        assertThat(result.parameters()).hasSize(INPUTS);
    }

    @Test
    void aTrainingOfOneStageIsTheLoopToTheBitsAndTheDescriptions() {
        List<StagedState> staged = new ArrayList<>();
        StagedResult result = run(STAGES.subList(1, 2), StagedState.start(start()), staged);
        List<String> told = List.copyOf(descriptions);
        descriptions.clear();
        List<AveragingState> states = new ArrayList<>();
        AveragingResult plain = loop("toy", STAGES.get(1).begin(start(), train, step -> {}), states);
        assertThat(told).isEqualTo(descriptions).contains("toy, round 1 (epoch 0.00 of 40.0)");
        assertThat(staged).hasSameSizeAs(states);
        for (int i = 0; i < states.size(); i++) {
            assertThat(encoded(staged.get(i).state())).isEqualTo(encoded(states.get(i)));
        }
        assertThat(result.parameters()).isEqualTo(plain.kept().parameters());
        assertThat(result.last().kept().round()).isEqualTo(plain.kept().round());
    }

    private static byte[] encoded(AveragingState state) {
        return StateBytes.encode(ToyStages.timeless(state));
    }

    @Test
    void roundsBearTheStagesNameWhereThereIsMoreThanOne() {
        run(STAGES, StagedState.start(start()), new ArrayList<>());
        assertThat(descriptions)
                .startsWith("weights", "toy, stage first, round 1 (epoch 0.00 of 2.0)")
                .contains("toy, stage second, round 1 (epoch 0.00 of 40.0)")
                .endsWith("toy, stage third, round 4 (epoch 1.46 of 2.0)");
    }

    @Test
    void aTrainingGoesOnFromEveryRoundOfEveryStageAsIfItHadNeverStopped() {
        List<StagedState> states = new ArrayList<>();
        StagedResult whole = run(STAGES, StagedState.start(start()), states);
        int[] rounds = ToyStages.rounds(whole);
        assertThat(states).hasSize(rounds[0] + rounds[1] + rounds[2]);
        for (int i = 0; i < states.size(); i++) {
            StagedState state = states.get(i);
            assertThat(state.rounds()).isEqualTo(i + 1);
            StagedState read = StateBytes.decode(StateBytes.encode(state), StagedState.class);
            List<StagedState> later = new ArrayList<>();
            StagedResult resumed = run(STAGES, read, later);
            assertThat(ToyStages.bits(resumed)).isEqualTo(ToyStages.bits(whole));
            assertThat(resumed.last().kept().round())
                    .isEqualTo(whole.last().kept().round());
            assertThat(later).hasSize(states.size() - 1 - i);
        }
    }

    @Test
    void theStateOfAnotherTrainingIsRefused() {
        List<StagedState> states = new ArrayList<>();
        run(STAGES, StagedState.start(start()), states);
        StagedState last = states.get(states.size() - 1);
        refused(STAGES.subList(0, 2), last, "the training to resume is in stage 3, expected one of 2");
        refused(
                List.of(STAGES.get(1), STAGES.get(0), STAGES.get(2)),
                last,
                "stage 1 of the training to resume is first, expected second");
        StagedState first = states.get(0);
        refused(
                List.of(STAGES.get(2)),
                first,
                "the training to resume has 3 parameters, expected 4: it belongs to another"
                        + " model or to other options");
    }

    private void refused(List<Stage> stages, StagedState from, String sentence) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> run(stages, from, new ArrayList<>()))
                .withMessage(sentence);
    }

    @Test
    void divergenceNamesTheStage() {
        Stage wild = new ToyStage(
                "wild",
                INPUTS,
                AveragingOptions.DEFAULT.withOptimizer(
                        Optimizer.of(Optimizer.Type.SGD).withLearningRate(1e38)));
        List<StagedState> states = new ArrayList<>();
        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> run(List.of(STAGES.get(0), wild), StagedState.start(start()), states))
                .withMessageStartingWith("toy, stage wild, round 1 (epoch 0.00 of 50.0): ");
        assertThat(states).hasSize(4);
    }
}
