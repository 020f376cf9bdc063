package io.github.sparklatent.twin.gan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.DoubleProducts;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.twin.GradientCheck;
import io.github.sparklatent.twin.learn.objective.StochasticObjective;
import io.github.sparklatent.twin.nn.Activation;
import io.github.sparklatent.twin.nn.ImageShape;
import io.github.sparklatent.twin.nn.Initialization;
import io.github.sparklatent.twin.nn.LayerSpec;
import io.github.sparklatent.twin.nn.Network;
import io.github.sparklatent.twin.nn.NetworkPlan;
import io.github.sparklatent.twin.nn.Parameter;
import io.github.sparklatent.twin.nn.likelihood.Bernoulli;
import io.github.sparklatent.twin.nn.likelihood.Composite;
import io.github.sparklatent.twin.nn.likelihood.Conditions;
import io.github.sparklatent.twin.nn.likelihood.Decoder;
import io.github.sparklatent.twin.nn.likelihood.Gaussian;
import io.github.sparklatent.twin.nn.likelihood.Likelihood;
import io.github.sparklatent.twin.nn.likelihood.OutputGaussian;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each player's gradient against central differences, the codes frozen by the batch's key. */
class AdversarialGradientTest {
    private static final int LATENT = 2;
    private static final double[] WEIGHTS = {1, 2, 0.5, 1};
    private static final double TOTAL = 4.5;

    private static final AdversarialOptions PLAIN = AdversarialOptions.DEFAULT;

    /**
     * So many iterations that u and v have converged: then the derivative that holds them fixed is the whole
     * derivative.
     */
    private static final AdversarialOptions SPECTRAL =
            PLAIN.withSpectralNormalization(true).withPowerIterations(100);

    /** A game of rows of 16 columns, 4 x 4 images; all parameters off 0. */
    private record Game(String name, GameObjective objective, Discriminator discriminator, double[] parameters) {
        static Game of(Likelihood likelihood, List<LayerSpec> hidden, AdversarialOptions options) {
            NetworkPlan plan = new NetworkPlan(16, new ImageShape(1, 4, 4), Activation.TANH, Initialization.HE_UNIFORM);
            Network decoder = plan.decoder(
                    "decoder",
                    LATENT + likelihood.conditions().inputs(),
                    List.of(new LayerSpec.Width(3)),
                    likelihood.outputs());
            Network discriminator = plan.encoder("discriminator", hidden, 1);
            int likelihoodOffset = Parameter.length(decoder.parameters());
            int offset = likelihoodOffset + Parameter.length(likelihood.parameters());
            Discriminator judge = new Discriminator(discriminator, options);
            GameObjective objective =
                    new GameObjective(new Decoder(decoder, 0, likelihood, likelihoodOffset), judge, offset);
            double[] parameters = new double[objective.parameterCount()];
            decoder.initialize(parameters, 0, RandomStreams.of(3, Purpose.WEIGHTS, 0));
            likelihood.initialize(parameters, likelihoodOffset);
            discriminator.initialize(parameters, offset, RandomStreams.of(3, Purpose.WEIGHTS, 1));
            RandomGenerator random = RandomStreams.of(12, Purpose.NOISE);
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] += 0.2 * random.nextGaussian();
            }
            String name = likelihood + " against " + hidden + ", " + options;
            return new Game(name, objective, judge, parameters);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private final DMatrixRMaj rows = TestMatrices.normal(WEIGHTS.length, 16, 5);

    static Stream<Game> games() {
        List<LayerSpec> dense = List.of(new LayerSpec.Width(4), new LayerSpec.Width(3));
        List<LayerSpec> convolution = List.of(new LayerSpec.Kernel(2, 3, 2));
        Likelihood mixed = new Composite(List.of(
                Composite.Group.from(0, new Bernoulli(4)),
                Composite.Group.from(4, Gaussian.learnt(6)),
                Composite.Group.from(10, new OutputGaussian(6, 0.1))));
        return Stream.of(
                Game.of(new Bernoulli(16), dense, PLAIN),
                Game.of(
                        new Composite(List.of(
                                Composite.Group.from(0, new Bernoulli(14)),
                                Composite.Group.from(14, new Conditions.Given(2, false)))),
                        dense,
                        PLAIN),
                Game.of(Gaussian.fixed(16, 1), dense, PLAIN.withLabelSmoothing(0.1)),
                Game.of(Gaussian.learnt(16), List.of(), PLAIN),
                Game.of(mixed, dense, SPECTRAL.withLabelSmoothing(0.2)),
                Game.of(new Bernoulli(16), convolution, PLAIN),
                Game.of(new Bernoulli(16), convolution, SPECTRAL));
    }

    @ParameterizedTest
    @MethodSource("games")
    void everyParameterOfBothPlayers(Game game) {
        check(game, 0, 1);
        check(game, 1, 0);
    }

    private void check(Game game, int player, int measure) {
        StochasticObjective objective = game.objective();
        StochasticObjective.Position position = new StochasticObjective.Position(77, 0, player);
        StochasticObjective.Worker worker = objective.worker(rows.numRows);
        double[] parameters = game.parameters();
        double[] gradient = new double[parameters.length];
        double[] other = new double[parameters.length];
        worker.gradient(parameters, rows, WEIGHTS, position, gradient, new double[5]);
        StochasticObjective.ParameterGroup moved = objective.parameterGroups().get(player);
        for (StochasticObjective.Range range : moved.ranges()) {
            double[] own = Arrays.copyOfRange(gradient, range.from(), range.to());
            assertThat(own).hasSizeGreaterThan(10);
            GradientCheck.check(moved.name(), parameters, range.from(), own, () -> {
                double[] sums = new double[5];
                worker.gradient(parameters, rows, WEIGHTS, position, other, sums);
                return sums[measure] / TOTAL;
            });
        }
    }

    @Test
    void rowsOfTheGeneratorsTermAreWeighted() {
        Game game = Game.of(new Bernoulli(16), List.of(new LayerSpec.Width(4)), SPECTRAL);
        int offset = game.objective().parameterGroups().get(0).ranges().get(0).from();
        AdversarialTerm term = new AdversarialTerm(game.discriminator(), 6, offset, new DoubleProducts());
        double[] shares = Arrays.stream(WEIGHTS).map(weight -> weight / TOTAL).toArray();
        DMatrixRMaj gradient = rows.copy();
        term.generator(game.parameters(), rows, shares, 0.3, gradient);
        GradientCheck.check(
                "the rows, beside what was there",
                rows.data,
                0,
                gradient.data,
                () -> 0.3 * term.generator(game.parameters(), rows, shares, 1, null)
                        + 0.5 * Arrays.stream(rows.data).map(x -> x * x).sum());
    }
}
