package io.github.sparklatent.twin.gan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.DoubleProducts;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.twin.nn.Activation;
import io.github.sparklatent.twin.nn.Initialization;
import io.github.sparklatent.twin.nn.Layer;
import io.github.sparklatent.twin.nn.LayerSpec;
import io.github.sparklatent.twin.nn.Logarithm;
import io.github.sparklatent.twin.nn.Network;
import io.github.sparklatent.twin.nn.NetworkPlan;
import io.github.sparklatent.twin.nn.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The penalty's derivative in floats against that in doubles, whose steps are 800 times shorter, on columns of
 * different scales.
 */
class FloatPenaltyTest {
    private static final int NUMBERS = 4;
    private static final int COUNTS = 2;
    private static final int WIDTH = NUMBERS + COUNTS;
    private static final double WEIGHT = 0.7;

    /**
     * A difference in floats is right to ε^⅔ of the derivative, 2e-5, for each thing it is a sum of that is as large. A
     * column far wider than the others moves these further, so that the differences are curved.
     */
    @ParameterizedTest
    @CsvSource({"1, 1, 0.0005", "1, 500, 0.0005", "1, 1000000, 0.0005", "0.01, 1, 0.0005", "100, 1, 0.01"})
    void isThatOfDoublesWhereWeightsHaveAdapted(double deviation, double count, double tolerance) {
        Network network = network();
        assertClose(network, parameters(network, 1, deviation), table(64, 1, deviation, count), tolerance);
    }

    /** Weights that are drawn do not know which columns hardly vary. */
    @ParameterizedTest
    @CsvSource({"64, 1, 1e-4", "64, 1, 1e-7", "64, 4, 1e-5", "64, 4, 1e-9", "1, 1, 1e-7", "1, 4, 1"})
    void isNearlyThatOfDoublesWhereTheyHaveNot(int rows, int columns, double deviation) {
        Network network = network();
        assertClose(network, parameters(network, 0, 1), table(rows, columns, deviation, 1), 2.0 / 64);
    }

    private static DMatrixRMaj table(int rows, int columns, double deviation, double count) {
        DMatrixRMaj table = TestMatrices.normal(rows, WIDTH, 5);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                table.set(i, j, (float) (deviation * table.get(i, j)));
            }
            for (int j = NUMBERS; j < WIDTH; j++) {
                double mean = j == NUMBERS ? 2 : count;
                table.set(i, j, Math.rint(mean * Math.exp(table.get(i, j))));
            }
        }
        return table;
    }

    private static void assertClose(Network network, double[] parameters, DMatrixRMaj rows, double tolerance) {
        double[] expected = difference(network, parameters, rows);
        double[] actual = floatDifference(parameters, rows);
        double[] errors = new double[actual.length];
        Arrays.setAll(errors, i -> actual[i] - expected[i]);
        assertThat(norm(errors)).isLessThan(tolerance * norm(expected));
    }

    /** Counts by their logarithms first, as in every network of a table with counts. */
    private static Network network() {
        Network dense = new NetworkPlan(WIDTH, null, Activation.TANH, Initialization.HE_UNIFORM)
                .encoder("discriminator", List.of(new LayerSpec.Width(16)), 1);
        List<Layer> layers = new ArrayList<>();
        layers.add(new Logarithm(WIDTH, List.of(NUMBERS, NUMBERS + 1), List.of()));
        layers.addAll(dense.layers());
        return new Network("discriminator", layers);
    }

    /** Drawn, then adapted to columns of such a deviation, as training adapts them. */
    private static double[] parameters(Network network, int columns, double deviation) {
        double[] parameters = new double[Parameter.length(network.parameters())];
        network.initialize(parameters, 0, RandomStreams.of(3, Purpose.WEIGHTS));
        RandomGenerator random = RandomStreams.of(12, Purpose.NOISE);
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) (parameters[i] + 0.2 * random.nextGaussian());
        }
        for (int k = 0; k < columns * 16; k++) {
            parameters[k] = (float) (parameters[k] / deviation);
        }
        return parameters;
    }

    /** With the penalty, less what it is without: the generated rows are the real ones. */
    private static double[] difference(Network network, double[] parameters, DMatrixRMaj rows) {
        double[] shares = new double[rows.numRows];
        Arrays.fill(shares, 1.0 / shares.length);
        double[] difference = new double[parameters.length];
        double[] gradient = new double[parameters.length];
        for (double weight : new double[] {0, WEIGHT}) {
            AdversarialOptions options = AdversarialOptions.DEFAULT.withGradientPenalty(weight);
            new AdversarialTerm(new Discriminator(network, options), rows.numRows, 0, new DoubleProducts())
                    .discriminator(parameters, rows, shares, gradient, rows);
            for (int i = 0; i < gradient.length; i++) {
                difference[i] = gradient[i] - difference[i];
            }
        }
        return difference;
    }

    private static double[] floatDifference(double[] parameters, DMatrixRMaj rows) {
        float[] shares = new float[rows.numRows];
        Arrays.fill(shares, 1f / shares.length);
        FMatrixRMaj floats = new FMatrixRMaj(rows.numRows, WIDTH);
        for (int i = 0; i < rows.data.length; i++) {
            floats.data[i] = (float) rows.data[i];
        }
        float[] used = new float[parameters.length];
        for (int i = 0; i < used.length; i++) {
            used[i] = (float) parameters[i];
        }
        io.github.sparklatent.nn.Network dense = new io.github.sparklatent.nn.NetworkPlan(
                        WIDTH,
                        null,
                        io.github.sparklatent.nn.Activation.TANH,
                        io.github.sparklatent.nn.Initialization.HE_UNIFORM)
                .encoder("discriminator", List.of(new io.github.sparklatent.nn.LayerSpec.Width(16)), 1);
        List<io.github.sparklatent.nn.Layer> layers = new ArrayList<>();
        layers.add(new io.github.sparklatent.nn.Logarithm(WIDTH, List.of(NUMBERS, NUMBERS + 1), List.of()));
        layers.addAll(dense.layers());
        var network = new io.github.sparklatent.nn.Network("discriminator", layers);
        double[] difference = new double[parameters.length];
        float[] gradient = new float[parameters.length];
        for (double weight : new double[] {0, WEIGHT}) {
            var options = io.github.sparklatent.gan.AdversarialOptions.DEFAULT.withGradientPenalty(weight);
            new io.github.sparklatent.gan.AdversarialTerm(
                            new io.github.sparklatent.gan.Discriminator(network, options),
                            rows.numRows,
                            0,
                            new FloatProducts())
                    .discriminator(used, floats, shares, gradient, floats);
            for (int i = 0; i < gradient.length; i++) {
                difference[i] = gradient[i] - difference[i];
            }
        }
        return difference;
    }

    private static double norm(double[] values) {
        return Math.sqrt(Arrays.stream(values).map(x -> x * x).sum());
    }
}
