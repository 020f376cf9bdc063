package io.github.sparklatent.vae.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gan.AdversarialHealth;
import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.averaging.Averaging;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.learn.stage.StageRecord;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.vae.Digits;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Games of an architecture's networks on the digits, through the loop. */
class VariationalAdversarialTest {
    private static final int TRAIN = 1497;
    private static final List<LayerSpec> HIDDEN = List.of(new LayerSpec.Width(64));
    private static final Architecture ARCHITECTURE = Samples.architecture(
                    8, HIDDEN, Activation.LEAKY_RELU, new Bernoulli(Digits.WIDTH))
            .withAuxiliary(HIDDEN);

    private static final FMatrixRMaj ROWS = Digits.rows();
    private static final FMatrixRMaj HELD = Digits.part(ROWS, TRAIN, ROWS.numRows);

    private static AveragingResult train(StochasticObjective objective, Kind kind, int partitions, int epochs) {
        Optimizer adam = Optimizer.of(Optimizer.Type.ADAM).withBetas(0.5, 0.999);
        return Averaging.run(
                objective,
                InMemoryShards.of(Digits.part(ROWS, 0, TRAIN), partitions),
                InMemoryShards.of(HELD, 1),
                ARCHITECTURE.initialize(kind, 1),
                AveragingOptions.DEFAULT
                        .withMaxEpochs(epochs)
                        .withBatchSize(64 / partitions)
                        .withOptimizers(List.of(adam))
                        .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE)));
    }

    private static List<Double> heldOut(AveragingResult result) {
        List<NetworkRound> history = result.state().history();
        return history.get(history.size() - 1).heldOut();
    }

    private static Collection<String> warnings(StochasticObjective objective, AveragingResult result) {
        StageRecord stage = new StageRecord(
                "game", List.of(), objective.measures(), result.state().history());
        return AdversarialHealth.warnings(stage, stage.epochs()).values();
    }

    private static double squaredError(Kind kind, float[] parameters) {
        FMatrixRMaj restored = new FMatrixRMaj(0, 0);
        new TrainedNetwork(kind, ARCHITECTURE, parameters)
                .scorer(HELD.numRows, ScoringOptions.DEFAULT)
                .reconstruct(HELD, restored);
        double sum = 0;
        for (int i = 0; i < HELD.getNumElements(); i++) {
            sum += Math.pow(restored.data[i] - HELD.data[i], 2);
        }
        return sum / HELD.getNumElements();
    }

    /**
     * Its reconstruction is not measured pixel by pixel, yet falls; the mean digit, the best of one row for all, has an
     * error of 0.074.
     */
    @Test
    void reconstructsTheDigits() {
        StochasticObjective objective =
                new VariationalAdversarialObjective(ARCHITECTURE, VariationalAdversarialOptions.DEFAULT);
        AveragingResult result = train(objective, Kind.VARIATIONAL_ADVERSARIAL, 1, 30);
        List<Double> heldOut = heldOut(result);
        assertThat(squaredError(Kind.VARIATIONAL_ADVERSARIAL, result.kept().parameters()))
                .isLessThan(0.06);
        assertThat(heldOut.get(2)).as("kl").isGreaterThan(0.5);
        assertThat(warnings(objective, result)).isEmpty();
    }

    @Test
    void aGameOfTwoPartitionsIsWell() {
        StochasticObjective objective = ARCHITECTURE
                .networks(Kind.ADVERSARIAL)
                .game(AdversarialOptions.DEFAULT.withSpectralNormalization(true));
        AveragingResult result = train(objective, Kind.ADVERSARIAL, 2, 20);
        assertThat(warnings(objective, result)).isEmpty();
    }

    /** Figures of the two halves, of equal size, are those of all. */
    @Test
    void evaluationDoesNotDependOnWhichRowsLieTogether() {
        StochasticObjective objective =
                new VariationalAdversarialObjective(ARCHITECTURE, VariationalAdversarialOptions.DEFAULT);
        FMatrixRMaj rows = Digits.part(ROWS, 0, 60);
        double[] together = evaluate(objective, rows);
        double[] apart = evaluate(objective, Digits.part(ROWS, 0, 30));
        double[] rest = evaluate(objective, Digits.part(ROWS, 30, 60));
        for (int j = 0; j < 7; j++) {
            double sum = apart[j] + rest[j];
            assertThat(sum).isCloseTo(together[j], within(1e-5 * Math.abs(together[j])));
        }
    }

    private static double[] evaluate(StochasticObjective objective, FMatrixRMaj rows) {
        float[] weights = new float[rows.numRows];
        Arrays.fill(weights, 1f);
        double[] sums = new double[7];
        objective
                .worker(rows.numRows)
                .evaluate(ARCHITECTURE.initialize(Kind.VARIATIONAL_ADVERSARIAL, 1), rows, weights, sums);
        return sums;
    }

    @Test
    void threePlayersMoveThreeNetworks() {
        StochasticObjective objective =
                new VariationalAdversarialObjective(ARCHITECTURE, VariationalAdversarialOptions.DEFAULT);
        int encoder = 64 * 64 + 64 + 64 * 16 + 16;
        int decoder = 8 * 64 + 64 + 64 * 64 + 64;
        assertThat(objective.parameterGroups())
                .containsExactly(
                        player("encoder", 0, encoder),
                        player("decoder", encoder, decoder),
                        player("discriminator", encoder + decoder, 64 * 64 + 64 + 64 + 1));
        assertThat(objective.isComparable()).isFalse();
    }

    @Test
    void aPlayerComputesTheDerivativesOfItsOwnNetwork() {
        StochasticObjective objective =
                new VariationalAdversarialObjective(ARCHITECTURE, VariationalAdversarialOptions.DEFAULT);
        float[] start = ARCHITECTURE.initialize(Kind.VARIATIONAL_ADVERSARIAL, 1);
        FMatrixRMaj rows = Digits.part(ROWS, 0, 30);
        for (int group = 0; group < 3; group++) {
            float[] own = Samples.derivatives(objective, start, rows, Samples.ones(30), group);
            assertThat(own).isEqualTo(Samples.within(objective.parameterGroups().get(group), own));
        }
    }

    private static StochasticObjective.ParameterGroup player(String name, int from, int length) {
        return new StochasticObjective.ParameterGroup(name, List.of(new StochasticObjective.Range(from, length)));
    }
}
