<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}VectorFunctions.java"/>
package io.github.sparklatent.linalg.kernels;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.${T}Vector;
import jdk.incubator.vector.${I}Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions on vectors, with the same steps as {@link ${T}ScalarFunctions}. The last vector
 * of a range overlaps the one before it. It is read first, because the range may be written in place.
 */
public final class ${T}VectorFunctions implements ${T}Elementary {
    private static final VectorSpecies<${T}> SPECIES =
            VectorSpecies.of(${t}.class, VectorWidth.of(MethodHandles.lookup()));
    private static final int LANES = SPECIES.length();

    /** Vectors are cast to this class when they are read or written; see {@link ${T}VectorGemm}. */
    private static final Class<? extends ${T}Vector> TYPE = ${T}Vector.zero(SPECIES).getClass();

    private static final int CHUNK = 256;

    private final ${T}Elementary scalar = new ${T}ScalarFunctions();

<#assign functions=["exp", "log", "tanh", "sigmoid"]>
<#list functions as name>
    private static final MethodHandle[] ${name?upper_case} = loops("${name}");

    @Override
    public void ${name}(${t}[] in, int from, ${t}[] out, int to, int length) {
        if (length < LANES) {
            scalar.${name}(in, from, out, to, length);
        } else {
            run(${name?upper_case}, new ${T}Range(in, from, null, null, null, 0, out, to, length));
        }
    }

</#list>
    @Override
    public void softplus(${t}[] in, int from, ${t}[] out, int to, int length) {
        ${t}[] decayed = new ${t}[Math.min(roundedUp(length), CHUNK)];
        for (int i = 0; i < length; i += CHUNK) {
            int count = Math.min(length - i, CHUNK);
            if (count < LANES) {
                scalar.softplus(in, from + i, out, to + i, count);
            } else {
                run(
                        SOFTPLUS,
                        new ${T}Range(in, from + i, decayed, null, null, 0, out, to + i, count));
            }
        }
    }

    @Override
    public void bernoulli(
            ${t}[] x, ${t}[] logits, int from, ${t}[] probabilities, ${t}[] terms, int length) {
        int last = length - LANES;
        if (last < 0) {
            scalar.bernoulli(x, logits, from, probabilities, terms, length);
            return;
        }
        ${t}[] decayed = new ${t}[Math.min(roundedUp(length), CHUNK)];
        for (int i = 0; i < length; i += CHUNK) {
            int at = Math.min(i, last);
            int count = Math.min(length - at, CHUNK);
            int place = from + at;
            run(
                    BERNOULLI,
                    new ${T}Range(
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
        MethodType type = MethodType.methodType(void.class, ${T}Range.class);
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
     * Runs the loops one after the other. In a method with too many operations the JIT allocates
     * vectors as objects, five times slower. Method handles keep it from inlining the loops into each
     * other or into their callers. Each function has its own loop: if the function were an argument,
     * every vector would be an object again.
     */
    private static void run(MethodHandle[] loops, ${T}Range range) {
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

<#list functions as name>
    /** Out ← ${name} x. The last vector is read first, because the range may be written in place. */
    private static void ${name}(${T}Range range) {
        ${t}[] in = range.in();
        int from = range.from();
        int last = range.length() - LANES;
        ${T}Vector end = TYPE.cast(${T}Vector.fromArray(SPECIES, in, from + last));
        for (int i = 0; i < range.length(); i += LANES) {
            ${T}Vector x = i <= last ? TYPE.cast(${T}Vector.fromArray(SPECIES, in, from + i)) : end;
            TYPE.cast(${name}(x)).intoArray(range.out(), range.to() + Math.min(i, last));
        }
    }

</#list>
    /** z ← e^−|a|. */
    private static void decay(${T}Range range) {
        ${t}[] in = range.in();
        int from = range.from();
        int last = range.length() - LANES;
        for (int i = 0; i < range.length(); i += LANES) {
            int at = Math.min(i, last);
            ${T}Vector x = ${T}Vector.fromArray(SPECIES, in, from + at);
            TYPE.cast(exp(x.abs().neg())).intoArray(range.decayed(), at);
        }
    }

    /** Probabilities ← σ(a). */
    private static void probability(${T}Range range) {
        int last = range.length() - LANES;
        for (int i = 0; i < range.length(); i += LANES) {
            int at = Math.min(i, last);
            ${T}Vector a = ${T}Vector.fromArray(SPECIES, range.in(), range.from() + at);
            ${T}Vector z = ${T}Vector.fromArray(SPECIES, range.decayed(), at);
            TYPE.cast(sigmoid(a, z)).intoArray(range.probabilities(), range.place() + at);
        }
    }

    /** z ← log(1 + z) in whole vectors. The last one may go beyond the range. */
    private static void logarithm(${T}Range range) {
        ${t}[] decayed = range.decayed();
        for (int i = 0; i < range.length(); i += LANES) {
            ${T}Vector z = ${T}Vector.fromArray(SPECIES, decayed, i);
            VectorMask<${T}> great = z.compare(VectorOperators.GT, ${T}Series.SPLIT);
            ${T}Vector f = z.blend(z.fma(0.5f, -0.5f), great);
            log(f, ${T}Vector.zero(SPECIES).blend(1, great)).intoArray(decayed, i);
        }
    }

    /** Out ← max(a, 0) + z. The last vector is read first, because the range may be written in place. */
    private static void finish(${T}Range range) {
        int last = range.length() - LANES;
        ${T}Vector end =
                TYPE.cast(${T}Vector.fromArray(SPECIES, range.in(), range.from() + last));
        for (int i = 0; i < range.length(); i += LANES) {
            int at = Math.min(i, last);
            ${T}Vector a =
                    i <= last
                            ? TYPE.cast(
                                    ${T}Vector.fromArray(SPECIES, range.in(), range.from() + i))
                            : end;
            ${T}Vector z = ${T}Vector.fromArray(SPECIES, range.decayed(), at);
            TYPE.cast(softplus(a, z)).intoArray(range.out(), range.to() + at);
        }
    }

    /** Out ← x a − (max(a, 0) + z). */
    private static void term(${T}Range range) {
        int last = range.length() - LANES;
        for (int i = 0; i < range.length(); i += LANES) {
            int at = Math.min(i, last);
            ${T}Vector a = ${T}Vector.fromArray(SPECIES, range.in(), range.from() + at);
            ${T}Vector z = ${T}Vector.fromArray(SPECIES, range.decayed(), at);
            ${T}Vector x = ${T}Vector.fromArray(SPECIES, range.x(), range.place() + at);
            x.fma(a, softplus(a, z).neg()).intoArray(range.out(), range.to() + at);
        }
    }

<#list [["series", "EXP", (T == "Float")?then(6, 11)], ["logSeries", "LOG", (T == "Float")?then(4, 7)]] as f>
    /** The polynomial of ${T}Series. */
    private static ${T}Vector ${f[0]}(${T}Vector x) {
        ${T}Vector sum = x.fma(${T}Series.${f[1]}_${f[2] - 1}, ${T}Series.${f[1]}_${f[2] - 2});
  <#list (f[2] - 3)..0 as k>
        sum = sum.fma(x, ${T}Vector.broadcast(SPECIES, ${T}Series.${f[1]}_${k}));
  </#list>
        return sum;
    }

</#list>
    private static ${T}Vector exp(${T}Vector x) {
        ${T}Vector m = x.fma(${T}Series.LOG2E, ${T}Series.INTEGERS);
        ${T}Vector n = m.sub(${T}Series.INTEGERS);
        ${T}Vector r = remainder(x, n);
        ${T}Vector y = r.mul(r).fma(series(r), r).add(1);
        ${T}Vector half = n.fma(0.5f, ${T}Series.INTEGERS);
        ${T}Vector rest = n.sub(half.sub(${T}Series.INTEGERS)).add(${T}Series.INTEGERS);
        ${T}Vector scaled = y.mul(powerOfTwo(half)).mul(powerOfTwo(rest));
        VectorMask<${T}> over = x.compare(VectorOperators.GT, ${T}Series.OVERFLOW);
        VectorMask<${T}> under = x.compare(VectorOperators.LT, ${T}Series.UNDERFLOW);
        return scaled.blend(${T}.POSITIVE_INFINITY, over).blend(0, under);
    }

    private static ${T}Vector remainder(${T}Vector x, ${T}Vector n) {
        ${T}Vector high = ${T}Vector.broadcast(SPECIES, -${T}Series.LN2_HIGH);
        ${T}Vector low = ${T}Vector.broadcast(SPECIES, -${T}Series.LN2_LOW);
        return n.fma(low, n.fma(high, x));
    }

    private static ${T}Vector powerOfTwo(${T}Vector m) {
        return m.reinterpretAs${I}s()
                .lanewise(VectorOperators.LSHL, ${T}Series.MANTISSA)
                .add(${T}Series.ONE_BITS)
                .reinterpretAs${T}s();
    }

    private static ${T}Vector log(${T}Vector x) {
        VectorMask<${T}> small = x.compare(VectorOperators.LT, ${T}.MIN_NORMAL);
        ${T}Vector normal = x.blend(x.mul(${T}Series.NORMALIZER), small);
        ${i} offset = ${T}Series.ONE_BITS - ${T}Series.ROOT_BITS;
        ${I}Vector bits = normal.reinterpretAs${I}s().add(offset);
        ${T}Vector k =
                bits.lanewise(VectorOperators.LSHR, ${T}Series.MANTISSA)
                        .lanewise(VectorOperators.OR, ${T}.${t}ToRaw${I}Bits(${T}Series.EXPONENT))
                        .reinterpretAs${T}s()
                        .sub(${T}Series.EXPONENT + ${T}Series.BIAS);
        k = k.blend(k.sub(${T}Series.SHIFT), small);
        ${T}Vector f =
                bits.lanewise(VectorOperators.AND, ${T}Series.MANTISSA_BITS)
                        .add(${T}Series.ROOT_BITS)
                        .reinterpretAs${T}s()
                        .sub(1);
        ${T}Vector y = ${T}Vector.broadcast(SPECIES, ${T}.NaN);
        return y.blend(log(f, k), x.compare(VectorOperators.GT, 0))
                .blend(${T}.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0))
                .blend(x, x.compare(VectorOperators.EQ, ${T}.POSITIVE_INFINITY));
    }

    private static ${T}Vector log(${T}Vector f, ${T}Vector k) {
        ${T}Vector s = f.div(f.add(2));
        ${T}Vector z = s.mul(s);
        ${T}Vector half = f.mul(0.5f).mul(f);
        ${T}Vector tail = z.fma(logSeries(z), half);
        ${T}Vector low = s.fma(tail, k.mul(${T}Series.LN2_LOW));
        return k.fma(${T}Vector.broadcast(SPECIES, ${T}Series.LN2_HIGH), f.sub(half.sub(low)));
    }

    private static ${T}Vector tanh(${T}Vector x) {
        ${T}Vector a = x.abs();
        a = a.blend(${T}Series.FLAT, a.compare(VectorOperators.GT, ${T}Series.FLAT));
        ${T}Vector t = a.mul(-2);
        ${T}Vector m = t.fma(${T}Series.LOG2E, ${T}Series.INTEGERS);
        ${T}Vector r = remainder(t, m.sub(${T}Series.INTEGERS));
        ${T}Vector scale = powerOfTwo(m);
        ${T}Vector e = r.mul(r).fma(series(r), r).fma(scale, scale.sub(1));
        ${T}Vector y = ${T}Vector.zero(SPECIES).sub(e).div(e.add(2));
        ${I}Vector sign = x.reinterpretAs${I}s().lanewise(VectorOperators.AND, ${T}Series.SIGN_BIT);
        return y.reinterpretAs${I}s().lanewise(VectorOperators.OR, sign).reinterpretAs${T}s();
    }

    private static ${T}Vector sigmoid(${T}Vector x) {
        return sigmoid(x, exp(x.abs().neg()));
    }

    private static ${T}Vector sigmoid(${T}Vector x, ${T}Vector z) {
        ${T}Vector one = ${T}Vector.broadcast(SPECIES, 1);
        return one.blend(z, x.compare(VectorOperators.LT, 0)).div(z.add(1));
    }

    /** Softplus from its tail log(1 + e^−|x|). */
    private static ${T}Vector softplus(${T}Vector x, ${T}Vector tail) {
        return x.blend(0, x.compare(VectorOperators.LT, 0)).add(tail);
    }
}
</#list>
