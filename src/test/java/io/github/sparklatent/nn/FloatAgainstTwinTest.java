package io.github.sparklatent.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.DoubleProducts;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Categorical;
import io.github.sparklatent.nn.likelihood.ColumnFamily;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.IndependentColumns;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.nn.likelihood.OutputGaussian;
import io.github.sparklatent.nn.likelihood.Poisson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is computed in floats against the same sources in doubles, from the same numbers: apart by no more than floats
 * round.
 *
 * <p>A sum of k products is off by k u times the sum of their sizes (Higham 2002, section 3.1), an elementary function
 * by a few u; through all layers here fewer than a hundred terms meet in a number, and the sizes are some ten times the
 * largest result at most: 1000 u of that.
 */
class FloatAgainstTwinTest {
    private static final int ROWS = 18;
    private static final double TOLERANCE = 1000 * TestNetworks.U;

    static Stream<Arguments> networks() {
        List<Arguments> networks = new ArrayList<>();
        for (Activation f : Activation.values()) {
            networks.add(Arguments.of(encoder(f), twinEncoder(f)));
            networks.add(Arguments.of(decoder(f), twinDecoder(f)));
        }
        return networks.stream();
    }

    private static Layer encoder(Activation f) {
        ImageShape image = new ImageShape(1, 6, 5);
        return new NetworkPlan(30, image, f, Initialization.HE_UNIFORM)
                .encoder("e", List.of(new LayerSpec.Kernel(3, 3, 2), new LayerSpec.Width(7)), 4);
    }

    private static io.github.sparklatent.twin.nn.Layer twinEncoder(Activation f) {
        return twinPlan(f).encoder("e", twinHidden(), 4);
    }

    private static Layer decoder(Activation f) {
        ImageShape image = new ImageShape(1, 6, 5);
        return new NetworkPlan(30, image, f, Initialization.HE_UNIFORM)
                .decoder("d", 4, List.of(new LayerSpec.Width(7), new LayerSpec.Kernel(3, 3, 2)), 30);
    }

    private static io.github.sparklatent.twin.nn.Layer twinDecoder(Activation f) {
        return twinPlan(f).decoder("d", 4, io.github.sparklatent.twin.nn.NetworkPlan.reversed(twinHidden()), 30);
    }

    private static io.github.sparklatent.twin.nn.NetworkPlan twinPlan(Activation f) {
        return new io.github.sparklatent.twin.nn.NetworkPlan(
                30,
                new io.github.sparklatent.twin.nn.ImageShape(1, 6, 5),
                io.github.sparklatent.twin.nn.Activation.valueOf(f.name()),
                io.github.sparklatent.twin.nn.Initialization.HE_UNIFORM);
    }

    private static List<io.github.sparklatent.twin.nn.LayerSpec> twinHidden() {
        return List.of(
                new io.github.sparklatent.twin.nn.LayerSpec.Kernel(3, 3, 2),
                new io.github.sparklatent.twin.nn.LayerSpec.Width(7));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void network(Layer layer, io.github.sparklatent.twin.nn.Layer twin) {
        float[] parameters = TestNetworks.start(layer, 1);
        FMatrixRMaj input = TestNetworks.normal(ROWS, layer.inputs(), 2);
        FMatrixRMaj slope = TestNetworks.normal(ROWS, layer.outputs(), 3);
        float[] gradient = new float[parameters.length];
        double[] twinGradient = new double[parameters.length];
        Layer.Worker worker = layer.worker(ROWS, 0, new FloatProducts());
        io.github.sparklatent.twin.nn.Layer.Worker other = twin.worker(ROWS, 0, new DoubleProducts());
        double[] wide = widen(parameters);
        close(worker.forward(parameters, input).data, other.forward(wide, widen(input)).data, "outputs");
        DMatrixRMaj twinSlope = widen(slope);
        close(
                worker.backward(parameters, slope, Gradient.writtenTo(gradient), true).data,
                other.backward(wide, twinSlope, io.github.sparklatent.twin.nn.Gradient.writtenTo(twinGradient), true)
                        .data,
                "input's gradient");
        close(gradient, twinGradient, "gradient");
    }

    static Stream<Arguments> likelihoods() {
        return Stream.concat(plain(), families());
    }

    private static Stream<Arguments> plain() {
        return Stream.of(
                Arguments.of(new Bernoulli(9), new io.github.sparklatent.twin.nn.likelihood.Bernoulli(9)),
                Arguments.of(Gaussian.fixed(9, 0.5), io.github.sparklatent.twin.nn.likelihood.Gaussian.fixed(9, 0.5)),
                Arguments.of(Gaussian.learnt(9), io.github.sparklatent.twin.nn.likelihood.Gaussian.learnt(9)),
                Arguments.of(
                        new OutputGaussian(9, 0.1),
                        new io.github.sparklatent.twin.nn.likelihood.OutputGaussian(9, 0.1)),
                Arguments.of(
                        new Categorical(9, false), new io.github.sparklatent.twin.nn.likelihood.Categorical(9, false)),
                Arguments.of(new Poisson(9), new io.github.sparklatent.twin.nn.likelihood.Poisson(9)));
    }

    private static Stream<Arguments> families() {
        return Stream.of(ColumnFamily.values())
                .map(family -> Arguments.of(
                        new IndependentColumns(family, 9),
                        new io.github.sparklatent.twin.nn.likelihood.IndependentColumns(
                                io.github.sparklatent.twin.nn.likelihood.ColumnFamily.valueOf(family.name()), 9)));
    }

    @ParameterizedTest
    @MethodSource("likelihoods")
    void likelihood(Likelihood likelihood, io.github.sparklatent.twin.nn.likelihood.Likelihood twin) {
        float[] parameters = new float[Parameter.length(likelihood.parameters())];
        Arrays.fill(parameters, 0.3f);
        float[] scale = TestNetworks.normal(1, ROWS, 1).data;
        FMatrixRMaj outputs = TestNetworks.normal(ROWS, likelihood.outputs(), 2);
        FMatrixRMaj x = new FMatrixRMaj(ROWS, likelihood.width());
        Likelihood.Worker worker = likelihood.worker(ROWS, 0);
        io.github.sparklatent.twin.nn.likelihood.Likelihood.Worker other = twin.worker(ROWS, 0);
        worker.sample(parameters, outputs, new SplittableRandom(3), x);

        double[] density = new double[ROWS];
        double[] twinDensity = new double[ROWS];
        worker.logDensity(parameters, outputs, x, density);
        other.logDensity(widen(parameters), widen(outputs), widen(x), twinDensity);
        for (int i = 0; i < ROWS; i++) {
            assertThat(density[i]).isCloseTo(twinDensity[i], within(TOLERANCE * Math.abs(twinDensity[i])));
        }

        FMatrixRMaj slope = new FMatrixRMaj(ROWS, likelihood.outputs());
        DMatrixRMaj twinSlope = new DMatrixRMaj(ROWS, likelihood.outputs());
        float[] gradient = new float[parameters.length];
        double[] twinGradient = new double[parameters.length];
        worker.gradient(outputs, x, scale, slope, gradient);
        other.gradient(widen(outputs), widen(x), widen(scale), twinSlope, twinGradient);
        close(slope.data, twinSlope.data, "outputs' gradient");
        close(gradient, twinGradient, "own gradient");

        FMatrixRMaj mean = new FMatrixRMaj(1, 1);
        DMatrixRMaj twinMean = new DMatrixRMaj(1, 1);
        worker.mean(parameters, outputs, mean);
        other.mean(widen(parameters), widen(outputs), twinMean);
        close(mean.data, twinMean.data, "mean");
    }

    private static void close(float[] actual, double[] expected, String what) {
        assertThat(actual).hasSameSizeAs(expected);
        double largest = 0;
        for (double number : expected) {
            largest = Math.max(largest, Math.abs(number));
        }
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i])
                    .as("entry %d of the %s", i, what)
                    .isCloseTo(expected[i], within(TOLERANCE * largest));
        }
    }

    private static double[] widen(float[] numbers) {
        double[] wide = new double[numbers.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = numbers[i];
        }
        return wide;
    }

    private static DMatrixRMaj widen(FMatrixRMaj matrix) {
        return new DMatrixRMaj(matrix.numRows, matrix.numCols, true, widen(matrix.data));
    }
}
