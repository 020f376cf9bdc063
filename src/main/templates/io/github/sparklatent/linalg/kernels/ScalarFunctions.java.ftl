<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}ScalarFunctions.java"/>
package io.github.sparklatent.linalg.kernels;

/** Elementary functions of one number after the other. */
public final class ${T}ScalarFunctions implements ${T}Elementary {
<#list ["exp", "log", "tanh", "sigmoid", "softplus"] as name>
    @Override
    public void ${name}(${t}[] in, int from, ${t}[] out, int to, int length) {
        for (int i = 0; i < length; i++) {
            out[to + i] = ${name}(in[from + i]);
        }
    }

</#list>
    @Override
    public void bernoulli(
            ${t}[] x, ${t}[] logits, int from, ${t}[] probabilities, ${t}[] terms, int length) {
        for (int i = 0; i < length; i++) {
            ${t} a = logits[from + i];
            ${t} z = exp(-Math.abs(a));
            terms[i] = Math.fma(x[from + i], a, -softplus(a, z));
            probabilities[from + i] = sigmoid(a, z);
        }
    }

    private static ${t} exp(${t} x) {
        ${t} m = Math.fma(x, ${T}Series.LOG2E, ${T}Series.INTEGERS);
        ${t} n = m - ${T}Series.INTEGERS;
        ${t} r = remainder(x, n);
        ${t} y = Math.fma(r * r, ${T}Series.exp(r), r) + 1;
        // 2ⁿ in two factors, because its own exponent may be out of range.
        ${t} half = Math.fma(n, 0.5f, ${T}Series.INTEGERS);
        ${t} rest = n - (half - ${T}Series.INTEGERS) + ${T}Series.INTEGERS;
        ${t} scaled = y * powerOfTwo(half) * powerOfTwo(rest);
        scaled = x > ${T}Series.OVERFLOW ? ${T}.POSITIVE_INFINITY : scaled;
        return x < ${T}Series.UNDERFLOW ? 0 : scaled;
    }

    /** x − n log 2. */
    private static ${t} remainder(${t} x, ${t} n) {
        return Math.fma(n, -${T}Series.LN2_LOW, Math.fma(n, -${T}Series.LN2_HIGH, x));
    }

    /** 2 to the integer in the lowest bits of m. */
    private static ${t} powerOfTwo(${t} m) {
        ${i} bits = (${T}.${t}ToRaw${I}Bits(m) << ${T}Series.MANTISSA) + ${T}Series.ONE_BITS;
        return ${T}.${i}BitsTo${T}(bits);
    }

    private static ${t} log(${t} x) {
        boolean small = x < ${T}.MIN_NORMAL;
        ${t} normal = small ? x * ${T}Series.NORMALIZER : x;
        ${i} offset = ${T}Series.ONE_BITS - ${T}Series.ROOT_BITS;
        ${i} bits = ${T}.${t}ToRaw${I}Bits(normal) + offset;
        ${i} exponent =
                (bits >>> ${T}Series.MANTISSA) | ${T}.${t}ToRaw${I}Bits(${T}Series.EXPONENT);
        ${t} k = ${T}.${i}BitsTo${T}(exponent) - (${T}Series.EXPONENT + ${T}Series.BIAS);
        k = small ? k - ${T}Series.SHIFT : k;
        ${i} fraction = (bits & ${T}Series.MANTISSA_BITS) + ${T}Series.ROOT_BITS;
        ${t} y = log(${T}.${i}BitsTo${T}(fraction) - 1, k);
        y = x > 0 ? y : ${T}.NaN;
        y = x == 0 ? ${T}.NEGATIVE_INFINITY : y;
        return x == ${T}.POSITIVE_INFINITY ? x : y;
    }

    /** log(1 + f) + k log 2 for √½ ≤ 1 + f ≤ √2. */
    private static ${t} log(${t} f, ${t} k) {
        ${t} s = f / (f + 2);
        ${t} z = s * s;
        ${t} half = f * 0.5f * f;
        ${t} tail = Math.fma(z, ${T}Series.log(z), half);
        ${t} low = Math.fma(s, tail, k * ${T}Series.LN2_LOW);
        return Math.fma(k, ${T}Series.LN2_HIGH, f - (half - low));
    }

    private static ${t} tanh(${t} x) {
        ${t} a = Math.abs(x);
        a = a > ${T}Series.FLAT ? ${T}Series.FLAT : a;
        // tanh a = (1 − e⁻²ᵃ) / (1 + e⁻²ᵃ), from e⁻²ᵃ − 1, without cancellation.
        ${t} t = a * -2;
        ${t} m = Math.fma(t, ${T}Series.LOG2E, ${T}Series.INTEGERS);
        ${t} r = remainder(t, m - ${T}Series.INTEGERS);
        ${t} scale = powerOfTwo(m);
        ${t} e = Math.fma(Math.fma(r * r, ${T}Series.exp(r), r), scale, scale - 1);
        ${t} y = (0 - e) / (e + 2);
        ${i} sign = ${T}.${t}ToRaw${I}Bits(x) & ${T}Series.SIGN_BIT;
        return ${T}.${i}BitsTo${T}(${T}.${t}ToRaw${I}Bits(y) | sign);
    }

    private static ${t} sigmoid(${t} x) {
        return sigmoid(x, exp(-Math.abs(x)));
    }

    private static ${t} sigmoid(${t} x, ${t} z) {
        return (x < 0 ? z : 1f) / (z + 1);
    }

    private static ${t} softplus(${t} x) {
        return softplus(x, exp(-Math.abs(x)));
    }

    private static ${t} softplus(${t} x, ${t} z) {
        boolean great = z > ${T}Series.SPLIT;
        ${t} f = great ? Math.fma(z, 0.5f, -0.5f) : z;
        ${t} tail = log(f, great ? 1f : 0f);
        return (x < 0 ? 0f : x) + tail;
    }
}
</#list>
