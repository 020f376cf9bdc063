package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatProducts;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The adjoint of a {@link Convolution} with the same kernel, stride and padding, with bias and activation: a
 * convolution of the output has the shape of the input. With a stride several output shapes have this property; the
 * wanted one is given, so there is no output padding to choose.
 *
 * <pre>
 *   sums[o][y·stride + i − padding][x·stride + j − padding] += Σ_c W[c][o][i][j] in[c][y][x]
 *   out = f(b_o + sums)
 * </pre>
 *
 * <p>W is channels × (o·k·k). The products are computed for a few images at a time, see {@link Im2colBuffers}.
 *
 * @param output shape of the output
 * @param channels number of channels of the input
 * @param kernel height and width of the kernels
 * @param stride pixels of the output from one pixel of the input to the next
 * @param padding pixels around the output that are left out
 * @param activation f
 * @param initialization random initialisation of the weights; fan_in is channels · k² / stride², the terms of an output
 */
public record TransposedConvolution(
        ImageShape output,
        int channels,
        int kernel,
        int stride,
        int padding,
        Activation activation,
        Initialization initialization)
        implements Layer {
    public TransposedConvolution {
        Check.that(channels >= 1, "transposed convolution reads %d channels, expected at least 1", channels);
        new Im2col(output, kernel, stride, padding);
    }

    private Im2col patches() {
        return new Im2col(output, kernel, stride, padding);
    }

    public ImageShape image() {
        return new ImageShape(channels, patches().height(), patches().width());
    }

    @Override
    public int inputs() {
        return image().size();
    }

    @Override
    public int outputs() {
        return output.size();
    }

    @Override
    public List<Parameter> parameters() {
        return ConvolutionWorker.parameters(channels, patches().rows(), output.channels());
    }

    @Override
    public void initialize(float[] parameters, int offset, RandomGenerator random) {
        double fanIn = channels * (double) kernel * kernel / stride / stride;
        double bound = initialization.bound(fanIn, patches().rows(), activation);
        ConvolutionWorker.initialize(parameters(), parameters, offset, bound, random);
    }

    @Override
    public Layer.Worker worker(int maxRows, int offset, FloatProducts products) {
        ActivationBuffers activated = new ActivationBuffers(activation, maxRows, outputs());
        return new ConvolutionWorker(patches(), channels, true, activated, offset, products);
    }
}
