package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.linalg.FloatView;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/** Computes a convolution or its adjoint, with the buffers of one task: weights, and a bias for each output channel. */
final class ConvolutionWorker implements Layer.Worker {
    private final Im2colBuffers buffers;
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

    /**
     * Creates the buffers.
     *
     * @param channels rows of the matrix of weights
     * @param transposed whether the layer is the adjoint, which computes the images from the patches' places
     * @param offset index of the first weight
     */
    ConvolutionWorker(
            Im2col patches,
            int channels,
            boolean transposed,
            ActivationBuffers activated,
            int offset,
            FloatProducts products) {
        this.buffers = new Im2colBuffers(patches, channels);
        this.activated = activated;
        this.products = products;
        this.channels = channels;
        this.cells = patches.rows();
        this.transposed = transposed;
        this.outputChannels = transposed ? patches.image().channels() : channels;
        this.weights = offset;
        this.bias = offset + channels * cells;
    }

    static List<Parameter> parameters(int rows, int columns, int channels) {
        Check.that(
                (long) rows * columns <= Integer.MAX_VALUE - 8 - channels,
                "convolution of %d x %d weights is more than an array holds",
                rows,
                columns);
        return List.of(
                new Parameter(Parameter.WEIGHTS, 0, rows, columns), new Parameter("bias", rows * columns, 1, channels));
    }

    static void initialize(
            List<Parameter> layout, float[] parameters, int offset, double bound, RandomGenerator random) {
        Parameter bias = layout.get(1);
        Initialization.uniform(parameters, offset, bias.offset(), bound, random);
        int at = offset + bias.offset();
        Arrays.fill(parameters, at, at + bias.length(), 0f);
    }

    @Override
    public FMatrixRMaj forward(float[] parameters, FMatrixRMaj input) {
        this.input = input;
        FMatrixRMaj sums = activated.sums(input.numRows);
        pass(transposed, parameters, input, null, sums);
        return activate(parameters, sums);
    }

    @Override
    public FMatrixRMaj backward(float[] parameters, FMatrixRMaj outputGradient, Gradient gradient, boolean wantsInput) {
        begin(outputGradient, gradient, wantsInput);
        float[] slope = gradient.isWanted() ? gradient.values() : null;
        pass(!transposed, parameters, outputGradient, slope, wantsInput ? inputGradient : null);
        return wantsInput ? inputGradient : null;
    }

    /**
     * Computes one side of the convolution from the other one, see {@link Im2colBuffers}.
     *
     * @param toImages whether the side with the images is computed, else the side with the places
     * @param slope takes the derivatives by the weights, from both {@code given} and the input; null: not wanted
     * @param result the computed side; null: not wanted
     */
    private void pass(boolean toImages, float[] parameters, FMatrixRMaj given, float[] slope, FMatrixRMaj result) {
        FloatView kernels = kernels(parameters);
        for (int row = 0; row < given.numRows; row += Im2colBuffers.GROUP) {
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
