package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatProducts;
import java.util.List;
import java.util.random.RandomGenerator;

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
        return ConvolutionWorker.parameters(channels, patches().rows(), channels);
    }

    @Override
    public void initialize(float[] parameters, int offset, RandomGenerator random) {
        double fanIn = patches().rows();
        double fanOut = channels * (double) kernel * kernel / stride / stride;
        double bound = initialization.bound(fanIn, fanOut, activation);
        ConvolutionWorker.initialize(parameters(), parameters, offset, bound, random);
    }

    @Override
    public Layer.Worker worker(int maxRows, int offset, FloatProducts products) {
        ActivationBuffers activated = new ActivationBuffers(activation, maxRows, outputs());
        return new ConvolutionWorker(patches(), channels, false, activated, offset, products);
    }
}
