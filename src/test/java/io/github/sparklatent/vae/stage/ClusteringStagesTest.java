package io.github.sparklatent.vae.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.averaging.Averaging;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.learn.stage.StagedState;
import io.github.sparklatent.learn.stage.StagedTraining;
import io.github.sparklatent.learn.stage.StagedTraining.StagedListener;
import io.github.sparklatent.learn.stage.StagedTraining.StagedResult;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.ClusteringObjective;
import io.github.sparklatent.vae.objective.ClusteringOptions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class ClusteringStagesTest {
    private static final Architecture ARCHITECTURE =
            Samples.architecture(2, 5, new Bernoulli(6)).withComponents(3);

    private static final FMatrixRMaj ROWS = Samples.rows(200, 6, 8);
    private static final Shards TWO = InMemoryShards.of(ROWS, 2);

    private static final ClusteringRecipe RECIPE =
            ClusteringRecipe.DEFAULT.withRestarts(2).withStartRows(120);

    private static final AveragingOptions BASE = AveragingOptions.DEFAULT.withSeed(4);

    private static List<Stage> stages(ClusteringRecipe recipe, ClusteringPhase... phases) {
        Map<ClusteringPhase, AveragingOptions> options = new EnumMap<>(ClusteringPhase.class);
        for (ClusteringPhase phase : phases) {
            options.put(phase, phase.preset(BASE).withMaxEpochs(2).withRoundsPerEpoch(2));
        }
        return ClusteringStages.of(Kind.EMBEDDING, ARCHITECTURE, recipe, options);
    }

    private static List<Stage> presets(AveragingOptions base) {
        Map<ClusteringPhase, AveragingOptions> options = new EnumMap<>(ClusteringPhase.class);
        for (ClusteringPhase phase : ClusteringPhase.values()) {
            options.put(phase, phase.preset(base));
        }
        return ClusteringStages.of(Kind.EMBEDDING, ARCHITECTURE, RECIPE, options);
    }

    private static StagedResult run(List<Stage> stages, StagedState start) {
        return StagedTraining.run("test", stages, TWO, TWO, start, StagedListener.NONE);
    }

    private static StagedState start() {
        return StagedState.start(ARCHITECTURE.initialize(Kind.AUTOENCODER, 4));
    }

    @Test
    void haveTheirNamesAndEndInAnEmbedding() {
        List<Stage> stages = presets(BASE);
        assertThat(stages).extracting(Stage::name).containsExactly("autoencoder", "fixed", "clustering");
        StagedResult result = run(stages(RECIPE, ClusteringPhase.values()), start());
        assertThat(result.parameters()).hasSize(ARCHITECTURE.parameterCount(Kind.EMBEDDING));
        assertThat(result.stages())
                .extracting(record -> record.measures().size())
                .containsExactly(1, 3, 3);
    }

    /** Without the fixed stage the clusters are looked for when the last one begins. */
    @Test
    void thePaperHasTwo() {
        List<Stage> two =
                stages(ClusteringRecipe.PAPER.withRestarts(2), ClusteringPhase.AUTOENCODER, ClusteringPhase.CLUSTERING);
        float[] parameters = run(two, start()).parameters();
        assertThat(parameters).hasSize(ARCHITECTURE.parameterCount(Kind.EMBEDDING));
        // And an embedding may go on in the last one alone.
        List<Stage> last = stages(RECIPE, ClusteringPhase.CLUSTERING);
        assertThat(last.get(0).begin(parameters, TWO, step -> {}).parameters()).isEqualTo(parameters);
    }

    /** A hundred steps of warm-up, or a tenth of the stage; 256 rows over the partitions. */
    @Test
    void fitThePresetsToTheRows() {
        AveragingOptions preset = ClusteringPhase.CLUSTERING.preset(BASE);
        AveragingOptions fitted = ClusteringStages.fitted(preset, true, TWO);
        assertThat(fitted.batchSize()).isEqualTo(128);
        assertThat(fitted.optimizer().schedule().warmUpEpochs()).isCloseTo(0.5, within(1e-12));
        assertThat(fitted.optimizer().schedule().finalRatio()).isEqualTo(0.02);
        AveragingOptions small = ClusteringStages.fitted(preset.withBatchSize(1), true, TWO);
        assertThat(small.batchSize()).isEqualTo(1);
        assertThat(ClusteringStages.fitted(preset, false, TWO).optimizer()).isEqualTo(preset.optimizer());
        assertThat(presets(BASE))
                .extracting(stage -> stage.options(TWO).optimizer().schedule().warmUpEpochs() > 0)
                .containsExactly(false, true, true);
    }

    /** 256 rows over two partitions of a hundred. */
    @Test
    void warnOfTheBatchThatTheyHave() {
        assertThat(StagedTraining.warnings(presets(BASE), TWO))
                .containsExactly("a batch of 128 rows is larger than a partition (100 rows on average):"
                        + " each partition's rows are one batch");
    }

    /** A thousand times the first round's loss is divergence, though it chooses no parameters. */
    @Test
    void areBoundedAsAnyTrainingOfOnePlayer() {
        ClusteringOptions options = ClusteringOptions.DEFAULT.withInformation(20);
        for (Kind kind : List.of(Kind.EMBEDDING, Kind.CLASSIFYING)) {
            StochasticObjective objective = kind == Kind.EMBEDDING
                    ? new ClusteringObjective(Kind.EMBEDDING, ARCHITECTURE, options)
                    : new ClusteringObjective(Kind.CLASSIFYING, ARCHITECTURE, options);
            AveragingResult result =
                    Averaging.run(objective, TWO, null, ARCHITECTURE.initialize(kind, 4), BASE.withMaxEpochs(1));
            double first = result.history().get(0).loss();
            assertThat(first).isGreaterThan(1);
            result.requireBounded(999 * first);
            assertThatThrownBy(() -> result.requireBounded(1001 * first)).isInstanceOf(DivergedException.class);
        }
    }

    /** What is warned of before a stage begins is what its objective says once it has. */
    @Test
    void warnOfPatienceWhereNoRoundIsTheBest() {
        for (ClusteringRecipe recipe : List.of(RECIPE, RECIPE.withOptions(ClusteringOptions.DEFAULT))) {
            List<Stage> stages = stages(recipe, ClusteringPhase.values());
            for (Stage stage : stages) {
                assertThat(stage.isComparable())
                        .isEqualTo(stage.begin(start().before(), TWO, step -> {})
                                .objective()
                                .isComparable());
            }
        }
        assertThat(StagedTraining.warnings(
                        presets(BASE.withPatience(3)), InMemoryShards.of(Samples.rows(2000, 6, 8), 2)))
                .containsExactly(
                        "a patience of 3 has no effect in stage fixed, whose held-out loss does not"
                                + " say which round is the best",
                        "a patience of 3 has no effect in stage clustering, whose held-out loss"
                                + " does not say which round is the best");
    }
}
