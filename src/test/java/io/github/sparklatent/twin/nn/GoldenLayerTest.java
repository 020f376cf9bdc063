package io.github.sparklatent.twin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.DoubleProducts;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Layers beside PyTorch 1.13.1, in double precision:
 *
 * <pre>
 * import torch, torch.nn.functional as F
 * x = torch.arange(12, dtype=torch.float64).reshape(1, 1, 3, 4)
 * x = torch.cat([x / 4 - 1, 1 - x * x / 50], 1)
 * w = torch.tensor([((i * 7) % 11 - 5) / 8 for i in range(24)], dtype=torch.float64).reshape(3, 2, 2, 2)
 * b = torch.tensor([0.5, -0.25, 1.0], dtype=torch.float64)
 * y = F.conv2d(x, w, b, stride=2, padding=1)
 * t = F.conv_transpose2d(y, w, b[:2], stride=2, padding=1, output_padding=(1, 0))
 * print(y.flatten().tolist(), t.flatten().tolist())
 * v = torch.tensor([-3., -1., -.25, 0., .5, 2.], dtype=torch.float64)
 * for f in [F.relu, F.leaky_relu, torch.tanh, torch.sigmoid, F.softplus, lambda a: F.gelu(a, approximate='tanh')]:
 *     print(f(v).tolist())
 * </pre>
 */
class GoldenLayerTest {
    /** Sums of some ten terms up to 2. */
    private static final Offset<Double> ROUNDING = within(1e-14);

    private static final double[] CONVOLVED = {
        -0.125, 0.865, 0.9725, 0.87, 0.74125, -1.11375, 0.5, 0.88375, 0.29375, -1.08, -1.73875, -1.72625, 1.75, 0.8675,
        0.4875, 0.345, 0.69625, 1.61375
    };
    private static final double[] TRANSPOSED = {
        -0.765625,
        0.17328125,
        0.05453125,
        0.22015625,
        0.485,
        0.645,
        0.38140625,
        1.4540625,
        1.54625,
        0.53203125,
        1.701875,
        0.99421875,
        0.25,
        0.19265625,
        0.07734375,
        0.11515625,
        -0.349375,
        -0.3309375,
        -0.1803125,
        -0.215625,
        -0.29875,
        -1.40125,
        -0.29328125,
        -2.894375
    };

    private static final ImageShape IMAGE = new ImageShape(2, 3, 4);
    private static final Initialization START = Initialization.HE_UNIFORM;

    /** The 24 weights, then biases. */
    private static double[] parameters(double... biases) {
        double[] parameters = Arrays.copyOf(new double[0], 24 + biases.length);
        Arrays.setAll(parameters, i -> (i * 7 % 11 - 5) / 8.0);
        System.arraycopy(biases, 0, parameters, 24, biases.length);
        return parameters;
    }

    /** The same row twice: a batch. */
    private static DMatrixRMaj twice(double[] row) {
        double[] rows = Stream.of(row, row).flatMapToDouble(Arrays::stream).toArray();
        return new DMatrixRMaj(2, row.length, true, rows);
    }

    @Test
    void convolution() {
        double[] x = new double[24];
        IntStream.range(0, 12).forEach(i -> x[i] = i / 4.0 - 1);
        IntStream.range(0, 12).forEach(i -> x[12 + i] = 1 - i * i / 50.0);
        Convolution layer = new Convolution(IMAGE, 3, 2, 2, 1, Activation.LINEAR, START, false);
        assertThat(layer.places()).isEqualTo(new ImageShape(3, 2, 3));
        DMatrixRMaj out = layer.worker(2, 0, new DoubleProducts()).forward(parameters(0.5, -0.25, 1), twice(x));
        assertThat(out.data).containsExactly(twice(CONVOLVED).data, ROUNDING);
    }

    @Test
    void transposedConvolution() {
        Convolution layer = new Convolution(IMAGE, 3, 2, 2, 1, Activation.LINEAR, START, true);
        assertThat(layer.places()).isEqualTo(new ImageShape(3, 2, 3));
        DMatrixRMaj out = layer.worker(2, 0, new DoubleProducts()).forward(parameters(0.5, -0.25), twice(CONVOLVED));
        assertThat(out.data).containsExactly(twice(TRANSPOSED).data, ROUNDING);
    }

    private static final Map<Activation, double[]> ACTIVATED = Map.of(
            Activation.LINEAR,
            new double[] {-3, -1, -0.25, 0, 0.5, 2},
            Activation.RELU,
            new double[] {0, 0, 0, 0, 0.5, 2},
            Activation.LEAKY_RELU,
            new double[] {-0.03, -0.01, -0.0025, 0, 0.5, 2},
            Activation.TANH,
            new double[] {
                -0.9950547536867305,
                -0.7615941559557649,
                -0.24491866240370913,
                0,
                0.46211715726000974,
                0.9640275800758169
            },
            Activation.SIGMOID,
            new double[] {
                0.04742587317756678,
                0.2689414213699951,
                0.43782349911420193,
                0.5,
                0.6224593312018546,
                0.8807970779778823
            },
            Activation.SOFTPLUS,
            new double[] {
                0.04858735157374206, 0.31326168751822286, 0.5759394198788436,
                0.6931471805599453, 0.9740769841801067, 2.1269280110429727
            },
            Activation.GELU,
            new double[] {
                -0.0036373920817729943,
                -0.15880800939172324,
                -0.100324649298315,
                0,
                0.34571400982514394,
                1.954597694087775
            });

    @ParameterizedTest
    @EnumSource
    void activation(Activation activation) {
        DMatrixRMaj x = new DMatrixRMaj(6, 1, true, -3, -1, -0.25, 0, 0.5, 2);
        DMatrixRMaj out =
                new Dense(1, 1, activation).worker(6, 0, new DoubleProducts()).forward(new double[] {1, 0}, x);
        assertThat(out.data).containsExactly(ACTIVATED.get(activation), ROUNDING);
    }

    @Test
    void dense() {
        double[] parameters = {1, 2, 3, 4, 5, 6, 0.5, -0.5, 0};
        DMatrixRMaj x = new DMatrixRMaj(2, 2, true, 1, 10, -1, 2);
        DMatrixRMaj out = new Dense(2, 3, Activation.RELU)
                .worker(2, 0, new DoubleProducts())
                .forward(parameters, x);
        assertThat(out.data).containsExactly(41.5, 51.5, 63, 7.5, 7.5, 9);
    }
}
