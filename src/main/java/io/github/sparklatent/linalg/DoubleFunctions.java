package io.github.sparklatent.linalg;

/** Elementary functions over ranges of arrays of doubles; in and out may be the same array. */
public final class DoubleFunctions {
    private DoubleFunctions() {}

    /** out ← eˣ. */
    public static void exp(double[] in, int from, double[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = StrictMath.exp(in[from + i]);
        }
    }

    /** out ← log x. */
    public static void log(double[] in, int from, double[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = StrictMath.log(in[from + i]);
        }
    }

    /** out ← tanh x. */
    public static void tanh(double[] in, int from, double[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = StrictMath.tanh(in[from + i]);
        }
    }

    /** out ← 1 / (1 + e⁻ˣ). */
    public static void sigmoid(double[] in, int from, double[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = 1 / (1 + StrictMath.exp(-in[from + i]));
        }
    }

    /** out ← log(1 + eˣ), without overflow. */
    public static void softplus(double[] in, int from, double[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            double x = in[from + i];
            out[to + i] = Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
        }
    }
}
