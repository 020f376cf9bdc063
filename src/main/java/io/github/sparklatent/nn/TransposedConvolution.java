package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.linalg.FloatView;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * The adjoint of a {@link Convolution} of the same kernel, stride and padding over its output, with
 * bias and activation: a convolution of the output gives the shape of the input. Where a stride
 * leaves more than one such output, the one meant is given, so there is no output padding to
 * choose.
 *
 * <pre>
 *   sums[o][y·stride + i − padding][x·stride + j − padding] += Σ_c W[c][o][i][j] in[c][y][x]
 *   out = f(b_o + sums)
 * </pre>
 *
 * <p>W is channels × (o·k·k), image by image as in {@link Convolution}.
 *
 * @param output the output
 * @param channels of the input
 * @param kernel height and width of the kernels
 * @param stride pixels of the output from one pixel of the input to the next
 * @param padding pixels around the output that are left out
 * @param activation f
 * @param initialization of the weights; fan_in is channels · k² / stride², the terms of an output
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
        Check.that(
                channels >= 1,
                "transposed convolution reads %d channels, expected at least 1",
                channels);
        new Patches(output, kernel, stride, padding);
    }

    private Patches patches() {
        return new Patches(output, kernel, stride, padding);
    }

    /** The input as an image. */
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
        return Kernels.parameters(channels, patches().rows(), output.channels());
    }

    @Override
    public void initialize(float[] parameters, int offset, RandomGenerator random) {
        double fanIn = channels * (double) kernel * kernel / stride / stride;
        double bound = initialization.bound(fanIn, patches().rows(), activation);
        Kernels.initialize(parameters(), parameters, offset, bound, random);
    }

    @Override
    public Layer.Worker worker(int maxRows, int offset) {
        return new Worker(this, maxRows, offset);
    }

    private static final class Worker implements Layer.Worker {
        private final TransposedConvolution layer;
        private final Patches patches;
        private final int weights;
        private final int bias;
        private final int maxRows;
        private final float[] seen;
        private final Activated activated;
        private final FloatProducts products = new FloatProducts();
        private FMatrixRMaj input;
        private FMatrixRMaj inputGradient;

        Worker(TransposedConvolution layer, int maxRows, int offset) {
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

        private FloatView image(FMatrixRMaj inputs, int row) {
            int at = row * inputs.numCols;
            return FloatView.of(inputs.data, at, layer.channels, patches.columns());
        }

        @Override
        public FMatrixRMaj forward(float[] parameters, FMatrixRMaj input) {
            this.input = input;
            FMatrixRMaj sums = activated.sums(input.numRows);
            FloatView kernels = kernels(parameters).transpose();
            Kernels.spreadBias(parameters, bias, layer.output.channels(), sums);
            for (int i = 0; i < input.numRows; i++) {
                products.multiply(kernels, image(input, i), seen());
                patches.scatter(seen, sums.data, i * sums.numCols);
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
            Kernels.addBias(outputGradient, layer.output.channels(), gradient, bias);
            if (wantsInput) {
                if (inputGradient == null) {
                    inputGradient = new FMatrixRMaj(maxRows, layer.inputs());
                }
                inputGradient.reshape(input.numRows, layer.inputs());
            }
            FloatView slope = kernels(gradient);
            for (int i = 0; i < input.numRows; i++) {
                patches.gather(outputGradient.data, i * outputGradient.numCols, seen);
                products.multiplyAdd(image(input, i), seen().transpose(), slope);
                if (wantsInput) {
                    products.multiply(kernels(parameters), seen(), image(inputGradient, i));
                }
            }
            return wantsInput ? inputGradient : null;
        }
    }
}
