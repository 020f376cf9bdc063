package io.github.sparklatent.nn;

import io.github.sparklatent.settings.Names;
import java.util.random.RandomGenerator;

/** The initial weights of a layer: uniform within ±bound; biases are 0. */
public enum Initialization {
    /**
     * He et al. 2015, eq. 10 as a uniform distribution: ±√(6 / fan_in) before an activation that is not linear, ±√(3 /
     * fan_in) in linear layers (latent and output layers). This keeps the variance of the forward pass.
     */
    HE_UNIFORM {
        @Override
        double bound(double fanIn, double fanOut, Activation activation) {
            return Math.sqrt((activation == Activation.LINEAR ? 3.0 : 6.0) / fanIn);
        }
    },
    /** Glorot &amp; Bengio 2010, eq. 16: ±√(6 / (fan_in + fan_out)). */
    XAVIER_UNIFORM {
        @Override
        double bound(double fanIn, double fanOut, Activation activation) {
            return Math.sqrt(6.0 / (fanIn + fanOut));
        }
    };

    @Override
    public String toString() {
        return Names.of(this);
    }

    /**
     * Returns the largest magnitude of a weight.
     *
     * @param fanIn number of inputs from which one output is computed
     * @param fanOut number of outputs to which one input contributes
     * @param activation activation function that follows the weights
     */
    abstract double bound(double fanIn, double fanOut, Activation activation);

    /** Fills a range with draws of the uniform distribution on ±bound. */
    static void uniform(float[] parameters, int offset, int length, double bound, RandomGenerator random) {
        for (int i = 0; i < length; i++) {
            parameters[offset + i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
    }
}
