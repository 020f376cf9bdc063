package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.linalg.FloatView;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Kernels that move over an image (strictly a cross-correlation, as everywhere in the field):
 *
 * <pre>
 *   out[o][y][x] = f(b_o + Σ_cij W[o][c][i][j] image[c][y·stride + i − padding][x·stride + j − padding])
 * </pre>
 *
 * <p>W is channels × (c·k·k). The product is taken image by image: the {@link Patches} of one stay
 * in the processor's cache, those of a batch would not, and its result already lies as an image.
 *
 * @param image the input
 * @param channels of the output
 * @param kernel height and width of the kernels
 * @param stride pixels from one place of a kernel to the next
 * @param padding pixels of zeros around the image
 * @param activation f
 * @param initialization of the weights; fan_in is c·k·k
 */
public record Convolution(
        ImageShape image,
        int channels,
        int kernel,
        int stride,
        int padding,
        Activation activation,
        Initialization initialization)
        implements Layer {
    public Convolution {
        Check.that(channels >= 1, "convolution has %d channels, expected at least 1", channels);
        new Patches(image, kernel, stride, padding);
    }

    private Patches patches() {
        return new Patches(image, kernel, stride, padding);
    }

    /** The output as an image. */
    public ImageShape output() {
        return new ImageShape(channels, patches().height(), patches().width());
    }

    @Override
    public int inputs() {
        return image.size();
    }

    @Override
    public int outputs() {
        return output().size();
    }

    @Override
    public List<Parameter> parameters() {
        return Kernels.parameters(channels, patches().rows(), channels);
    }

    @Override
    public void initialize(float[] parameters, int offset, RandomGenerator random) {
        double fanIn = patches().rows();
        double fanOut = channels * (double) kernel * kernel / stride / stride;
        double bound = initialization.bound(fanIn, fanOut, activation);
        Kernels.initialize(parameters(), parameters, offset, bound, random);
    }

    @Override
    public Layer.Worker worker(int maxRows, int offset) {
        return new Worker(this, maxRows, offset);
    }

    private static final class Worker implements Layer.Worker {
        private final Convolution layer;
        private final Patches patches;
        private final int weights;
        private final int bias;
        private final int maxRows;
        private final float[] seen;
        private final Activated activated;
        private final FloatProducts products = new FloatProducts();
        private FMatrixRMaj input;
        private FMatrixRMaj inputGradient;

        Worker(Convolution layer, int maxRows, int offset) {
            this.layer = layer;
            this.patches = layer.patches();
            this.weights = offset;
            this.bias = offset + layer.channels * patches.rows();
            this.maxRows = maxRows;
            this.seen = new float[patches.rows() * patches.columns()];
            this.activated = new Activated(layer.activation, maxRows, layer.outputs());
        }

        private FloatView seen() {
            return FloatView.of(seen, 0, patches.rows(), patches.columns());
        }

        private FloatView kernels(float[] vector) {
            return FloatView.of(vector, weights, layer.channels, patches.rows());
        }

        private FloatView image(FMatrixRMaj outputs, int row) {
            int at = row * outputs.numCols;
            return FloatView.of(outputs.data, at, layer.channels, patches.columns());
        }

        @Override
        public FMatrixRMaj forward(float[] parameters, FMatrixRMaj input) {
            this.input = input;
            FMatrixRMaj sums = activated.sums(input.numRows);
            FloatView kernels = kernels(parameters);
            Kernels.spreadBias(parameters, bias, layer.channels, sums);
            for (int i = 0; i < input.numRows; i++) {
                patches.gather(input.data, i * input.numCols, seen);
                products.multiplyAdd(kernels, seen(), image(sums, i));
            }
            return activated.forward();
        }

        @Override
        public FMatrixRMaj backward(
                float[] parameters,
                FMatrixRMaj outputGradient,
                float[] gradient,
                boolean wantsInput) {
            activated.backward(outputGradient);
            Kernels.addBias(outputGradient, layer.channels, gradient, bias);
            FloatView slope = kernels(gradient);
            for (int i = 0; i < input.numRows; i++) {
                patches.gather(input.data, i * input.numCols, seen);
                products.multiplyAdd(image(outputGradient, i), seen().transpose(), slope);
            }
            return wantsInput ? inputGradient(parameters, outputGradient) : null;
        }

        private FMatrixRMaj inputGradient(float[] parameters, FMatrixRMaj delta) {
            int columns = layer.inputs();
            if (inputGradient == null) {
                inputGradient = new FMatrixRMaj(maxRows, columns);
            }
            inputGradient.reshape(input.numRows, columns);
            Arrays.fill(inputGradient.data, 0, input.numRows * columns, 0f);
            FloatView kernels = kernels(parameters).transpose();
            for (int i = 0; i < input.numRows; i++) {
                products.multiply(kernels, image(delta, i), seen());
                patches.scatter(seen, inputGradient.data, i * columns);
            }
            return inputGradient;
        }
    }
}
