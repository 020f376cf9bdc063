package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.linalg.FloatView;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * A convolution of an image; strictly a cross-correlation, as usual in the field.
 *
 * <pre>
 *   out[o][y][x] = f(b_o + Σ_cij W[o][c][i][j] image[c][y·stride + i − padding][x·stride + j − padding])
 * </pre>
 *
 * <p>W is channels × (c·k·k). The products are computed for a few images at a time, see {@link Im2colBuffers}.
 *
 * @param image the input
 * @param channels number of channels of the output
 * @param kernel height and width of the kernels
 * @param stride pixels from one place of a kernel to the next
 * @param padding pixels of zeros around the image
 * @param activation f
 * @param initialization random initialisation of the weights; fan_in is c·k·k
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
        new Im2col(image, kernel, stride, padding);
    }

    private Im2col patches() {
        return new Im2col(image, kernel, stride, padding);
    }

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
        return ConvolutionParameters.parameters(channels, patches().rows(), channels);
    }

    @Override
    public void initialize(float[] parameters, int offset, RandomGenerator random) {
        double fanIn = patches().rows();
        double fanOut = channels * (double) kernel * kernel / stride / stride;
        double bound = initialization.bound(fanIn, fanOut, activation);
        ConvolutionParameters.initialize(parameters(), parameters, offset, bound, random);
    }

    @Override
    public Layer.Worker worker(int maxRows, int offset, FloatProducts products) {
        return new Worker(this, maxRows, offset, products);
    }

    private static final class Worker implements Layer.Worker {
        private final int channels;
        private final int cells;
        private final int weights;
        private final int bias;
        private final Im2colBuffers buffers;
        private final ActivationBuffers activated;
        private final FloatProducts products;
        private final FMatrixRMaj inputGradient = new FMatrixRMaj(0, 0);
        private FMatrixRMaj input;

        Worker(Convolution layer, int maxRows, int offset, FloatProducts products) {
            this.products = products;
            Im2col patches = layer.patches();
            this.channels = layer.channels;
            this.cells = patches.rows();
            this.weights = offset;
            this.bias = offset + channels * cells;
            this.buffers = new Im2colBuffers(patches, channels);
            this.activated = new ActivationBuffers(layer.activation, maxRows, layer.outputs());
        }

        private FloatView kernels(float[] vector) {
            return FloatView.of(vector, weights, channels, cells);
        }

        @Override
        public FMatrixRMaj forward(float[] parameters, FMatrixRMaj input) {
            this.input = input;
            FMatrixRMaj sums = activated.sums(input.numRows);
            for (int row = 0; row < input.numRows; row += Im2colBuffers.GROUP) {
                buffers.read(input, row);
                for (int s = 0; s < buffers.strips(); s++) {
                    buffers.gather(s);
                    products.multiply(kernels(parameters), buffers.patches(s), buffers.images(s));
                }
                buffers.store(sums, row);
            }
            ConvolutionParameters.addBias(parameters, bias, channels, sums);
            return activated.forward();
        }

        @Override
        public FMatrixRMaj backward(
                float[] parameters, FMatrixRMaj outputGradient, Gradient gradient, boolean wantsInput) {
            activated.backward(outputGradient);
            if (gradient.isWanted()) {
                gradient.begin(weights, channels * (cells + 1));
                ConvolutionParameters.addSlope(outputGradient, channels, gradient.values(), bias);
            }
            if (wantsInput) {
                inputGradient.reshape(input.numRows, input.numCols);
            }
            FloatView transposed = kernels(parameters).transpose();
            for (int row = 0; row < input.numRows; row += Im2colBuffers.GROUP) {
                buffers.read(input, row);
                buffers.load(outputGradient, row);
                buffers.clear();
                for (int s = 0; s < buffers.strips(); s++) {
                    FloatView images = buffers.images(s);
                    FloatView seen = buffers.patches(s);
                    if (gradient.isWanted()) {
                        buffers.gather(s);
                        products.multiplyAdd(images, seen.transpose(), kernels(gradient.values()));
                    }
                    if (wantsInput) {
                        products.multiply(transposed, images, seen);
                        buffers.scatter(s);
                    }
                }
                if (wantsInput) {
                    buffers.write(inputGradient, row);
                }
            }
            return wantsInput ? inputGradient : null;
        }
    }
}
