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
import io.github.sparklatent.learn.stage.StagedResult;
import io.github.sparklatent.learn.stage.StagedState;
import io.github.sparklatent.learn.stage.StagedTraining;
import io.github.sparklatent.learn.stage.StagedTraining.StagedListener;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.ClusteringObjective;
import io.github.sparklatent.vae.objective.ClusteringOptions;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class EmbeddingStagesTest {
    private static final Architecture ARCHITECTURE =
            Samples.architecture(2, 5, new Bernoulli(6)).withComponents(3);

    private static final FMatrixRMaj ROWS = Samples.rows(200, 6, 8);
    private static final Shards TWO = InMemoryShards.of(ROWS, 2);

    private static final ClusteringRecipe RECIPE =
            ClusteringRecipe.DEFAULT.withRestarts(2).withStartRows(120);

    private static final VaeStage[] ALL = VaeStage.of(Kind.EMBEDDING).toArray(VaeStage[]::new);

    private static final AveragingOptions BASE = AveragingOptions.DEFAULT.withSeed(4);

    private static List<Stage> stages(ClusteringRecipe recipe, VaeStage... stages) {
        return stages(recipe, stage -> stage.preset(BASE).withMaxEpochs(2).withRoundsPerEpoch(2), stages);
    }

    private static List<Stage> stages(
            ClusteringRecipe recipe, Function<VaeStage, AveragingOptions> options, VaeStage... stages) {
        VaeStages made = new VaeStages(Kind.EMBEDDING, ARCHITECTURE, recipe);
        return Arrays.stream(stages)
                .map(stage -> made.stage(stage, options.apply(stage)))
                .toList();
    }

    private static List<Stage> presets(AveragingOptions base) {
        return stages(RECIPE, stage -> stage.preset(base), ALL);
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
        StagedResult result = run(stages(RECIPE, ALL), start());
        assertThat(result.parameters()).hasSize(ARCHITECTURE.parameterCount(Kind.EMBEDDING));
        assertThat(result.stages())
                .extracting(record -> record.measures().size())
                .containsExactly(1, 3, 3);
    }

    /** Without the fixed stage the clusters are looked for when the last one begins. */
    @Test
    void thePaperHasTwo() {
        List<Stage> two = stages(ClusteringRecipe.PAPER.withRestarts(2), VaeStage.AUTOENCODER, VaeStage.CLUSTERING);
        float[] parameters = run(two, start()).parameters();
        assertThat(parameters).hasSize(ARCHITECTURE.parameterCount(Kind.EMBEDDING));
        // And an embedding may go on in the last one alone.
        List<Stage> last = stages(RECIPE, VaeStage.CLUSTERING);
        assertThat(last.get(0).begin(parameters, TWO, step -> {}).parameters()).isEqualTo(parameters);
    }

    /** A hundred steps of warm-up, or a tenth of the stage; 256 rows over the partitions. */
    @Test
    void fitThePresetsToTheRows() {
        AveragingOptions fitted = presets(BASE).get(2).options(TWO);
        assertThat(fitted.batchSize()).isEqualTo(128);
        assertThat(fitted.optimizer().schedule().warmUpEpochs()).isCloseTo(0.5, within(1e-12));
        assertThat(fitted.optimizer().schedule().finalRatio()).isEqualTo(0.02);
        Stage small = stages(RECIPE, stage -> stage.preset(BASE).withBatchSize(1), VaeStage.CLUSTERING)
                .get(0);
        assertThat(small.options(TWO).batchSize()).isEqualTo(1);
        assertThat(presets(BASE).get(0).options(TWO).optimizer())
                .isEqualTo(VaeStage.AUTOENCODER.preset(BASE).optimizer());
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

    /** The losses of the stages that are trained towards clusters say nothing about held-out rows. */
    @Test
    void onlyTheBoundIsComparable() {
        for (ClusteringRecipe recipe : List.of(RECIPE, RECIPE.withOptions(ClusteringOptions.DEFAULT))) {
            assertThat(stages(recipe, ALL))
                    .extracting(stage -> stage.begin(start().before(), TWO, step -> {})
                            .objective()
                            .isComparable())
                    .containsExactly(true, false, recipe != RECIPE);
        }
    }
}
