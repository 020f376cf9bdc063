package io.github.sparklatent.nn;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/** Parameters of both convolutions: weights, and a bias for each channel. */
final class ConvolutionParameters {
    private ConvolutionParameters() {}

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

    /** Adds the bias of its channel to every pixel. */
    static void addBias(float[] parameters, int bias, int channels, FMatrixRMaj images) {
        int pixels = images.numCols / channels;
        for (int i = 0; i < images.numRows; i++) {
            for (int c = 0; c < channels; c++) {
                add(parameters[bias + c], images.data, (i * channels + c) * pixels, pixels);
            }
        }
    }

    private static void add(float number, float[] to, int from, int length) {
        for (int i = from; i < from + length; i++) {
            to[i] += number;
        }
    }

    /** Adds the sum over each channel's pixels to the derivative of its bias. */
    static void addSlope(FMatrixRMaj images, int channels, float[] gradient, int bias) {
        int pixels = images.numCols / channels;
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            for (int i = 0; i < images.numRows; i++) {
                sum += RowSums.sum(images.data, (i * channels + c) * pixels, pixels);
            }
            gradient[bias + c] += (float) sum;
        }
    }
}
