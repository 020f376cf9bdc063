package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions of {@link FloatFunctions} on vectors: step by step those of {@link
 * FloatScalarFunctions}. The last vector of a range overlaps the one before it; its numbers are
 * read first, for the function may write where it reads.
 */
final class FloatVectorFunctions implements FloatElementary {
    private static final VectorSpecies<Float> SPECIES =
            VectorSpecies.of(float.class, VectorWidth.of(MethodHandles.lookup()));
    private static final int LANES = SPECIES.length();

    /**
     * What vectors are cast to where they are read and before they are written, whatever vectors of
     * other classes the JIT has seen; see {@link FloatVectorTiles}.
     */
    private static final Class<? extends FloatVector> TYPE = FloatVector.zero(SPECIES).getClass();

    private static final int CHUNK = 256;

    private final FloatElementary scalar = new FloatScalarFunctions();

    @Override
    public void exp(float[] in, int from, float[] out, int to, int length) {
        if (length < LANES) {
            scalar.exp(in, from, out, to, length);
        } else {
            run(EXPONENTIALS, new FloatRange(in, from, null, null, null, 0, out, to, length));
        }
    }

    @Override
    public void log(float[] in, int from, float[] out, int to, int length) {
        if (length < LANES) {
            scalar.log(in, from, out, to, length);
        } else {
            run(LOGARITHMS, new FloatRange(in, from, null, null, null, 0, out, to, length));
        }
    }

    @Override
    public void tanh(float[] in, int from, float[] out, int to, int length) {
        if (length < LANES) {
            scalar.tanh(in, from, out, to, length);
        } else {
            run(TANGENTS, new FloatRange(in, from, null, null, null, 0, out, to, length));
        }
    }

    @Override
    public void sigmoid(float[] in, int from, float[] out, int to, int length) {
        if (length < LANES) {
            scalar.sigmoid(in, from, out, to, length);
        } else {
            run(SIGMOIDS, new FloatRange(in, from, null, null, null, 0, out, to, length));
        }
    }

    @Override
    public void softplus(float[] in, int from, float[] out, int to, int length) {
        float[] decayed = new float[Math.min(roundedUp(length), CHUNK)];
        for (int i = 0; i < length; i += CHUNK) {
            int count = Math.min(length - i, CHUNK);
            if (count < LANES) {
                scalar.softplus(in, from + i, out, to + i, count);
            } else {
                run(
                        SOFTPLUS,
                        new FloatRange(in, from + i, decayed, null, null, 0, out, to + i, count));
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
        float[] decayed = new float[Math.min(roundedUp(length), CHUNK)];
        for (int i = 0; i < length; i += CHUNK) {
            int at = Math.min(i, last);
            int count = Math.min(length - at, CHUNK);
            int place = from + at;
            run(
                    BERNOULLI,
                    new FloatRange(
                            logits, place, decayed, x, probabilities, place, terms, at, count));
        }
    }

    private static int roundedUp(int length) {
        return (length + LANES - 1) / LANES * LANES;
    }

    private static final MethodHandle[] EXPONENTIALS = loops("exponentials");

    private static final MethodHandle[] LOGARITHMS = loops("logarithms");

    private static final MethodHandle[] TANGENTS = loops("tangents");

    private static final MethodHandle[] SIGMOIDS = loops("sigmoids");

    private static final MethodHandle[] SOFTPLUS = loops("decay", "logarithm", "finish");

    private static final MethodHandle[] BERNOULLI =
            loops("decay", "probability", "logarithm", "term");

    private static MethodHandle[] loops(String... names) {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        MethodType type = MethodType.methodType(void.class, FloatRange.class);
        MethodHandle[] loops = new MethodHandle[names.length];
        try {
            for (int i = 0; i < names.length; i++) {
                loops[i] = lookup.findStatic(lookup.lookupClass(), names[i], type);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return loops;
    }

    /**
     * Loop after loop, through handles: the JIT gives up on vectors in a method of too many
     * operations and makes objects of them, five times as slow. So it joins the loops neither with
     * each other nor with their callers, and each function has a loop of its own: with the function
     * as an argument every vector would be an object again.
     */
    private static void run(MethodHandle[] loops, FloatRange range) {
        try {
            for (MethodHandle loop : loops) {
                loop.invokeExact(range);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Out ← e^x; the last vector is read first, as the range may be written in place. */
    private static void exponentials(FloatRange range) {
        float[] in = range.in();
        int from = range.from();
        int last = range.length() - LANES;
        FloatVector end = TYPE.cast(FloatVector.fromArray(SPECIES, in, from + last));
        for (int i = 0; i < range.length(); i += LANES) {
            FloatVector x =
                    i <= last ? TYPE.cast(FloatVector.fromArray(SPECIES, in, from + i)) : end;
            TYPE.cast(exp(x)).intoArray(range.out(), range.to() + Math.min(i, last));
        }
    }

    /** Out ← log x; the last vector is read first, as the range may be written in place. */
    private static void logarithms(FloatRange range) {
        float[] in = range.in();
        int from = range.from();
        int last = range.length() - LANES;
        FloatVector end = TYPE.cast(FloatVector.fromArray(SPECIES, in, from + last));
        for (int i = 0; i < range.length(); i += LANES) {
            FloatVector x =
                    i <= last ? TYPE.cast(FloatVector.fromArray(SPECIES, in, from + i)) : end;
            TYPE.cast(log(x)).intoArray(range.out(), range.to() + Math.min(i, last));
        }
    }

    /** Out ← tanh x; the last vector is read first, as the range may be written in place. */
    private static void tangents(FloatRange range) {
        float[] in = range.in();
        int from = range.from();
        int last = range.length() - LANES;
        FloatVector end = TYPE.cast(FloatVector.fromArray(SPECIES, in, from + last));
        for (int i = 0; i < range.length(); i += LANES) {
            FloatVector x =
                    i <= last ? TYPE.cast(FloatVector.fromArray(SPECIES, in, from + i)) : end;
            TYPE.cast(tanh(x)).intoArray(range.out(), range.to() + Math.min(i, last));
        }
    }

    /** Out ← σ(x); the last vector is read first, as the range may be written in place. */
    private static void sigmoids(FloatRange range) {
        float[] in = range.in();
        int from = range.from();
        int last = range.length() - LANES;
        FloatVector end = TYPE.cast(FloatVector.fromArray(SPECIES, in, from + last));
        for (int i = 0; i < range.length(); i += LANES) {
            FloatVector x =
                    i <= last ? TYPE.cast(FloatVector.fromArray(SPECIES, in, from + i)) : end;
            TYPE.cast(sigmoid(x)).intoArray(range.out(), range.to() + Math.min(i, last));
        }
    }

    /** z ← e^−|a|. */
    private static void decay(FloatRange range) {
        float[] in = range.in();
        int from = range.from();
        int last = range.length() - LANES;
        for (int i = 0; i < range.length(); i += LANES) {
            int at = Math.min(i, last);
            FloatVector x = FloatVector.fromArray(SPECIES, in, from + at);
            TYPE.cast(exp(x.abs().neg())).intoArray(range.decayed(), at);
        }
    }

    /** Probabilities ← σ(a). */
    private static void probability(FloatRange range) {
        int last = range.length() - LANES;
        for (int i = 0; i < range.length(); i += LANES) {
            int at = Math.min(i, last);
            FloatVector a = FloatVector.fromArray(SPECIES, range.in(), range.from() + at);
            FloatVector z = FloatVector.fromArray(SPECIES, range.decayed(), at);
            TYPE.cast(sigmoid(a, z)).intoArray(range.probabilities(), range.place() + at);
        }
    }

    /** z ← log(1 + z), of whole vectors, the last of which may go beyond the range. */
    private static void logarithm(FloatRange range) {
        float[] decayed = range.decayed();
        for (int i = 0; i < range.length(); i += LANES) {
            FloatVector z = FloatVector.fromArray(SPECIES, decayed, i);
            VectorMask<Float> great = z.compare(VectorOperators.GT, FloatSeries.SPLIT);
            FloatVector f = z.blend(z.fma(0.5f, -0.5f), great);
            log(f, FloatVector.zero(SPECIES).blend(1, great)).intoArray(decayed, i);
        }
    }

    /** Out ← max(a, 0) + z; the last vector is read first, as the range may be written in place. */
    private static void finish(FloatRange range) {
        int last = range.length() - LANES;
        FloatVector end =
                TYPE.cast(FloatVector.fromArray(SPECIES, range.in(), range.from() + last));
        for (int i = 0; i < range.length(); i += LANES) {
            int at = Math.min(i, last);
            FloatVector a =
                    i <= last
                            ? TYPE.cast(
                                    FloatVector.fromArray(SPECIES, range.in(), range.from() + i))
                            : end;
            FloatVector z = FloatVector.fromArray(SPECIES, range.decayed(), at);
            TYPE.cast(softplus(a, z)).intoArray(range.out(), range.to() + at);
        }
    }

    /** Out ← x a − (max(a, 0) + z). */
    private static void term(FloatRange range) {
        int last = range.length() - LANES;
        for (int i = 0; i < range.length(); i += LANES) {
            int at = Math.min(i, last);
            FloatVector a = FloatVector.fromArray(SPECIES, range.in(), range.from() + at);
            FloatVector z = FloatVector.fromArray(SPECIES, range.decayed(), at);
            FloatVector x = FloatVector.fromArray(SPECIES, range.x(), range.place() + at);
            x.fma(a, softplus(a, z).neg()).intoArray(range.out(), range.to() + at);
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

    /** Of log(1 + e^−|x|). */
    private static FloatVector softplus(FloatVector x, FloatVector tail) {
        return x.blend(0, x.compare(VectorOperators.LT, 0)).add(tail);
    }
}
