package io.github.sparklatent.gan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.averaging.Averaging;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.learn.optimizer.Schedule;
import io.github.sparklatent.learn.stage.StageRecord;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.LayerSpec;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Eight Gaussians on a ring of radius 2: a generator that finds its way to one of them stays there. */
@Tag("slow")
class RingTest {
    private static final int MODES = 8;
    private static final double DEVIATION = 0.1;
    private static final int DRAWN = 2000;

    private static FMatrixRMaj ring(int rows, long seed) {
        FMatrixRMaj ring = Games.normal(rows, 2, seed);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < 2; j++) {
                ring.set(i, j, (float) (DEVIATION * ring.get(i, j) + place(i % MODES, j)));
            }
        }
        return ring;
    }

    private static double place(int mode, int axis) {
        double angle = 2 * Math.PI * mode / MODES;
        return 2 * (axis == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle));
    }

    @ParameterizedTest
    @CsvSource({"2, 40, true, 0", "1, 80, false, 0.4"})
    void allModesAreCovered(int partitions, int epochs, boolean normalized, double penalty) {
        List<LayerSpec> hidden = List.of(new LayerSpec.Width(64), new LayerSpec.Width(64));
        Games game = Games.of(
                2,
                2,
                hidden,
                AdversarialOptions.DEFAULT.withSpectralNormalization(normalized).withGradientPenalty(penalty));
        Optimizer adam = Optimizer.of(Optimizer.Type.ADAM)
                .withBetas(0.5, 0.999)
                .withSchedule(Schedule.of(Schedule.Type.LINEAR).withDecayFraction(0.5));
        AveragingResult result = Averaging.run(
                game.objective(),
                InMemoryShards.of(ring(4096, 1), partitions),
                InMemoryShards.of(ring(1024, 2), 1),
                game.start(1),
                AveragingOptions.DEFAULT
                        .withMaxEpochs(epochs)
                        .withOptimizers(List.of(adam))
                        .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE)));
        assertThat(shares(game, result.kept().parameters()))
                .as("shares of the modes, an eighth each in the data")
                .allSatisfy(share -> assertThat(share).isBetween(0.04, 0.25));
        List<NetworkRound> history = result.state().history();
        StageRecord stage = new StageRecord("ring", List.of(), game.objective().measures(), history);
        assertThat(AdversarialHealth.warnings(stage, stage.epochs())).isEmpty();
    }

    /** Of generated rows within three deviations of a mode, among all generated rows. */
    private static List<Double> shares(Games game, float[] parameters) {
        RandomGenerator random = RandomStreams.of(9, Purpose.PRIOR, 0);
        FMatrixRMaj codes = new FMatrixRMaj(DRAWN, 2);
        for (int i = 0; i < 2 * DRAWN; i++) {
            codes.data[i] = (float) random.nextGaussian();
        }
        FMatrixRMaj rows = game.generator().worker(DRAWN, new FloatProducts()).generate(parameters, codes, codes, null);
        Double[] shares = new Double[MODES];
        Arrays.fill(shares, 0.0);
        for (int i = 0; i < DRAWN; i++) {
            for (int k = 0; k < MODES; k++) {
                double distance = Math.hypot(rows.get(i, 0) - place(k, 0), rows.get(i, 1) - place(k, 1));
                shares[k] += distance < 3 * DEVIATION ? 1.0 / DRAWN : 0;
            }
        }
        return List.of(shares);
    }
}
