package io.github.sparklatent.twin.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.linalg.DoubleProducts;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.twin.GradientCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each layer's backward pass, every parameter and every input, against differences. */
class LayerGradientTest {
    private static final int ROWS = 3;
    private static final int BEFORE = 4;
    private static final int AFTER = 3;

    static Stream<Layer> layers() {
        List<Layer> layers = new ArrayList<>();
        for (Activation f : Activation.values()) {
            layers.add(new Dense(5, 4, f));
        }
        layers.add(new Dense(1, 1, Activation.TANH));
        layers.add(new Dense(13, 9, Activation.TANH)); // with more weights than a batch has numbers
        layers.add(new Mask(4));
        layers.add(new Logarithm(4, List.of(3, 1), List.of(0)));
        ImageShape image = new ImageShape(2, 5, 4);
        for (int[] k : new int[][] {{1, 1, 0}, {3, 1, 1}, {3, 2, 1}, {2, 2, 0}, {4, 3, 2}}) {
            Activation f = k[1] == 2 ? Activation.GELU : Activation.SIGMOID;
            layers.addAll(convolutions(image, 3, k[0], k[1], k[2], f));
        }
        ImageShape large = new ImageShape(1, 16, 15); // in several strips of lines
        layers.addAll(convolutions(large, 2, 3, 1, 1, Activation.TANH));
        NetworkPlan plan = new NetworkPlan(40, image, Activation.SOFTPLUS, Initialization.XAVIER_UNIFORM);
        List<LayerSpec> hidden = List.of(new LayerSpec.Kernel(3, 3, 2), new LayerSpec.Width(6));
        layers.add(plan.encoder("encoder", hidden, 4));
        layers.add(plan.decoder("decoder", 2, NetworkPlan.reversed(hidden), 80));
        return layers.stream();
    }

    private static List<Layer> convolutions(
            ImageShape image, int channels, int kernel, int stride, int padding, Activation f) {
        Initialization start = Initialization.HE_UNIFORM;
        return Stream.of(false, true)
                .<Layer>map(t -> new Convolution(image, channels, kernel, stride, padding, f, start, t))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void everyParameterAndEveryInput(Layer layer) {
        int length = Parameter.length(layer.parameters());
        double[] parameters = TestMatrices.normal(1, BEFORE + length + AFTER, 1).data;
        DMatrixRMaj input = TestMatrices.normal(ROWS, layer.inputs(), 2);
        DMatrixRMaj direction = TestMatrices.normal(ROWS, layer.outputs(), 3);
        Layer.Worker worker = layer.worker(ROWS, BEFORE, new DoubleProducts());

        double[] gradient = new double[parameters.length];
        Arrays.fill(gradient, 1);
        worker.forward(parameters, input);
        DMatrixRMaj back = worker.backward(parameters, direction.copy(), Gradient.addedTo(gradient), true)
                .copy();

        double[] own = Arrays.copyOfRange(gradient, BEFORE, BEFORE + length);
        Arrays.setAll(own, i -> own[i] - 1); // it was added to
        GradientCheck.check(
                "the parameters", parameters, BEFORE, own, () -> dot(worker.forward(parameters, input), direction));
        GradientCheck.check(
                "the input", input.data, 0, back.data, () -> dot(worker.forward(parameters, input), direction));
        assertThat(Arrays.copyOf(gradient, BEFORE)).containsOnly(1);
        assertThat(Arrays.copyOfRange(gradient, BEFORE + length, gradient.length))
                .containsOnly(1);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void theInputsDerivativeCanBeLeftOut(Layer layer) {
        int length = Parameter.length(layer.parameters());
        double[] parameters = TestMatrices.normal(1, length, 1).data;
        DMatrixRMaj input = TestMatrices.normal(ROWS, layer.inputs(), 2);
        DMatrixRMaj direction = TestMatrices.normal(ROWS, layer.outputs(), 3);
        Layer.Worker worker = layer.worker(ROWS, 0, new DoubleProducts());
        double[] with = new double[length];
        double[] without = new double[length];
        Arrays.fill(without, 1); // is written over
        worker.forward(parameters, input);
        worker.backward(parameters, direction.copy(), Gradient.writtenTo(with), true);
        assertThat(worker.backward(parameters, direction.copy(), Gradient.writtenTo(without), false))
                .isNull();
        assertThat(without).isEqualTo(with);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void theParametersDerivativesCanBeLeftOut(Layer layer) {
        double[] parameters = TestMatrices.normal(1, Parameter.length(layer.parameters()), 1).data;
        DMatrixRMaj input = TestMatrices.normal(ROWS, layer.inputs(), 2);
        DMatrixRMaj direction = TestMatrices.normal(ROWS, layer.outputs(), 3);
        Layer.Worker worker = layer.worker(ROWS, 0, new DoubleProducts());
        worker.forward(parameters, input);
        double[] with = worker.backward(
                        parameters, direction.copy(), Gradient.writtenTo(new double[parameters.length]), true)
                .copy()
                .data;
        worker.forward(parameters, input);
        assertThat(worker.backward(parameters, direction.copy(), Gradient.NONE, true)
                        .copy()
                        .data)
                .isEqualTo(with);
    }

    static double dot(DMatrixRMaj a, DMatrixRMaj b) {
        double sum = 0;
        for (int i = 0; i < a.getNumElements(); i++) {
            sum += a.data[i] * b.data[i];
        }
        return sum;
    }
}
