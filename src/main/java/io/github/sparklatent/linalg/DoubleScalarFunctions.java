package io.github.sparklatent.linalg;

/** The functions of {@link DoubleFunctions} on one number after the other. */
final class DoubleScalarFunctions implements DoubleElementary {
    @Override
    public void exp(double[] in, int from, double[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = exp(in[from + i]);
        }
    }

    @Override
    public void log(double[] in, int from, double[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = log(in[from + i]);
        }
    }

    @Override
    public void tanh(double[] in, int from, double[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = tanh(in[from + i]);
        }
    }

    @Override
    public void sigmoid(double[] in, int from, double[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = sigmoid(in[from + i]);
        }
    }

    @Override
    public void softplus(double[] in, int from, double[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = softplus(in[from + i]);
        }
    }

    @Override
    public void bernoulli(
            double[] x,
            double[] logits,
            int from,
            double[] probabilities,
            double[] terms,
            int length) {
        for (int i = 0; i < length; i++) {
            double a = logits[from + i];
            double z = exp(-Math.abs(a));
            terms[i] = Math.fma(x[from + i], a, -softplus(a, z));
            probabilities[from + i] = sigmoid(a, z);
        }
    }

    private static double exp(double x) {
        double m = Math.fma(x, DoubleSeries.LOG2E, DoubleSeries.INTEGERS);
        double n = m - DoubleSeries.INTEGERS;
        double r = remainder(x, n);
        double y = Math.fma(r * r, DoubleSeries.exp(r), r) + 1;
        // 2ⁿ in two halves, since its own exponent may be out of range.
        double half = Math.fma(n, 0.5d, DoubleSeries.INTEGERS);
        double rest = n - (half - DoubleSeries.INTEGERS) + DoubleSeries.INTEGERS;
        double scaled = y * powerOfTwo(half) * powerOfTwo(rest);
        scaled = x > DoubleSeries.OVERFLOW ? Double.POSITIVE_INFINITY : scaled;
        return x < DoubleSeries.UNDERFLOW ? 0 : scaled;
    }

    /** x − n log 2. */
    private static double remainder(double x, double n) {
        return Math.fma(n, -DoubleSeries.LN2_LOW, Math.fma(n, -DoubleSeries.LN2_HIGH, x));
    }

    /** 2 to the integer in the lowest bits of m. */
    private static double powerOfTwo(double m) {
        long bits =
                (Double.doubleToRawLongBits(m) << DoubleSeries.MANTISSA) + DoubleSeries.ONE_BITS;
        return Double.longBitsToDouble(bits);
    }

    private static double log(double x) {
        boolean small = x < Double.MIN_NORMAL;
        double normal = small ? x * DoubleSeries.NORMALIZER : x;
        long offset = DoubleSeries.ONE_BITS - DoubleSeries.ROOT_BITS;
        long bits = Double.doubleToRawLongBits(normal) + offset;
        long exponent =
                (bits >>> DoubleSeries.MANTISSA)
                        | Double.doubleToRawLongBits(DoubleSeries.EXPONENT);
        double k = Double.longBitsToDouble(exponent) - (DoubleSeries.EXPONENT + DoubleSeries.BIAS);
        k = small ? k - DoubleSeries.SHIFT : k;
        long fraction = (bits & DoubleSeries.MANTISSA_BITS) + DoubleSeries.ROOT_BITS;
        double y = log(Double.longBitsToDouble(fraction) - 1, k);
        y = x > 0 ? y : Double.NaN;
        y = x == 0 ? Double.NEGATIVE_INFINITY : y;
        return x == Double.POSITIVE_INFINITY ? x : y;
    }

    /** log(1 + f) + k log 2 for √½ ≤ 1 + f ≤ √2. */
    private static double log(double f, double k) {
        double s = f / (f + 2);
        double z = s * s;
        double half = f * 0.5d * f;
        double tail = Math.fma(z, DoubleSeries.log(z), half);
        double low = Math.fma(s, tail, k * DoubleSeries.LN2_LOW);
        return Math.fma(k, DoubleSeries.LN2_HIGH, f - (half - low));
    }

    private static double tanh(double x) {
        double a = Math.abs(x);
        a = a > DoubleSeries.FLAT ? DoubleSeries.FLAT : a;
        // tanh a = (1 − e⁻²ᵃ) / (1 + e⁻²ᵃ), of e⁻²ᵃ − 1 without cancellation.
        double t = a * -2;
        double m = Math.fma(t, DoubleSeries.LOG2E, DoubleSeries.INTEGERS);
        double r = remainder(t, m - DoubleSeries.INTEGERS);
        double scale = powerOfTwo(m);
        double e = Math.fma(Math.fma(r * r, DoubleSeries.exp(r), r), scale, scale - 1);
        double y = (0 - e) / (e + 2);
        long sign = Double.doubleToRawLongBits(x) & DoubleSeries.SIGN_BIT;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(y) | sign);
    }

    private static double sigmoid(double x) {
        return sigmoid(x, exp(-Math.abs(x)));
    }

    private static double sigmoid(double x, double z) {
        return (x < 0 ? z : 1d) / (z + 1);
    }

    private static double softplus(double x) {
        return softplus(x, exp(-Math.abs(x)));
    }

    private static double softplus(double x, double z) {
        boolean great = z > DoubleSeries.SPLIT;
        double f = great ? Math.fma(z, 0.5d, -0.5d) : z;
        double tail = log(f, great ? 1d : 0d);
        return (x < 0 ? 0d : x) + tail;
    }
}
