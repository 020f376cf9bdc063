package io.github.sparklatent.twin.vae.adversarial;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.linalg.DoubleProducts;
import io.github.sparklatent.twin.GradientCheck;
import io.github.sparklatent.twin.gan.AdversarialOptions;
import io.github.sparklatent.twin.gan.Discriminator;
import io.github.sparklatent.twin.learn.objective.StochasticObjective;
import io.github.sparklatent.twin.nn.LayerSpec;
import io.github.sparklatent.twin.nn.likelihood.Bernoulli;
import io.github.sparklatent.twin.nn.likelihood.Gaussian;
import io.github.sparklatent.twin.vae.adversarial.VariationalAdversarialObjective.FeatureError;
import io.github.sparklatent.twin.vae.model.Architecture;
import io.github.sparklatent.twin.vae.model.Kind;
import io.github.sparklatent.twin.vae.model.Networks;
import io.github.sparklatent.twin.vae.objective.Small;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each of the three players' gradients against central differences, every parameter. */
class VariationalAdversarialGradientTest {
    private static final double GAMMA = 0.3;
    private static final double TOTAL = Arrays.stream(Small.WEIGHTS).sum();
    private static final AdversarialOptions PLAIN = AdversarialOptions.DEFAULT;

    /** So many iterations that the singular vectors, which the derivative holds fixed, are. */
    private static final AdversarialOptions SPECTRAL =
            PLAIN.withSpectralNormalization(true).withPowerIterations(100);

    private final DMatrixRMaj rows = Small.rows();

    /**
     * @param architecture of the networks
     * @param options of the game
     */
    private record Case(Architecture architecture, AdversarialOptions options) {
        @Override
        public String toString() {
            return architecture.describe(Kind.VARIATIONAL_ADVERSARIAL) + ", " + options;
        }
    }

    static Stream<Case> cases() {
        List<LayerSpec> hidden = List.of(new LayerSpec.Width(4), new LayerSpec.Width(3));
        Architecture plain = Small.architecture(new Bernoulli(Small.WIDTH));
        Architecture fixed = Small.architecture(Gaussian.fixed(Small.WIDTH, 0.5));
        return Stream.of(
                new Case(plain.withAuxiliary(hidden), PLAIN),
                new Case(plain.withAuxiliary(hidden), SPECTRAL.withLabelSmoothing(0.1)),
                new Case(fixed.withAuxiliary(hidden), PLAIN),
                new Case(Small.architecture(Small.given(false)).withAuxiliary(hidden), PLAIN),
                new Case(plain, PLAIN));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyParameterOfAllPlayers(Case of) {
        // KL + reconstruction
        check(of, VariationalAdversarialObjective.ENCODER, sums -> sums[0]);
        // The decoder's turn does not report the reconstruction: it is that of the encoder's.
        check(of, VariationalAdversarialObjective.DECODER, sums -> GAMMA * sums[1] + sums[3]);
        check(of, VariationalAdversarialObjective.DISCRIMINATOR, sums -> sums[4]);
    }

    private void check(Case of, int player, ToDoubleFunction<double[]> loss) {
        StochasticObjective objective = new VariationalAdversarialObjective(
                of.architecture(), new VariationalAdversarialOptions(GAMMA, of.options()));
        double[] parameters = Small.parameters(of.architecture(), Kind.VARIATIONAL_ADVERSARIAL);
        StochasticObjective.Worker worker = objective.worker(rows.numRows);
        double[] gradient = new double[objective.parameterCount()];
        worker.gradient(parameters, rows, Small.WEIGHTS, at(player), gradient, new double[8]);
        double[] other = new double[gradient.length];
        StochasticObjective.ParameterGroup moved = objective.parameterGroups().get(player);
        StochasticObjective.Range range = moved.ranges().get(0);
        double[] own = Arrays.copyOfRange(gradient, range.from(), range.to());
        GradientCheck.check(moved.name(), parameters, range.from(), own, () -> {
            double[] sums = new double[8];
            for (int turn = 0; turn < 3; turn++) {
                worker.gradient(parameters, rows, Small.WEIGHTS, at(turn), other, sums);
            }
            return loss.applyAsDouble(sums) / TOTAL;
        });
    }

    private static StochasticObjective.Position at(int player) {
        return new StochasticObjective.Position(77, 0, player);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyValueOfTheReconstructions(Case of) {
        Architecture architecture = of.architecture();
        Networks networks = architecture.networks(Kind.VARIATIONAL_ADVERSARIAL);
        double[] parameters = Small.parameters(architecture, Kind.VARIATIONAL_ADVERSARIAL);
        FeatureError error = new FeatureError(new Discriminator(networks.auxiliary(), of.options())
                .worker(4, networks.auxiliaryOffset(), new DoubleProducts()));
        DMatrixRMaj moved = rows.copy();
        for (int i = 0; i < moved.getNumElements(); i++) {
            moved.data[i] = 1 - moved.data[i] * moved.data[i];
        }
        double[] shares =
                Arrays.stream(Small.WEIGHTS).map(weight -> weight / TOTAL).toArray();
        assertThat(error.of(parameters, rows, rows, shares)).isZero();
        error.of(parameters, rows, moved, shares);
        double[] gradient = error.backward(shares, 2).copy().data;
        GradientCheck.check(
                "the reconstructions", moved.data, 0, gradient, () -> 2 * error.of(parameters, rows, moved, shares));
    }
}
