package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.linalg.FloatView;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * A convolution of an image; strictly a cross-correlation, as usual in the field. Or the adjoint of a convolution: a
 * convolution of its output has the shape of its input. With a stride several output shapes have this property; the
 * wanted one is given, so there is no output padding to choose.
 *
 * <pre>
 *   out[o][y][x] = f(b_o + Σ_cij W[o][c][i][j] image[c][y·stride + i − padding][x·stride + j − padding])
 *
 *   transposed: sums[o][y·stride + i − padding][x·stride + j − padding] += Σ_c W[c][o][i][j] in[c][y][x]
 *               out = f(b_o + sums)
 * </pre>
 *
 * <p>W is channels × (c·k·k), where c is the number of channels of {@code image}. The products are computed for a few
 * images at a time, see {@link Im2col.Buffers}.
 *
 * @param image the input; the output if transposed
 * @param channels number of channels of the output; of the input if transposed
 * @param kernel height and width of the kernels
 * @param stride pixels of the image from one place of a kernel to the next
 * @param padding pixels of zeros around the image; left out of the output if transposed
 * @param activation f
 * @param initialization random initialisation of the weights; fan_in is the number of terms of an output: c·k·k, or
 *     channels · k² / stride² if transposed
 * @param transposed whether the layer is the adjoint
 */
public record Convolution(
        ImageShape image,
        int channels,
        int kernel,
        int stride,
        int padding,
        Activation activation,
        Initialization initialization,
        boolean transposed)
        implements Layer {
    public Convolution {
        new Im2col(image, kernel, stride, padding);
    }

    private Im2col patches() {
        return new Im2col(image, kernel, stride, padding);
    }

    /** Returns the shape of the other side: a pixel for each place of the kernels. */
    public ImageShape places() {
        return new ImageShape(channels, patches().height(), patches().width());
    }

    private ImageShape output() {
        return transposed ? image : places();
    }

    @Override
    public int inputs() {
        return (transposed ? places() : image).size();
    }

    @Override
    public int outputs() {
        return output().size();
    }

    @Override
    public List<Parameter> parameters() {
        int columns = patches().rows();
        int biases = output().channels();
        Check.that(
                (long) channels * columns <= Integer.MAX_VALUE - 8 - biases,
                "convolution of %d x %d weights is more than an array holds",
                channels,
                columns);
        return List.of(
                new Parameter(Parameter.WEIGHTS, 0, channels, columns),
                new Parameter("bias", channels * columns, 1, biases));
    }

    @Override
    public void initialize(float[] parameters, int offset, RandomGenerator random) {
        double cells = patches().rows();
        double ofPixel = channels * (double) kernel * kernel / stride / stride;
        double bound = initialization.bound(transposed ? ofPixel : cells, transposed ? cells : ofPixel, activation);
        Parameter bias = parameters().get(1);
        Initialization.uniform(parameters, offset, bias.offset(), bound, random);
        int at = offset + bias.offset();
        Arrays.fill(parameters, at, at + bias.length(), 0f);
    }

    @Override
    public Layer.Worker worker(int maxRows, int offset, FloatProducts products) {
        return new Worker(this, maxRows, offset, products);
    }

    /** Computes either direction, with the buffers of one task: weights, and a bias for each output channel. */
    private static final class Worker implements Layer.Worker {
        private final Im2col.Buffers buffers;
        private final ActivationBuffers activated;
        private final FloatProducts products;
        private final FMatrixRMaj inputGradient = new FMatrixRMaj(0, 0);
        private final boolean transposed;
        private FMatrixRMaj input;
        private final int channels;
        private final int cells;
        private final int outputChannels;
        private final int weights;
        private final int bias;

        Worker(Convolution layer, int maxRows, int offset, FloatProducts products) {
            this.buffers = new Im2col.Buffers(layer.patches(), layer.channels);
            this.activated = new ActivationBuffers(layer.activation, maxRows, layer.outputs());
            this.products = products;
            this.channels = layer.channels;
            this.cells = layer.patches().rows();
            this.transposed = layer.transposed;
            this.outputChannels = layer.output().channels();
            this.weights = offset;
            this.bias = offset + channels * cells;
        }

        @Override
        public FMatrixRMaj forward(float[] parameters, FMatrixRMaj input) {
            this.input = input;
            FMatrixRMaj sums = activated.sums(input.numRows);
            pass(transposed, parameters, input, null, sums);
            return activate(parameters, sums);
        }

        @Override
        public FMatrixRMaj backward(
                float[] parameters, FMatrixRMaj outputGradient, Gradient gradient, boolean wantsInput) {
            begin(outputGradient, gradient, wantsInput);
            float[] slope = gradient.isWanted() ? gradient.values() : null;
            pass(!transposed, parameters, outputGradient, slope, wantsInput ? inputGradient : null);
            return wantsInput ? inputGradient : null;
        }

        /**
         * Computes one side of the convolution from the other one, see {@link Im2col.Buffers}.
         *
         * @param toImages whether the side with the images is computed, else the side with the places
         * @param slope takes the derivatives by the weights, from both {@code given} and the input; null: not wanted
         * @param result the computed side; null: not wanted
         */
        private void pass(boolean toImages, float[] parameters, FMatrixRMaj given, float[] slope, FMatrixRMaj result) {
            FloatView kernels = kernels(parameters);
            for (int row = 0; row < given.numRows; row += Im2col.GROUP) {
                if (slope != null || !toImages) {
                    buffers.read(toImages ? input : given, row);
                }
                if (slope != null || toImages) {
                    buffers.load(toImages ? given : input, row);
                }
                if (toImages) {
                    buffers.clear();
                }
                for (int s = 0; s < buffers.strips(); s++) {
                    FloatView images = buffers.images(s);
                    FloatView seen = buffers.patches(s);
                    if (slope != null || !toImages) {
                        buffers.gather(s);
                    }
                    if (slope != null) {
                        products.multiplyAdd(images, seen.transpose(), kernels(slope));
                    }
                    if (result != null && toImages) {
                        products.multiply(kernels.transpose(), images, seen);
                        buffers.scatter(s);
                    } else if (result != null) { // overwrites the images that were loaded
                        products.multiply(kernels, seen, images);
                    }
                }
                if (result != null && toImages) {
                    buffers.write(result, row);
                } else if (result != null) {
                    buffers.store(result, row);
                }
            }
        }

        private FloatView kernels(float[] vector) {
            return FloatView.of(vector, weights, channels, cells);
        }

        /** Adds the bias of its channel to every pixel, and returns the output of the activation. */
        private FMatrixRMaj activate(float[] parameters, FMatrixRMaj sums) {
            int pixels = sums.numCols / outputChannels;
            for (int i = 0; i < sums.numRows; i++) {
                for (int c = 0; c < outputChannels; c++) {
                    add(parameters[bias + c], sums.data, (i * outputChannels + c) * pixels, pixels);
                }
            }
            return activated.forward();
        }

        private static void add(float number, float[] to, int from, int length) {
            for (int i = from; i < from + length; i++) {
                to[i] += number;
            }
        }

        /**
         * Propagates the gradient through the activation and to the biases.
         *
         * @param outputGradient derivatives by the outputs, which become those by the sums. Modified.
         */
        private void begin(FMatrixRMaj outputGradient, Gradient gradient, boolean wantsInput) {
            activated.backward(outputGradient);
            if (gradient.isWanted()) {
                gradient.begin(weights, channels * cells + outputChannels);
                addSlope(outputGradient, gradient.values());
            }
            if (wantsInput) {
                inputGradient.reshape(input.numRows, input.numCols);
            }
        }

        /** Adds the sum over each channel's pixels to the derivative of its bias. */
        private void addSlope(FMatrixRMaj images, float[] gradient) {
            int pixels = images.numCols / outputChannels;
            for (int c = 0; c < outputChannels; c++) {
                double sum = 0;
                for (int i = 0; i < images.numRows; i++) {
                    sum += RowSums.sum(images.data, (i * outputChannels + c) * pixels, pixels);
                }
                gradient[bias + c] += (float) sum;
            }
        }
    }
}
