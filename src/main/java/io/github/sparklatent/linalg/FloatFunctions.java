package io.github.sparklatent.linalg;

/** Elementary functions over ranges of arrays of floats; in and out may be the same array. */
public final class FloatFunctions {
    private FloatFunctions() {}

    /** out ← eˣ. */
    public static void exp(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = (float) StrictMath.exp(in[from + i]);
        }
    }

    /** out ← log x. */
    public static void log(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = (float) StrictMath.log(in[from + i]);
        }
    }

    /** out ← tanh x. */
    public static void tanh(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = (float) StrictMath.tanh(in[from + i]);
        }
    }

    /** out ← 1 / (1 + e⁻ˣ). */
    public static void sigmoid(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = (float) (1 / (1 + StrictMath.exp(-in[from + i])));
        }
    }

    /** out ← log(1 + eˣ), without overflow. */
    public static void softplus(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            double x = in[from + i];
            out[to + i] = (float) (Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x))));
        }
    }
}
