package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions of {@link FloatFunctions} on vectors: step by step those of {@link
 * FloatScalarFunctions}. The last vector of a range overlaps the one before it; its numbers are
 * read first, for the function may write where it reads.
 */
final class FloatVectorFunctions implements FloatElementary {
    private static final VectorSpecies<Float> SPECIES = species();
    private static final int LANES = SPECIES.length();
    private static final int CHUNK = 256;

    private final FloatElementary scalar = new FloatScalarFunctions();

    /** The widest registers, or as many bits as this hidden class was given as its class data. */
    private static VectorSpecies<Float> species() {
        try {
            Integer bits = MethodHandles.classData(MethodHandles.lookup(), "_", Integer.class);
            return bits == null
                    ? FloatVector.SPECIES_PREFERRED
                    : VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void exp(float[] in, int from, float[] out, int to, int length) {
        int last = length - LANES;
        if (last < 0) {
            scalar.exp(in, from, out, to, length);
            return;
        }
        FloatVector end = FloatVector.fromArray(SPECIES, in, from + last);
        for (int i = 0; i < length; i += LANES) {
            FloatVector x = i <= last ? FloatVector.fromArray(SPECIES, in, from + i) : end;
            exp(x).intoArray(out, to + Math.min(i, last));
        }
    }

    @Override
    public void log(float[] in, int from, float[] out, int to, int length) {
        int last = length - LANES;
        if (last < 0) {
            scalar.log(in, from, out, to, length);
            return;
        }
        FloatVector end = FloatVector.fromArray(SPECIES, in, from + last);
        for (int i = 0; i < length; i += LANES) {
            FloatVector x = i <= last ? FloatVector.fromArray(SPECIES, in, from + i) : end;
            log(x).intoArray(out, to + Math.min(i, last));
        }
    }

    @Override
    public void tanh(float[] in, int from, float[] out, int to, int length) {
        int last = length - LANES;
        if (last < 0) {
            scalar.tanh(in, from, out, to, length);
            return;
        }
        FloatVector end = FloatVector.fromArray(SPECIES, in, from + last);
        for (int i = 0; i < length; i += LANES) {
            FloatVector x = i <= last ? FloatVector.fromArray(SPECIES, in, from + i) : end;
            tanh(x).intoArray(out, to + Math.min(i, last));
        }
    }

    @Override
    public void sigmoid(float[] in, int from, float[] out, int to, int length) {
        int last = length - LANES;
        if (last < 0) {
            scalar.sigmoid(in, from, out, to, length);
            return;
        }
        FloatVector end = FloatVector.fromArray(SPECIES, in, from + last);
        for (int i = 0; i < length; i += LANES) {
            FloatVector x = i <= last ? FloatVector.fromArray(SPECIES, in, from + i) : end;
            sigmoid(x).intoArray(out, to + Math.min(i, last));
        }
    }

    /** In two loops: one would have more operations than the JIT inlines into a method. */
    @Override
    public void softplus(float[] in, int from, float[] out, int to, int length) {
        float[] decayed = new float[Math.min(length, CHUNK)];
        for (int i = 0; i < length; i += CHUNK) {
            int count = Math.min(length - i, CHUNK);
            if (count < LANES) {
                scalar.softplus(in, from + i, out, to + i, count);
            } else {
                decay(in, from + i, decayed, count);
                softplus(in, from + i, decayed, out, to + i, count);
            }
        }
    }

    @Override
    public void bernoulli(
            float[] x, float[] logits, int from, float[] probabilities, float[] terms, int length) {
        int last = length - LANES;
        if (last < 0) {
            scalar.bernoulli(x, logits, from, probabilities, terms, length);
            return;
        }
        decay(logits, from, terms, length);
        FloatVector end = FloatVector.fromArray(SPECIES, terms, last);
        for (int i = 0; i < length; i += LANES) {
            int at = Math.min(i, last);
            FloatVector z = i <= last ? FloatVector.fromArray(SPECIES, terms, i) : end;
            FloatVector a = FloatVector.fromArray(SPECIES, logits, from + at);
            FloatVector value = FloatVector.fromArray(SPECIES, x, from + at);
            sigmoid(a, z).intoArray(probabilities, from + at);
            value.fma(a, softplus(a, z).neg()).intoArray(terms, at);
        }
    }

    /** out ← e^−|x|. */
    private static void decay(float[] in, int from, float[] out, int length) {
        int last = length - LANES;
        for (int i = 0; i < length; i += LANES) {
            int at = Math.min(i, last);
            FloatVector x = FloatVector.fromArray(SPECIES, in, from + at);
            exp(x.abs().neg()).intoArray(out, at);
        }
    }

    private static void softplus(
            float[] in, int from, float[] decayed, float[] out, int to, int length) {
        int last = length - LANES;
        FloatVector end = FloatVector.fromArray(SPECIES, in, from + last);
        for (int i = 0; i < length; i += LANES) {
            FloatVector x = i <= last ? FloatVector.fromArray(SPECIES, in, from + i) : end;
            FloatVector z = FloatVector.fromArray(SPECIES, decayed, Math.min(i, last));
            softplus(x, z).intoArray(out, to + Math.min(i, last));
        }
    }

    private static FloatVector exp(FloatVector x) {
        FloatVector m = x.fma(FloatSeries.LOG2E, FloatSeries.INTEGERS);
        FloatVector n = m.sub(FloatSeries.INTEGERS);
        FloatVector r = remainder(x, n);
        FloatVector y = r.mul(r).fma(FloatVectorSeries.exp(SPECIES, r), r).add(1);
        FloatVector half = n.fma(0.5f, FloatSeries.INTEGERS);
        FloatVector rest = n.sub(half.sub(FloatSeries.INTEGERS)).add(FloatSeries.INTEGERS);
        FloatVector scaled = y.mul(powerOfTwo(half)).mul(powerOfTwo(rest));
        VectorMask<Float> over = x.compare(VectorOperators.GT, FloatSeries.OVERFLOW);
        VectorMask<Float> under = x.compare(VectorOperators.LT, FloatSeries.UNDERFLOW);
        return scaled.blend(Float.POSITIVE_INFINITY, over).blend(0, under);
    }

    private static FloatVector remainder(FloatVector x, FloatVector n) {
        FloatVector high = FloatVector.broadcast(SPECIES, -FloatSeries.LN2_HIGH);
        FloatVector low = FloatVector.broadcast(SPECIES, -FloatSeries.LN2_LOW);
        return n.fma(low, n.fma(high, x));
    }

    private static FloatVector powerOfTwo(FloatVector m) {
        return m.reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, FloatSeries.MANTISSA)
                .add(FloatSeries.ONE_BITS)
                .reinterpretAsFloats();
    }

    private static FloatVector log(FloatVector x) {
        VectorMask<Float> small = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
        FloatVector normal = x.blend(x.mul(FloatSeries.NORMALIZER), small);
        int offset = FloatSeries.ONE_BITS - FloatSeries.ROOT_BITS;
        IntVector bits = normal.reinterpretAsInts().add(offset);
        FloatVector k =
                bits.lanewise(VectorOperators.LSHR, FloatSeries.MANTISSA)
                        .lanewise(VectorOperators.OR, Float.floatToRawIntBits(FloatSeries.EXPONENT))
                        .reinterpretAsFloats()
                        .sub(FloatSeries.EXPONENT + FloatSeries.BIAS);
        k = k.blend(k.sub(FloatSeries.SHIFT), small);
        FloatVector f =
                bits.lanewise(VectorOperators.AND, FloatSeries.MANTISSA_BITS)
                        .add(FloatSeries.ROOT_BITS)
                        .reinterpretAsFloats()
                        .sub(1);
        FloatVector y = FloatVector.broadcast(SPECIES, Float.NaN);
        return y.blend(log(f, k), x.compare(VectorOperators.GT, 0))
                .blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0))
                .blend(x, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
    }

    private static FloatVector log(FloatVector f, FloatVector k) {
        FloatVector s = f.div(f.add(2));
        FloatVector z = s.mul(s);
        FloatVector half = f.mul(0.5f).mul(f);
        FloatVector tail = z.fma(FloatVectorSeries.log(SPECIES, z), half);
        FloatVector low = s.fma(tail, k.mul(FloatSeries.LN2_LOW));
        return k.fma(FloatVector.broadcast(SPECIES, FloatSeries.LN2_HIGH), f.sub(half.sub(low)));
    }

    private static FloatVector tanh(FloatVector x) {
        FloatVector a = x.abs();
        a = a.blend(FloatSeries.FLAT, a.compare(VectorOperators.GT, FloatSeries.FLAT));
        FloatVector t = a.mul(-2);
        FloatVector m = t.fma(FloatSeries.LOG2E, FloatSeries.INTEGERS);
        FloatVector r = remainder(t, m.sub(FloatSeries.INTEGERS));
        FloatVector scale = powerOfTwo(m);
        FloatVector e = r.mul(r).fma(FloatVectorSeries.exp(SPECIES, r), r).fma(scale, scale.sub(1));
        FloatVector y = FloatVector.zero(SPECIES).sub(e).div(e.add(2));
        IntVector sign = x.reinterpretAsInts().lanewise(VectorOperators.AND, FloatSeries.SIGN_BIT);
        return y.reinterpretAsInts().lanewise(VectorOperators.OR, sign).reinterpretAsFloats();
    }

    private static FloatVector sigmoid(FloatVector x) {
        return sigmoid(x, exp(x.abs().neg()));
    }

    private static FloatVector sigmoid(FloatVector x, FloatVector z) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        return one.blend(z, x.compare(VectorOperators.LT, 0)).div(z.add(1));
    }

    private static FloatVector softplus(FloatVector x, FloatVector z) {
        VectorMask<Float> great = z.compare(VectorOperators.GT, FloatSeries.SPLIT);
        FloatVector f = z.blend(z.fma(0.5f, -0.5f), great);
        FloatVector tail = log(f, FloatVector.zero(SPECIES).blend(1, great));
        return x.blend(0, x.compare(VectorOperators.LT, 0)).add(tail);
    }
}
