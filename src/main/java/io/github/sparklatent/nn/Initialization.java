package io.github.sparklatent.nn;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** How the weights of a layer start: uniform within ±bound; biases start at 0. */
public enum Initialization {
    /**
     * He et al. 2015, eq. 10 as a uniform distribution: ±√(6 / fan_in) where an activation follows
     * that is not linear, ±√(3 / fan_in) where none does (latent and output layers), so that the
     * variance of what goes forward is kept.
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

    /**
     * Parses the lower-case name, words joined by hyphens.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static Initialization of(String name) {
        for (Initialization initialization : values()) {
            if (initialization.toString().equals(name)) {
                return initialization;
            }
        }
        throw new IllegalArgumentException(
                "initialization is \"" + name + "\", expected he-uniform or xavier-uniform");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Largest weight in magnitude.
     *
     * @param fanIn inputs that one output is made of
     * @param fanOut outputs that one input goes into
     * @param activation that follows
     */
    abstract double bound(double fanIn, double fanOut, Activation activation);

    /** Fills a range with draws of the uniform distribution on ±bound. */
    static void uniform(
            float[] parameters, int offset, int length, double bound, RandomGenerator random) {
        for (int i = 0; i < length; i++) {
            parameters[offset + i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
    }
}
