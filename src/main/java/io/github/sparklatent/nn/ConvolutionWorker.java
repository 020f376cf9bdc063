package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.linalg.FloatView;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/** The buffers of one task of a convolution or its adjoint: weights, and a bias for each channel of the output. */
abstract class ConvolutionWorker implements Layer.Worker {
    final Im2colBuffers buffers;
    final ActivationBuffers activated;
    final FloatProducts products;
    final FMatrixRMaj inputGradient = new FMatrixRMaj(0, 0);
    FMatrixRMaj input;
    private final int channels;
    private final int cells;
    private final int outputChannels;
    private final int weights;
    private final int bias;

    /**
     * Creates the buffers.
     *
     * @param channels rows of the matrix of weights
     * @param outputChannels number of biases
     * @param offset index of the first weight
     */
    ConvolutionWorker(
            Im2col patches,
            int channels,
            int outputChannels,
            ActivationBuffers activated,
            int offset,
            FloatProducts products) {
        this.buffers = new Im2colBuffers(patches, channels);
        this.activated = activated;
        this.products = products;
        this.channels = channels;
        this.cells = patches.rows();
        this.outputChannels = outputChannels;
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

    final FloatView kernels(float[] vector) {
        return FloatView.of(vector, weights, channels, cells);
    }

    /** Adds the bias of its channel to every pixel, and returns the output of the activation. */
    final FMatrixRMaj activate(float[] parameters, FMatrixRMaj sums) {
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
    final void begin(FMatrixRMaj outputGradient, Gradient gradient, boolean wantsInput) {
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
