package io.github.sparklatent.vae.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.gan.Discriminator;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.learn.stage.StageRecord;
import io.github.sparklatent.learn.stage.StagedResult;
import io.github.sparklatent.learn.stage.StagedState;
import io.github.sparklatent.learn.stage.StagedTraining;
import io.github.sparklatent.learn.stage.StagedTraining.StagedListener;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.vae.Digits;
import io.github.sparklatent.vae.HiddenLayer;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.adversarial.AdversarialTarget;
import io.github.sparklatent.vae.cluster.ClusterInitialization;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.objective.BoundStage;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The three stages through the loop that all networks are trained by, on the digits. */
class VaeStagesTest {
    private static final Architecture ARCHITECTURE = Samples.architecture(4, 40, new Bernoulli(Digits.WIDTH))
            .withComponents(3)
            .withAuxiliary(List.of(new LayerSpec.Width(20)));
    private static final Networks NETWORKS = ARCHITECTURE.networks(Kind.MIXTURE);
    private static final FMatrixRMaj DIGITS = Digits.rows();
    private static final Shards TRAIN = InMemoryShards.of(Digits.part(DIGITS, 0, 600), 2);
    private static final Shards HOLDOUT = InMemoryShards.of(Digits.part(DIGITS, 1000, 1200), 1);
    private static final float[] START = ARCHITECTURE.initialize(Kind.MIXTURE, 1);
    private static final AveragingOptions AVERAGING = AveragingOptions.DEFAULT
            .withMaxEpochs(3)
            .withRoundsPerEpoch(2)
            .withBatchSize(32)
            .withOptimizer(Optimizer.DEFAULT.withLearningRate(3e-3));

    private static final ClusteringRecipe RECIPE = ClusteringRecipe.DEFAULT.withRestarts(1);
    private static final VaeStages STAGES = new VaeStages(Kind.MIXTURE, ARCHITECTURE, RECIPE);

    private static List<Stage> stages(double adversarialWeight) {
        return List.of(
                STAGES.stage(VaeStage.ENCODER, AVERAGING.withMaxEpochs(2)),
                adversarialWeight > 0
                        ? STAGES.stage(VaeStage.DECODER, AVERAGING, adversarialWeight, AdversarialTarget.DEFAULT)
                        : STAGES.stage(VaeStage.DECODER, AVERAGING),
                STAGES.stage(VaeStage.JOINT, AVERAGING.withMaxEpochs(2).withBatchSize(16)));
    }

    @Test
    void theWarmUpRunsOnceOverTheStagesAfterTheAutoencoder() {
        assertThat(VaeStage.of(Kind.MIXTURE))
                .extracting(stage -> STAGES.stage(stage, AVERAGING).sharesSchedules())
                .containsExactly(false, true, true, true);
    }

    private static StagedResult run(List<Stage> stages, StagedState from, StagedListener listener) {
        return StagedTraining.run("test", stages, TRAIN, HOLDOUT, from, listener);
    }

    /** What each stage began with, and what the last ended with. */
    private static List<float[]> ends(List<Stage> stages) {
        List<float[]> ends = new ArrayList<>();
        StagedResult result = run(stages, StagedState.start(START), (stage, begun, state) -> {
            if (ends.size() == state.stage()) {
                ends.add(state.before());
            }
        });
        ends.add(result.parameters());
        return ends;
    }

    private static float[] part(float[] parameters, int from, int to) {
        return Arrays.copyOfRange(parameters, from, to);
    }

    /** Bit for bit: equality of the floats, and none of them is NaN or a zero of another sign. */
    @ParameterizedTest
    @CsvSource({"0", "0.5"})
    void eachStageMovesWhatItMayAndNothingElse(double adversarialWeight) {
        List<float[]> ends = ends(stages(adversarialWeight));
        int decoder = NETWORKS.decoderOffset();
        int prior = NETWORKS.priorOffset();
        int discriminator = NETWORKS.auxiliaryOffset();
        int end = START.length;
        boolean game = adversarialWeight > 0;
        assertMoved(ends.get(0), ends.get(1), 0, decoder, true);
        assertMoved(ends.get(0), ends.get(1), decoder, prior, false);
        assertMoved(ends.get(0), ends.get(1), prior, discriminator, true);
        assertMoved(ends.get(0), ends.get(1), discriminator, end, false);
        assertMoved(ends.get(1), ends.get(2), 0, decoder, false);
        assertMoved(ends.get(1), ends.get(2), decoder, prior, true);
        assertMoved(ends.get(1), ends.get(2), prior, discriminator, false);
        assertMoved(ends.get(1), ends.get(2), discriminator, end, game);
        assertMoved(ends.get(2), ends.get(3), 0, decoder, true);
        assertMoved(ends.get(2), ends.get(3), decoder, prior, true);
        assertMoved(ends.get(2), ends.get(3), prior, discriminator, true);
        assertMoved(ends.get(2), ends.get(3), discriminator, end, false);
    }

    /** The networks of a plain VAE: the encoder alone, then the decoder alone. */
    @Test
    void theStagesOfAPlainModelMoveTheirNetworkOnly() {
        float[] start = ARCHITECTURE.initialize(Kind.VARIATIONAL, 1);
        int decoder = ARCHITECTURE.networks(Kind.VARIATIONAL).decoderOffset();
        float[] encoded = plain(start, VaeStage.ENCODER);
        assertMoved(start, encoded, 0, decoder, true);
        assertMoved(start, encoded, decoder, start.length, false);
        float[] decoded = plain(encoded, VaeStage.DECODER);
        assertMoved(encoded, decoded, 0, decoder, false);
        assertMoved(encoded, decoded, decoder, start.length, true);
        Stage alone =
                Stage.of("training", new VariationalObjective(ARCHITECTURE, VariationalOptions.DEFAULT), AVERAGING);
        assertThat(bits(plain(start, VaeStage.JOINT)))
                .isEqualTo(bits(run(List.of(alone), StagedState.start(start), StagedListener.NONE)
                        .parameters()));
    }

    private static float[] plain(float[] start, VaeStage stage) {
        Stage only = new VaeStages(Kind.VARIATIONAL, ARCHITECTURE, RECIPE).stage(stage, AVERAGING);
        return run(List.of(only), StagedState.start(start), StagedListener.NONE).parameters();
    }

    private static void assertMoved(float[] before, float[] after, int from, int to, boolean moved) {
        assertThat(to).isGreaterThan(from);
        int[] bits = bits(part(before, from, to));
        int[] later = bits(part(after, from, to));
        if (moved) {
            assertThat(later).isNotEqualTo(bits);
        } else {
            assertThat(later).isEqualTo(bits);
        }
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
        return bits;
    }

    /** Held-out metrics before and after each stage, of the same rows and the same noise. */
    @Test
    void theBoundRisesAndTheReconstructionFalls() {
        List<float[]> ends = ends(stages(0));
        double[][] metrics = new double[ends.size()][];
        Arrays.setAll(metrics, i -> metrics(ends.get(i)));
        assertThat(metrics[1][0]).isLessThan(metrics[0][0] - 1);
        assertThat(metrics[2][1]).isLessThan(metrics[1][1] - 1);
        assertThat(metrics[3][0]).isLessThan(metrics[2][0] - 1);
    }

    /** Loss, reconstruction and the rest, means over the held-out rows. */
    private static double[] metrics(float[] parameters) {
        double[] sums = new double[3];
        FMatrixRMaj rows = Digits.part(DIGITS, 1000, 1200);
        new VariationalObjective(Kind.MIXTURE, ARCHITECTURE, VariationalOptions.DEFAULT, BoundStage.JOINT)
                .worker(rows.numRows)
                .evaluate(parameters, rows, Samples.ones(rows.numRows), sums);
        return Arrays.stream(sums).map(sum -> sum / rows.numRows).toArray();
    }

    @Test
    void bothPlayersOfTheDecodersStageAreRecorded() {
        StagedResult result = run(stages(0.5), StagedState.start(START), StagedListener.NONE);
        StageRecord decoder = result.stages().get(1);
        assertThat(decoder.measures())
                .containsExactly(
                        "loss",
                        "reconstruction",
                        "kl",
                        "generatorLoss",
                        "discriminatorLoss",
                        "realAccuracy",
                        "fakeAccuracy");
        List<Double> last = decoder.rounds().get(decoder.rounds().size() - 1).measures();
        assertThat(last).allSatisfy(figure -> assertThat(figure).isFinite());
        assertThat(last.get(5)).isBetween(0.0, 1.0);
        assertThat(last.get(6)).isBetween(0.0, 1.0);
        assertThat(result.stages().get(2).measures()).containsExactly("loss", "reconstruction", "kl");
    }

    /** The weights that are handed on give what the discriminator judged by, without its norms. */
    @Test
    void aNormalizedDiscriminatorIsHandedOnAsItWasUsed() {
        AdversarialOptions adversarial = AdversarialOptions.DEFAULT.withSpectralNormalization(true);
        Stage only = new VaeStages(Kind.MIXTURE, ARCHITECTURE, VariationalOptions.DEFAULT, adversarial, RECIPE)
                .stage(VaeStage.DECODER, AVERAGING, 0.5, AdversarialTarget.DEFAULT);
        List<float[]> rounds = new ArrayList<>();
        StagedResult result = run(
                List.of(only),
                StagedState.start(START),
                (stage, begun, state) -> rounds.add(state.state().parameters()));
        FMatrixRMaj rows = Digits.part(DIGITS, 1000, 1020);
        Discriminator.Worker discriminator = new Discriminator(NETWORKS.auxiliary(), adversarial)
                .worker(rows.numRows, NETWORKS.auxiliaryOffset(), new FloatProducts());
        discriminator.logits(rounds.get(rounds.size() - 1), rows);
        FMatrixRMaj found = HiddenLayer.of(new TrainedNetwork(Kind.MIXTURE, ARCHITECTURE, result.parameters())).stream()
                .filter(layer -> layer.name().equals("discriminator.0"))
                .findFirst()
                .orElseThrow()
                .worker(rows.numRows)
                .apply(rows);
        assertThat(part(found.data, 0, found.getNumElements()))
                .isEqualTo(part(discriminator.features().data, 0, found.getNumElements()));
    }

    /** The stage after it starts from the clusters of its codes. */
    @Test
    void mayBeginWithAnAutoencoder() {
        List<float[]> before = new ArrayList<>();
        List<float[]> starts = new ArrayList<>();
        run(
                List.of(STAGES.stage(VaeStage.AUTOENCODER, AVERAGING), STAGES.stage(VaeStage.JOINT, AVERAGING)),
                StagedState.start(ARCHITECTURE.initialize(Kind.AUTOENCODER, 4)),
                (stage, begun, state) -> {
                    before.add(state.before());
                    starts.add(begun.parameters());
                });
        float[] start = ClusterInitialization.of(
                        Kind.EMBEDDING, ARCHITECTURE, RECIPE, before.get(before.size() - 1), TRAIN, step -> {})
                .parameters(Kind.MIXTURE, ARCHITECTURE, RECIPE.seed());
        assertThat(starts.get(starts.size() - 1)).isEqualTo(start);
    }
}
