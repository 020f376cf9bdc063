package io.github.sparklatent.twin.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.DoubleProducts;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.twin.GradientCheck;
import io.github.sparklatent.twin.gan.AdversarialTerm.GradientPenalty;
import io.github.sparklatent.twin.nn.Activation;
import io.github.sparklatent.twin.nn.ImageShape;
import io.github.sparklatent.twin.nn.Initialization;
import io.github.sparklatent.twin.nn.Layer;
import io.github.sparklatent.twin.nn.LayerSpec;
import io.github.sparklatent.twin.nn.Logarithm;
import io.github.sparklatent.twin.nn.Network;
import io.github.sparklatent.twin.nn.NetworkPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The penalty and its derivative by the parameters, on rows of 16 columns. */
class GradientPenaltyTest {
    private static final double WEIGHT = 0.7;
    private static final double[] SHARES = {0.2, 0.4, 0, 0.4};

    private final DMatrixRMaj rows = TestMatrices.normal(SHARES.length, 16, 5);
    private final DMatrixRMaj generated = TestMatrices.normal(SHARES.length, 16, 6);

    private static Discriminator discriminator(List<LayerSpec> hidden, AdversarialOptions options) {
        NetworkPlan plan = new NetworkPlan(16, new ImageShape(1, 4, 4), Activation.TANH, Initialization.HE_UNIFORM);
        return new Discriminator(plan.encoder("discriminator", hidden, 1), options);
    }

    private static double[] parameters(Discriminator discriminator) {
        double[] parameters = new double[discriminator.parameterCount()];
        discriminator.network().initialize(parameters, 0, RandomStreams.of(3, Purpose.WEIGHTS));
        RandomGenerator random = RandomStreams.of(12, Purpose.NOISE);
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] += 0.2 * random.nextGaussian();
        }
        return parameters;
    }

    private static GradientPenalty penalty(Discriminator discriminator) {
        Discriminator.Worker worker = discriminator.worker(SHARES.length, 0, new DoubleProducts());
        return new GradientPenalty(WEIGHT, SHARES.length, 16, worker);
    }

    /** The reported loss has no penalty in it, but its derivative has. */
    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void ofTheDiscriminatorsStep(boolean convolution, boolean normalized) {
        AdversarialOptions options = AdversarialOptions.DEFAULT
                .withLabelSmoothing(0.1)
                .withSpectralNormalization(normalized)
                .withPowerIterations(100)
                .withGradientPenalty(WEIGHT);
        List<LayerSpec> hidden = convolution
                ? List.of(new LayerSpec.Kernel(2, 3, 2))
                : List.of(new LayerSpec.Width(4), new LayerSpec.Width(3));
        Discriminator discriminator = discriminator(hidden, options);
        double[] parameters = parameters(discriminator);
        checkStep(discriminator, parameters);
    }

    /** The derivative of a step is that of the reported loss and the penalty. */
    private void checkStep(Discriminator discriminator, double[] parameters) {
        AdversarialTerm term = new AdversarialTerm(discriminator, SHARES.length, 0, new DoubleProducts());
        double[] gradient = new double[parameters.length];
        term.discriminator(parameters, rows, SHARES, gradient, generated);
        GradientPenalty penalty = penalty(discriminator);
        GradientCheck.check(
                "the discriminator",
                parameters,
                0,
                gradient,
                () -> term.discriminator(parameters, rows, SHARES, null, generated)
                                .loss()
                        + penalty.measure(parameters, rows, SHARES));
    }

    /** The slope is that by what the first weights read, and so is the way that rows are moved. */
    @Test
    void countsAreReadByTheirLogarithms() {
        Discriminator ofLogarithms = discriminator(List.of(new LayerSpec.Width(4)), AdversarialOptions.DEFAULT);
        List<Layer> layers = new ArrayList<>();
        layers.add(new Logarithm(16, List.of(2, 15), List.of()));
        layers.addAll(ofLogarithms.network().layers());
        Discriminator ofCounts = new Discriminator(
                new Network("discriminator", layers), AdversarialOptions.DEFAULT.withGradientPenalty(WEIGHT));
        double[] parameters = parameters(ofCounts);
        DMatrixRMaj logarithms = rows.copy();
        for (int i = 0; i < SHARES.length; i++) {
            rows.set(i, 2, 3 * i);
            rows.set(i, 15, 1e4 * i);
            logarithms.set(i, 2, StrictMath.log1p(3 * i));
            logarithms.set(i, 15, StrictMath.log1p(1e4 * i));
        }
        assertThat(penalty(ofCounts).measure(parameters, rows, SHARES))
                .isEqualTo(penalty(ofLogarithms).measure(parameters, logarithms, SHARES));
        checkStep(ofCounts, parameters);
    }

    /** a(x) = wᵀx + b: R = γ/2 |w|², and γ w is its derivative. */
    @Test
    void aLinearDiscriminatorIsPenalizedByItsWeights() {
        Discriminator linear = discriminator(List.of(), AdversarialOptions.DEFAULT);
        double[] parameters = parameters(linear);
        double squares = 0;
        for (int j = 0; j < 16; j++) {
            squares += parameters[j] * parameters[j];
        }
        assertThat(penalty(linear).measure(parameters, rows, SHARES)).isCloseTo(WEIGHT / 2 * squares, within(1e-14));

        double[] with = gradient(linear.network(), WEIGHT, parameters);
        double[] without = gradient(linear.network(), 0, parameters);
        for (int j = 0; j < 16; j++) {
            assertThat(with[j] - without[j]).isCloseTo(WEIGHT * parameters[j], within(1e-9));
        }
        assertThat(with[16]).isCloseTo(without[16], within(1e-9));
    }

    /** There is no direction to go, and no row to measure a step by. */
    @Test
    void aFlatDiscriminatorAndRowsOfZeros() {
        Discriminator flat = discriminator(List.of(new LayerSpec.Width(3)), AdversarialOptions.DEFAULT);
        double[] parameters = new double[flat.parameterCount()];
        assertThat(penalty(flat).measure(parameters, rows, SHARES)).isZero();
        assertThat(gradient(flat.network(), WEIGHT, parameters))
                .containsExactly(gradient(flat.network(), 0, parameters));

        rows.zero();
        double[] drawn = parameters(flat);
        assertThat(Arrays.stream(gradient(flat.network(), WEIGHT, drawn)).allMatch(Double::isFinite))
                .isTrue();
        assertThat(gradient(flat.network(), WEIGHT, drawn)).isNotEqualTo(gradient(flat.network(), 0, drawn));
    }

    private double[] gradient(Network network, double weight, double[] parameters) {
        Discriminator discriminator =
                new Discriminator(network, AdversarialOptions.DEFAULT.withGradientPenalty(weight));
        double[] gradient = new double[parameters.length];
        new AdversarialTerm(discriminator, SHARES.length, 0, new DoubleProducts())
                .discriminator(parameters, rows, SHARES, gradient, generated);
        return gradient;
    }
}
