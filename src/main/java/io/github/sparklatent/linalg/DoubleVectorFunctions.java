package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions of {@link DoubleFunctions} on vectors: step by step those of {@link
 * DoubleScalarFunctions}. The last vector of a range overlaps the one before it; its numbers are
 * read first, for the function may write where it reads.
 */
final class DoubleVectorFunctions implements DoubleElementary {
    private static final VectorSpecies<Double> SPECIES = species();
    private static final int LANES = SPECIES.length();
    private static final int CHUNK = 256;

    private final DoubleElementary scalar = new DoubleScalarFunctions();

    /** The widest registers, or as many bits as this hidden class was given as its class data. */
    private static VectorSpecies<Double> species() {
        try {
            Integer bits = MethodHandles.classData(MethodHandles.lookup(), "_", Integer.class);
            return bits == null
                    ? DoubleVector.SPECIES_PREFERRED
                    : VectorSpecies.of(double.class, VectorShape.forBitSize(bits));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void exp(double[] in, int from, double[] out, int to, int length) {
        int last = length - LANES;
        if (last < 0) {
            scalar.exp(in, from, out, to, length);
            return;
        }
        DoubleVector end = DoubleVector.fromArray(SPECIES, in, from + last);
        for (int i = 0; i < length; i += LANES) {
            DoubleVector x = i <= last ? DoubleVector.fromArray(SPECIES, in, from + i) : end;
            exp(x).intoArray(out, to + Math.min(i, last));
        }
    }

    @Override
    public void log(double[] in, int from, double[] out, int to, int length) {
        int last = length - LANES;
        if (last < 0) {
            scalar.log(in, from, out, to, length);
            return;
        }
        DoubleVector end = DoubleVector.fromArray(SPECIES, in, from + last);
        for (int i = 0; i < length; i += LANES) {
            DoubleVector x = i <= last ? DoubleVector.fromArray(SPECIES, in, from + i) : end;
            log(x).intoArray(out, to + Math.min(i, last));
        }
    }

    @Override
    public void tanh(double[] in, int from, double[] out, int to, int length) {
        int last = length - LANES;
        if (last < 0) {
            scalar.tanh(in, from, out, to, length);
            return;
        }
        DoubleVector end = DoubleVector.fromArray(SPECIES, in, from + last);
        for (int i = 0; i < length; i += LANES) {
            DoubleVector x = i <= last ? DoubleVector.fromArray(SPECIES, in, from + i) : end;
            tanh(x).intoArray(out, to + Math.min(i, last));
        }
    }

    @Override
    public void sigmoid(double[] in, int from, double[] out, int to, int length) {
        int last = length - LANES;
        if (last < 0) {
            scalar.sigmoid(in, from, out, to, length);
            return;
        }
        DoubleVector end = DoubleVector.fromArray(SPECIES, in, from + last);
        for (int i = 0; i < length; i += LANES) {
            DoubleVector x = i <= last ? DoubleVector.fromArray(SPECIES, in, from + i) : end;
            sigmoid(x).intoArray(out, to + Math.min(i, last));
        }
    }

    @Override
    public void softplus(double[] in, int from, double[] out, int to, int length) {
        double[] decayed = new double[Math.min(roundedUp(length), CHUNK)];
        for (int i = 0; i < length; i += CHUNK) {
            int count = Math.min(length - i, CHUNK);
            if (count < LANES) {
                scalar.softplus(in, from + i, out, to + i, count);
            } else {
                run(
                        SOFTPLUS,
                        new DoubleRange(in, from + i, decayed, null, null, 0, out, to + i, count));
            }
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
        int last = length - LANES;
        if (last < 0) {
            scalar.bernoulli(x, logits, from, probabilities, terms, length);
            return;
        }
        double[] decayed = new double[Math.min(roundedUp(length), CHUNK)];
        for (int i = 0; i < length; i += CHUNK) {
            int at = Math.min(i, last);
            int count = Math.min(length - at, CHUNK);
            int place = from + at;
            run(
                    BERNOULLI,
                    new DoubleRange(
                            logits, place, decayed, x, probabilities, place, terms, at, count));
        }
    }

    private static int roundedUp(int length) {
        return (length + LANES - 1) / LANES * LANES;
    }

    private static final MethodHandle[] SOFTPLUS = loops("decay", "logarithm", "finish");

    private static final MethodHandle[] BERNOULLI =
            loops("decay", "probability", "logarithm", "term");

    private static MethodHandle[] loops(String... names) {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        MethodType type = MethodType.methodType(void.class, DoubleRange.class);
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
     * operations and makes objects of them, five times as slow. So it does not join the loops.
     */
    private static void run(MethodHandle[] loops, DoubleRange range) {
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

    /** z ← e^−|a|. */
    private static void decay(DoubleRange range) {
        double[] in = range.in();
        int from = range.from();
        int last = range.length() - LANES;
        for (int i = 0; i < range.length(); i += LANES) {
            int at = Math.min(i, last);
            DoubleVector x = DoubleVector.fromArray(SPECIES, in, from + at);
            exp(x.abs().neg()).intoArray(range.decayed(), at);
        }
    }

    /** Probabilities ← σ(a). */
    private static void probability(DoubleRange range) {
        int last = range.length() - LANES;
        for (int i = 0; i < range.length(); i += LANES) {
            int at = Math.min(i, last);
            DoubleVector a = DoubleVector.fromArray(SPECIES, range.in(), range.from() + at);
            DoubleVector z = DoubleVector.fromArray(SPECIES, range.decayed(), at);
            sigmoid(a, z).intoArray(range.probabilities(), range.place() + at);
        }
    }

    /** z ← log(1 + z), of whole vectors, the last of which may go beyond the range. */
    private static void logarithm(DoubleRange range) {
        double[] decayed = range.decayed();
        for (int i = 0; i < range.length(); i += LANES) {
            DoubleVector z = DoubleVector.fromArray(SPECIES, decayed, i);
            VectorMask<Double> great = z.compare(VectorOperators.GT, DoubleSeries.SPLIT);
            DoubleVector f = z.blend(z.fma(0.5d, -0.5d), great);
            log(f, DoubleVector.zero(SPECIES).blend(1, great)).intoArray(decayed, i);
        }
    }

    /** Out ← max(a, 0) + z; the last vector is read first, as the range may be written in place. */
    private static void finish(DoubleRange range) {
        int last = range.length() - LANES;
        DoubleVector end = DoubleVector.fromArray(SPECIES, range.in(), range.from() + last);
        for (int i = 0; i < range.length(); i += LANES) {
            int at = Math.min(i, last);
            DoubleVector a =
                    i <= last ? DoubleVector.fromArray(SPECIES, range.in(), range.from() + i) : end;
            DoubleVector z = DoubleVector.fromArray(SPECIES, range.decayed(), at);
            softplus(a, z).intoArray(range.out(), range.to() + at);
        }
    }

    /** Out ← x a − (max(a, 0) + z). */
    private static void term(DoubleRange range) {
        int last = range.length() - LANES;
        for (int i = 0; i < range.length(); i += LANES) {
            int at = Math.min(i, last);
            DoubleVector a = DoubleVector.fromArray(SPECIES, range.in(), range.from() + at);
            DoubleVector z = DoubleVector.fromArray(SPECIES, range.decayed(), at);
            DoubleVector x = DoubleVector.fromArray(SPECIES, range.x(), range.place() + at);
            x.fma(a, softplus(a, z).neg()).intoArray(range.out(), range.to() + at);
        }
    }

    private static DoubleVector exp(DoubleVector x) {
        DoubleVector m = x.fma(DoubleSeries.LOG2E, DoubleSeries.INTEGERS);
        DoubleVector n = m.sub(DoubleSeries.INTEGERS);
        DoubleVector r = remainder(x, n);
        DoubleVector y = r.mul(r).fma(DoubleVectorSeries.exp(SPECIES, r), r).add(1);
        DoubleVector half = n.fma(0.5d, DoubleSeries.INTEGERS);
        DoubleVector rest = n.sub(half.sub(DoubleSeries.INTEGERS)).add(DoubleSeries.INTEGERS);
        DoubleVector scaled = y.mul(powerOfTwo(half)).mul(powerOfTwo(rest));
        VectorMask<Double> over = x.compare(VectorOperators.GT, DoubleSeries.OVERFLOW);
        VectorMask<Double> under = x.compare(VectorOperators.LT, DoubleSeries.UNDERFLOW);
        return scaled.blend(Double.POSITIVE_INFINITY, over).blend(0, under);
    }

    private static DoubleVector remainder(DoubleVector x, DoubleVector n) {
        DoubleVector high = DoubleVector.broadcast(SPECIES, -DoubleSeries.LN2_HIGH);
        DoubleVector low = DoubleVector.broadcast(SPECIES, -DoubleSeries.LN2_LOW);
        return n.fma(low, n.fma(high, x));
    }

    private static DoubleVector powerOfTwo(DoubleVector m) {
        return m.reinterpretAsLongs()
                .lanewise(VectorOperators.LSHL, DoubleSeries.MANTISSA)
                .add(DoubleSeries.ONE_BITS)
                .reinterpretAsDoubles();
    }

    private static DoubleVector log(DoubleVector x) {
        VectorMask<Double> small = x.compare(VectorOperators.LT, Double.MIN_NORMAL);
        DoubleVector normal = x.blend(x.mul(DoubleSeries.NORMALIZER), small);
        long offset = DoubleSeries.ONE_BITS - DoubleSeries.ROOT_BITS;
        LongVector bits = normal.reinterpretAsLongs().add(offset);
        DoubleVector k =
                bits.lanewise(VectorOperators.LSHR, DoubleSeries.MANTISSA)
                        .lanewise(
                                VectorOperators.OR,
                                Double.doubleToRawLongBits(DoubleSeries.EXPONENT))
                        .reinterpretAsDoubles()
                        .sub(DoubleSeries.EXPONENT + DoubleSeries.BIAS);
        k = k.blend(k.sub(DoubleSeries.SHIFT), small);
        DoubleVector f =
                bits.lanewise(VectorOperators.AND, DoubleSeries.MANTISSA_BITS)
                        .add(DoubleSeries.ROOT_BITS)
                        .reinterpretAsDoubles()
                        .sub(1);
        DoubleVector y = DoubleVector.broadcast(SPECIES, Double.NaN);
        return y.blend(log(f, k), x.compare(VectorOperators.GT, 0))
                .blend(Double.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0))
                .blend(x, x.compare(VectorOperators.EQ, Double.POSITIVE_INFINITY));
    }

    private static DoubleVector log(DoubleVector f, DoubleVector k) {
        DoubleVector s = f.div(f.add(2));
        DoubleVector z = s.mul(s);
        DoubleVector half = f.mul(0.5d).mul(f);
        DoubleVector tail = z.fma(DoubleVectorSeries.log(SPECIES, z), half);
        DoubleVector low = s.fma(tail, k.mul(DoubleSeries.LN2_LOW));
        return k.fma(DoubleVector.broadcast(SPECIES, DoubleSeries.LN2_HIGH), f.sub(half.sub(low)));
    }

    private static DoubleVector tanh(DoubleVector x) {
        DoubleVector a = x.abs();
        a = a.blend(DoubleSeries.FLAT, a.compare(VectorOperators.GT, DoubleSeries.FLAT));
        DoubleVector t = a.mul(-2);
        DoubleVector m = t.fma(DoubleSeries.LOG2E, DoubleSeries.INTEGERS);
        DoubleVector r = remainder(t, m.sub(DoubleSeries.INTEGERS));
        DoubleVector scale = powerOfTwo(m);
        DoubleVector e =
                r.mul(r).fma(DoubleVectorSeries.exp(SPECIES, r), r).fma(scale, scale.sub(1));
        DoubleVector y = DoubleVector.zero(SPECIES).sub(e).div(e.add(2));
        LongVector sign =
                x.reinterpretAsLongs().lanewise(VectorOperators.AND, DoubleSeries.SIGN_BIT);
        return y.reinterpretAsLongs().lanewise(VectorOperators.OR, sign).reinterpretAsDoubles();
    }

    private static DoubleVector sigmoid(DoubleVector x) {
        return sigmoid(x, exp(x.abs().neg()));
    }

    private static DoubleVector sigmoid(DoubleVector x, DoubleVector z) {
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
        return one.blend(z, x.compare(VectorOperators.LT, 0)).div(z.add(1));
    }

    /** Of log(1 + e^−|x|). */
    private static DoubleVector softplus(DoubleVector x, DoubleVector tail) {
        return x.blend(0, x.compare(VectorOperators.LT, 0)).add(tail);
    }
}
