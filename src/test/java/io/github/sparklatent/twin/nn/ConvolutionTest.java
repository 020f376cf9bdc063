package io.github.sparklatent.twin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.DoubleProducts;
import io.github.sparklatent.linalg.TestMatrices;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions against their formula, cell by cell, and against each other. */
class ConvolutionTest {
    /** More than are computed side by side. */
    private static final int ROWS = 18;

    private static final int CHANNELS = 3;

    /** Of height, width, kernel, stride and padding. */
    @ParameterizedTest
    @Retention(RetentionPolicy.RUNTIME)
    @CsvSource({
        "1, 1, 1, 1, 0",
        "5, 7, 1, 1, 0",
        "5, 7, 3, 1, 1",
        "5, 7, 3, 2, 1",
        "6, 6, 4, 2, 1",
        "6, 5, 5, 3, 4",
        "4, 9, 2, 3, 0",
        "3, 3, 3, 1, 0",
        "2, 2, 4, 1, 3",
        "2, 8, 5, 2, 2",
        "16, 15, 3, 1, 1",
        "31, 17, 2, 1, 0"
    })
    private @interface Shapes {}

    private static Convolution convolution(int height, int width, int kernel, int stride, int padding) {
        return new Convolution(
                new ImageShape(2, height, width),
                CHANNELS,
                kernel,
                stride,
                padding,
                Activation.LINEAR,
                Initialization.HE_UNIFORM,
                false);
    }

    private static int weights(Layer layer) {
        return layer.parameters().get(0).length();
    }

    @Shapes
    void isItsFormula(int height, int width, int kernel, int stride, int padding) {
        Convolution layer = convolution(height, width, kernel, stride, padding);
        double[] parameters = TestMatrices.normal(1, weights(layer) + CHANNELS, 1).data;
        DMatrixRMaj input = TestMatrices.normal(ROWS, layer.inputs(), 2);
        ImageShape out = layer.places();
        DMatrixRMaj actual = layer.worker(ROWS, 0, new DoubleProducts()).forward(parameters, input);
        for (int i = 0; i < ROWS; i++) {
            for (int o = 0; o < CHANNELS; o++) {
                for (int y = 0; y < out.height(); y++) {
                    for (int x = 0; x < out.width(); x++) {
                        double expected = cell(layer, parameters, input, new int[] {i, o, y, x});
                        int column = (o * out.height() + y) * out.width() + x;
                        // Some fifty terms of a few units.
                        assertThat(actual.get(i, column)).isCloseTo(expected, within(1e-12));
                    }
                }
            }
        }
    }

    private static double cell(Convolution layer, double[] parameters, DMatrixRMaj input, int[] at) {
        ImageShape image = layer.image();
        int k = layer.kernel();
        double sum = parameters[weights(layer) + at[1]];
        for (int c = 0; c < image.channels(); c++) {
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    int y = at[2] * layer.stride() + i - layer.padding();
                    int x = at[3] * layer.stride() + j - layer.padding();
                    if (y >= 0 && y < image.height() && x >= 0 && x < image.width()) {
                        int pixel = (c * image.height() + y) * image.width() + x;
                        int weight = ((at[1] * image.channels() + c) * k + i) * k + j;
                        sum += parameters[weight] * input.get(at[0], pixel);
                    }
                }
            }
        }
        return sum;
    }

    @Shapes
    void theTransposedOneIsTheAdjoint(int height, int width, int kernel, int stride, int padding) {
        Convolution layer = convolution(height, width, kernel, stride, padding);
        Convolution adjoint = new Convolution(
                layer.image(), CHANNELS, kernel, stride, padding, Activation.LINEAR, Initialization.HE_UNIFORM, true);
        assertThat(adjoint.inputs()).isEqualTo(layer.outputs());
        assertThat(weights(adjoint)).isEqualTo(weights(layer));
        double[] parameters = TestMatrices.normal(1, weights(layer), 1).data;
        DMatrixRMaj x = TestMatrices.normal(ROWS, layer.inputs(), 2);
        DMatrixRMaj y = TestMatrices.normal(ROWS, layer.outputs(), 3);
        double[] noBias = Arrays.copyOf(parameters, parameters.length + CHANNELS);
        double left = LayerGradientTest.dot(
                layer.worker(ROWS, 0, new DoubleProducts()).forward(noBias, x), y);
        double right = LayerGradientTest.dot(
                x, adjoint.worker(ROWS, 0, new DoubleProducts()).forward(noBias, y));
        // Some ten thousand terms about 1, rounded in different orders.
        assertThat(left).isCloseTo(right, within(1e-10));
        assertThat(Math.abs(left)).isGreaterThan(1e-3);
    }
}
