package io.github.sparklatent.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.linalg.FloatProducts;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker's buffers are made once, and a smaller batch in them is as one in buffers of its own. */
class BuffersTest {
    private static final int MAX_ROWS = 18;

    static Stream<Layer> layers() {
        ImageShape image = new ImageShape(2, 4, 4);
        Initialization start = Initialization.HE_UNIFORM;
        return Stream.of(
                new Dense(32, 3, Activation.RELU),
                new Dense(32, 3, Activation.GELU),
                new Convolution(image, 3, 3, 2, 1, Activation.SOFTPLUS, start, false),
                new Convolution(image, 3, 3, 2, 1, Activation.TANH, start, true),
                new NetworkPlan(32, image, Activation.GELU, start)
                        .encoder("encoder", List.of(new LayerSpec.Kernel(2, 3, 1)), 4));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void areUsedAgain(Layer layer) {
        float[] parameters = TestNetworks.start(layer, 1);
        float[] gradient = new float[parameters.length];
        FMatrixRMaj input = TestNetworks.normal(MAX_ROWS, layer.inputs(), 2);
        FMatrixRMaj slope = TestNetworks.normal(MAX_ROWS, layer.outputs(), 3);
        Layer.Worker worker = layer.worker(MAX_ROWS, 0, new FloatProducts());
        float[] output = worker.forward(parameters, input).data;
        float[] back = worker.backward(parameters, slope.copy(), Gradient.writtenTo(gradient), true).data;
        for (int rows : new int[] {2, MAX_ROWS, 1}) {
            FMatrixRMaj some = TestNetworks.slice(input, 0, rows);
            FMatrixRMaj forward = worker.forward(parameters, some);
            assertThat(forward.data).isSameAs(output);
            assertThat(forward.numRows).isEqualTo(rows);
            FMatrixRMaj backward =
                    worker.backward(parameters, TestNetworks.slice(slope, 0, rows), Gradient.writtenTo(gradient), true);
            assertThat(backward.data).isSameAs(back);
            assertThat(backward.numRows).isEqualTo(rows);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void ofASmallerBatchHoldNothingOfTheLargerOne(Layer layer) {
        float[] parameters = TestNetworks.start(layer, 1);
        FMatrixRMaj input = TestNetworks.normal(MAX_ROWS, layer.inputs(), 2);
        FMatrixRMaj slope = TestNetworks.normal(MAX_ROWS, layer.outputs(), 3);
        Layer.Worker used = layer.worker(MAX_ROWS, 0, new FloatProducts());
        used.forward(parameters, input);
        used.backward(parameters, slope.copy(), Gradient.writtenTo(new float[parameters.length]), true);
        assertThat(pass(used, parameters, input, slope))
                .isEqualTo(pass(layer.worker(2, 0, new FloatProducts()), parameters, input, slope));
    }

    /** Outputs, gradient and input's gradient of two rows. */
    private static List<float[]> passed(Layer.Worker worker, float[] parameters, FMatrixRMaj input, FMatrixRMaj slope) {
        float[] gradient = new float[parameters.length];
        FMatrixRMaj out = worker.forward(parameters, TestNetworks.slice(input, 1, 3));
        float[] outputs = Arrays.copyOf(out.data, out.getNumElements());
        FMatrixRMaj back =
                worker.backward(parameters, TestNetworks.slice(slope, 1, 3), Gradient.writtenTo(gradient), true);
        return List.of(outputs, gradient, Arrays.copyOf(back.data, back.getNumElements()));
    }

    private static String pass(Layer.Worker worker, float[] parameters, FMatrixRMaj input, FMatrixRMaj slope) {
        return passed(worker, parameters, input, slope).stream()
                .map(Arrays::toString)
                .toList()
                .toString();
    }
}
