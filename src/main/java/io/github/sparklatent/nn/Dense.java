package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatPasses;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.linalg.FloatView;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * A fully connected layer: f(x W + b). Its parameters are W (inputs × outputs), row by row, then b.
 *
 * @param inputs number of columns of the input
 * @param outputs number of columns of the output
 * @param activation f
 * @param initialization random initialisation of the weights
 */
public record Dense(int inputs, int outputs, Activation activation, Initialization initialization) implements Layer {
    public Dense {
        Check.that(inputs >= 1, "dense layer has %d inputs, expected at least 1", inputs);
        Check.that(outputs >= 1, "dense layer has width %d, expected at least 1", outputs);
        Check.that(
                (long) inputs * outputs <= Integer.MAX_VALUE - outputs,
                "dense layer of %d x %d weights is more than an array holds",
                inputs,
                outputs);
    }

    /** Creates a layer with {@link Initialization#HE_UNIFORM}. */
    public Dense(int inputs, int outputs, Activation activation) {
        this(inputs, outputs, activation, Initialization.HE_UNIFORM);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter(Parameter.WEIGHTS, 0, inputs, outputs),
                new Parameter("bias", inputs * outputs, 1, outputs));
    }

    @Override
    public void initialize(float[] parameters, int offset, RandomGenerator random) {
        int weights = inputs * outputs;
        double bound = initialization.bound(inputs, outputs, activation);
        Initialization.uniform(parameters, offset, weights, bound, random);
        Arrays.fill(parameters, offset + weights, offset + weights + outputs, 0f);
    }

    @Override
    public Layer.Worker worker(int maxRows, int offset, FloatProducts products) {
        return new Worker(this, maxRows, offset, products);
    }

    private static final class Worker implements Layer.Worker {
        /**
         * Derivatives (128 KiB) that are computed at a time if steps are taken early. Fewer are still in a cache after
         * the batch.
         */
        private static final int CACHED = 1 << 15;

        private final int inputs;
        private final int outputs;
        private final int weights;
        private final int bias;
        private final int maxRows;
        private final ActivationBuffers activated;
        private final FloatProducts products;
        private FMatrixRMaj input;
        private FMatrixRMaj inputGradient;
        private float[] turned;

        Worker(Dense layer, int maxRows, int offset, FloatProducts products) {
            this.products = products;
            this.inputs = layer.inputs;
            this.outputs = layer.outputs;
            this.weights = offset;
            this.bias = offset + inputs * outputs;
            this.maxRows = maxRows;
            this.activated = new ActivationBuffers(layer.activation, maxRows, outputs);
        }

        @Override
        public FMatrixRMaj forward(float[] parameters, FMatrixRMaj input) {
            this.input = input;
            FMatrixRMaj sums = activated.sums(input.numRows);
            for (int i = 0; i < sums.numRows; i++) { // the product starts from the bias
                System.arraycopy(parameters, bias, sums.data, i * outputs, outputs);
            }
            products.multiplyAdd(
                    FloatView.of(input), FloatView.of(parameters, weights, inputs, outputs), FloatView.of(sums));
            return activated.forward();
        }

        @Override
        public FMatrixRMaj backward(
                float[] parameters, FMatrixRMaj outputGradient, Gradient gradient, boolean wantsInput) {
            activated.backward(outputGradient);
            if (wantsInput) { // before steps change the weights
                if (inputGradient == null) {
                    inputGradient = new FMatrixRMaj(maxRows, inputs);
                }
                inputGradient.reshape(input.numRows, inputs);
                slopesOfInput(FloatView.of(parameters, weights, inputs, outputs), FloatView.of(outputGradient));
            }
            if (gradient.isWanted()) {
                slopesOfParameters(outputGradient, gradient);
            }
            return wantsInput ? inputGradient : null;
        }

        private void slopesOfParameters(FMatrixRMaj outputGradient, Gradient gradient) {
            FloatView delta = FloatView.of(outputGradient);
            float[] values = gradient.values();
            if (gradient.steps() != null && inputs * outputs > CACHED) {
                steps(delta, gradient);
            } else if (gradient.adds()) {
                products.multiplyAdd(seen(0, inputs), delta, FloatView.of(values, weights, inputs, outputs));
            } else {
                products.multiply(seen(0, inputs), delta, FloatView.of(values, weights, inputs, outputs));
            }
            gradient.begin(bias, outputs);
            FloatPasses.addRows(outputGradient.data, 0, input.numRows, outputs, values, bias);
        }

        /**
         * Hands over the derivatives of some inputs' weights at a time. All of them use the cached place of the first.
         */
        private void steps(FloatView delta, Gradient gradient) {
            int some = Math.max(8, CACHED / outputs / 8 * 8);
            for (int i = 0; i < inputs; i += some) {
                int count = Math.min(some, inputs - i);
                products.multiply(seen(i, count), delta, FloatView.of(gradient.values(), weights, count, outputs));
                gradient.steps().take(weights + i * outputs, count * outputs, gradient.values(), weights);
            }
        }

        /** Returns columns of the input, transposed. */
        private FloatView seen(int from, int count) {
            return new FloatView(input.data, from, input.numRows, count, inputs, true);
        }

        /**
         * Computes δ Wᵀ. A product packs its right operand. For a batch that is small compared to the weights, (W δᵀ)ᵀ
         * is faster: it packs the batch and transposes the result.
         */
        private void slopesOfInput(FloatView w, FloatView delta) {
            int rows = inputGradient.numRows;
            if ((long) rows * (inputs + outputs) >= (long) inputs * outputs) {
                products.multiply(delta, w.transpose(), FloatView.of(inputGradient));
                return;
            }
            if (turned == null) {
                turned = new float[inputs * maxRows];
            }
            products.multiply(w, delta.transpose(), FloatView.of(turned, 0, inputs, rows));
            FloatPasses.transpose(turned, inputs, rows, inputGradient.data);
        }
    }
}
