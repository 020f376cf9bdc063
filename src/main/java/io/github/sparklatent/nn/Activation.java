package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatFunctions;
import io.github.sparklatent.settings.Names;

/** The function that a layer applies to each of its sums, with one call for each batch. */
public enum Activation {
    /** f(x) = x. */
    LINEAR {
        @Override
        void apply(float[] input, float[] output, int length) {
            if (input != output) {
                System.arraycopy(input, 0, output, 0, length);
            }
        }

        @Override
        void backward(float[] input, float[] output, float[] gradient, float[] scratch, int length) {}
    },
    /** f(x) = max(x, 0); the derivative at 0 is taken as 0. */
    RELU {
        @Override
        void apply(float[] input, float[] output, int length) {
            for (int i = 0; i < length; i++) {
                output[i] = Math.max(input[i], 0f);
            }
        }

        @Override
        void backward(float[] input, float[] output, float[] gradient, float[] scratch, int length) {
            for (int i = 0; i < length; i++) {
                gradient[i] *= Math.min(output[i] * STEEP, 1f);
            }
        }
    },
    /** f(x) = x if x &gt; 0, else 0.01 x. */
    LEAKY_RELU {
        @Override
        void apply(float[] input, float[] output, int length) {
            for (int i = 0; i < length; i++) {
                output[i] = Math.max(input[i], LEAK * input[i]);
            }
        }

        @Override
        void backward(float[] input, float[] output, float[] gradient, float[] scratch, int length) {
            for (int i = 0; i < length; i++) {
                gradient[i] *= Math.max(Math.min(output[i] * STEEP, 1f), LEAK);
            }
        }
    },
    /** f(x) = tanh x. */
    TANH {
        @Override
        void apply(float[] input, float[] output, int length) {
            FloatFunctions.tanh(input, 0, output, 0, length);
        }

        @Override
        void backward(float[] input, float[] output, float[] gradient, float[] scratch, int length) {
            for (int i = 0; i < length; i++) {
                gradient[i] *= 1f - output[i] * output[i];
            }
        }
    },
    /** f(x) = 1 / (1 + e⁻ˣ). */
    SIGMOID {
        @Override
        void apply(float[] input, float[] output, int length) {
            FloatFunctions.sigmoid(input, 0, output, 0, length);
        }

        @Override
        void backward(float[] input, float[] output, float[] gradient, float[] scratch, int length) {
            for (int i = 0; i < length; i++) {
                gradient[i] *= output[i] * (1f - output[i]);
            }
        }
    },
    /** f(x) = log(1 + eˣ); f′ is the sigmoid of x. */
    SOFTPLUS {
        @Override
        boolean keepsInput() {
            return true;
        }

        @Override
        void apply(float[] input, float[] output, int length) {
            FloatFunctions.softplus(input, 0, output, 0, length);
        }

        @Override
        void backward(float[] input, float[] output, float[] gradient, float[] scratch, int length) {
            FloatFunctions.sigmoid(input, 0, scratch, 0, length);
            for (int i = 0; i < length; i++) {
                gradient[i] *= scratch[i];
            }
        }
    },
    /**
     * The Gaussian error linear unit in its tanh form (Hendrycks &amp; Gimpel 2016, section 2). PyTorch calls it
     * {@code GELU(approximate="tanh")}; it differs from the exact erf form, PyTorch's default, by less than 5e-4:
     *
     * <pre>
     *   f(x) = ½ x (1 + tanh u),  u = √(2/π) (x + 0.044715 x³)
     *   f′(x) = ½ (1 + tanh u) + ½ x (1 − tanh² u) √(2/π) (1 + 3 · 0.044715 x²)
     * </pre>
     */
    GELU {
        @Override
        boolean keepsInput() {
            return true;
        }

        @Override
        void apply(float[] input, float[] output, int length) {
            tanhOfCubic(input, output, length);
            for (int i = 0; i < length; i++) {
                output[i] = 0.5f * input[i] * (1f + output[i]);
            }
        }

        @Override
        void backward(float[] input, float[] output, float[] gradient, float[] scratch, int length) {
            tanhOfCubic(input, scratch, length);
            for (int i = 0; i < length; i++) {
                float x = input[i];
                float t = scratch[i];
                float slope = ROOT * (1f + 3f * CUBIC * x * x);
                gradient[i] *= 0.5f * (1f + t) + 0.5f * x * (1f - t * t) * slope;
            }
        }

        private static void tanhOfCubic(float[] input, float[] output, int length) {
            for (int i = 0; i < length; i++) {
                float x = input[i];
                output[i] = ROOT * (x + CUBIC * x * x * x);
            }
            FloatFunctions.tanh(output, 0, output, 0, length);
        }
    };

    /** Slope of {@link #LEAKY_RELU} below 0. */
    public static final float LEAK = 0.01f;

    /**
     * A factor so large that an output times it is 0 or at least 1. It gives a step function without a branch, which is
     * ten times as fast if signs are random. For outputs between 0 and 1e-38, the result is between 0 and 1.
     */
    private static final float STEEP = 1e38f;

    /** √(2/π), of {@link #GELU}. */
    public static final float ROOT = 0.7978845608028654f;

    /** Factor of the cubic term of {@link #GELU}. */
    public static final float CUBIC = 0.044715f;

    @Override
    public String toString() {
        return Names.of(this);
    }

    /** Returns whether {@link #backward} reads the input, which then must not be overwritten. */
    boolean keepsInput() {
        return false;
    }

    /** Writes f(input) to the output. {@code output}: the same array as the input, unless {@link #keepsInput}. */
    abstract void apply(float[] input, float[] output, int length);

    /**
     * Multiplies a gradient by f′(input).
     *
     * @param input input that was given to {@link #apply}; read only where {@link #keepsInput}
     * @param output f(input)
     * @param gradient derivative with respect to the output on entry, with respect to the input on return. Modified.
     * @param scratch overwritten where {@link #keepsInput}, else not used
     */
    abstract void backward(float[] input, float[] output, float[] gradient, float[] scratch, int length);
}
