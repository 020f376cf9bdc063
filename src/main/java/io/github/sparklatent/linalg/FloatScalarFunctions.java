package io.github.sparklatent.linalg;

/** The functions of {@link FloatFunctions} on one number after the other. */
final class FloatScalarFunctions implements FloatElementary {
    @Override
    public void exp(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = exp(in[from + i]);
        }
    }

    @Override
    public void log(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = log(in[from + i]);
        }
    }

    @Override
    public void tanh(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = tanh(in[from + i]);
        }
    }

    @Override
    public void sigmoid(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = sigmoid(in[from + i]);
        }
    }

    @Override
    public void softplus(float[] in, int from, float[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = softplus(in[from + i]);
        }
    }

    @Override
    public void bernoulli(
            float[] x, float[] logits, int from, float[] probabilities, float[] terms, int length) {
        for (int i = 0; i < length; i++) {
            float a = logits[from + i];
            float z = exp(-Math.abs(a));
            terms[i] = Math.fma(x[from + i], a, -softplus(a, z));
            probabilities[from + i] = sigmoid(a, z);
        }
    }

    private static float exp(float x) {
        float m = Math.fma(x, FloatSeries.LOG2E, FloatSeries.INTEGERS);
        float n = m - FloatSeries.INTEGERS;
        float r = remainder(x, n);
        float y = Math.fma(r * r, FloatSeries.exp(r), r) + 1;
        // 2ⁿ in two halves, since its own exponent may be out of range.
        float half = Math.fma(n, 0.5f, FloatSeries.INTEGERS);
        float rest = n - (half - FloatSeries.INTEGERS) + FloatSeries.INTEGERS;
        float scaled = y * powerOfTwo(half) * powerOfTwo(rest);
        scaled = x > FloatSeries.OVERFLOW ? Float.POSITIVE_INFINITY : scaled;
        return x < FloatSeries.UNDERFLOW ? 0 : scaled;
    }

    /** x − n log 2. */
    private static float remainder(float x, float n) {
        return Math.fma(n, -FloatSeries.LN2_LOW, Math.fma(n, -FloatSeries.LN2_HIGH, x));
    }

    /** 2 to the integer in the lowest bits of m. */
    private static float powerOfTwo(float m) {
        int bits = (Float.floatToRawIntBits(m) << FloatSeries.MANTISSA) + FloatSeries.ONE_BITS;
        return Float.intBitsToFloat(bits);
    }

    private static float log(float x) {
        boolean small = x < Float.MIN_NORMAL;
        float normal = small ? x * FloatSeries.NORMALIZER : x;
        int offset = FloatSeries.ONE_BITS - FloatSeries.ROOT_BITS;
        int bits = Float.floatToRawIntBits(normal) + offset;
        int exponent =
                (bits >>> FloatSeries.MANTISSA) | Float.floatToRawIntBits(FloatSeries.EXPONENT);
        float k = Float.intBitsToFloat(exponent) - (FloatSeries.EXPONENT + FloatSeries.BIAS);
        k = small ? k - FloatSeries.SHIFT : k;
        int fraction = (bits & FloatSeries.MANTISSA_BITS) + FloatSeries.ROOT_BITS;
        float y = log(Float.intBitsToFloat(fraction) - 1, k);
        y = x > 0 ? y : Float.NaN;
        y = x == 0 ? Float.NEGATIVE_INFINITY : y;
        return x == Float.POSITIVE_INFINITY ? x : y;
    }

    /** log(1 + f) + k log 2 for √½ ≤ 1 + f ≤ √2. */
    private static float log(float f, float k) {
        float s = f / (f + 2);
        float z = s * s;
        float half = f * 0.5f * f;
        float tail = Math.fma(z, FloatSeries.log(z), half);
        float low = Math.fma(s, tail, k * FloatSeries.LN2_LOW);
        return Math.fma(k, FloatSeries.LN2_HIGH, f - (half - low));
    }

    private static float tanh(float x) {
        float a = Math.abs(x);
        a = a > FloatSeries.FLAT ? FloatSeries.FLAT : a;
        // tanh a = (1 − e⁻²ᵃ) / (1 + e⁻²ᵃ), of e⁻²ᵃ − 1 without cancellation.
        float t = a * -2;
        float m = Math.fma(t, FloatSeries.LOG2E, FloatSeries.INTEGERS);
        float r = remainder(t, m - FloatSeries.INTEGERS);
        float scale = powerOfTwo(m);
        float e = Math.fma(Math.fma(r * r, FloatSeries.exp(r), r), scale, scale - 1);
        float y = (0 - e) / (e + 2);
        int sign = Float.floatToRawIntBits(x) & FloatSeries.SIGN_BIT;
        return Float.intBitsToFloat(Float.floatToRawIntBits(y) | sign);
    }

    private static float sigmoid(float x) {
        return sigmoid(x, exp(-Math.abs(x)));
    }

    private static float sigmoid(float x, float z) {
        return (x < 0 ? z : 1f) / (z + 1);
    }

    private static float softplus(float x) {
        return softplus(x, exp(-Math.abs(x)));
    }

    private static float softplus(float x, float z) {
        boolean great = z > FloatSeries.SPLIT;
        float f = great ? Math.fma(z, 0.5f, -0.5f) : z;
        float tail = log(f, great ? 1f : 0f);
        return (x < 0 ? 0f : x) + tail;
    }
}
