<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}Functions.java"/>
package io.github.sparklatent.linalg;

import io.github.sparklatent.linalg.kernels.${T}Elementary;
import java.util.Objects;

/**
 * Elementary functions over ranges of arrays of ${t}s, by range reduction and a polynomial, with fused
 * multiply-adds and without tables. The bits of a result depend on the argument only, not on the
 * processor or on its place in the range. A NaN gives a NaN.
 *
 * <p>The range that is read and the range that is written are the same or do not overlap.
 */
public final class ${T}Functions {
    private static final ${T}Elementary KERNEL = Kernels.choose(${T}Elementary.class, "${T}%sFunctions");

    private ${T}Functions() {}

    /** Computes out ← eˣ, 0 and ∞ beyond the range of numbers; within 1 ulp. */
    public static void exp(${t}[] in, int from, ${t}[] out, int to, int length) {
        check(in, from, out, to, length);
        KERNEL.exp(in, from, out, to, length);
    }

    /** Computes out ← log x, −∞ at 0, NaN below; within 1 ulp. */
    public static void log(${t}[] in, int from, ${t}[] out, int to, int length) {
        check(in, from, out, to, length);
        KERNEL.log(in, from, out, to, length);
    }

    /** Computes out ← tanh x; within 3 ulp. */
    public static void tanh(${t}[] in, int from, ${t}[] out, int to, int length) {
        check(in, from, out, to, length);
        KERNEL.tanh(in, from, out, to, length);
    }

    /** Computes out ← 1 / (1 + e⁻ˣ); within 3 ulp. */
    public static void sigmoid(${t}[] in, int from, ${t}[] out, int to, int length) {
        check(in, from, out, to, length);
        KERNEL.sigmoid(in, from, out, to, length);
    }

    /** Computes out ← log(1 + eˣ), without overflow; within 3 ulp. */
    public static void softplus(${t}[] in, int from, ${t}[] out, int to, int length) {
        check(in, from, out, to, length);
        KERNEL.softplus(in, from, out, to, length);
    }

    /**
     * Computes the terms of the log density of Bernoulli variables from their logits a, and the
     * probabilities that its derivative needs: terms[j] ← x a − log(1 + eᵃ), probabilities ← 1 / (1 +
     * e⁻ᵃ). The logarithm and the probability have the bits of {@link #softplus} and {@link #sigmoid}.
     * The product and the sum are rounded once.
     *
     * @param x variables, 0 or 1, from the offset. Not modified.
     * @param logits a, from the same offset. Not modified.
     * @param from the offset
     * @param probabilities another array, from the same offset. Modified.
     * @param terms another array, from 0. Modified.
     */
    public static void bernoulli(
            ${t}[] x, ${t}[] logits, int from, ${t}[] probabilities, ${t}[] terms, int length) {
        Objects.checkFromIndexSize(from, length, x.length);
        Objects.checkFromIndexSize(from, length, logits.length);
        Objects.checkFromIndexSize(from, length, probabilities.length);
        Objects.checkFromIndexSize(0, length, terms.length);
        KERNEL.bernoulli(x, logits, from, probabilities, terms, length);
    }

    private static void check(${t}[] in, int from, ${t}[] out, int to, int length) {
        Objects.checkFromIndexSize(from, length, in.length);
        Objects.checkFromIndexSize(to, length, out.length);
    }
}
</#list>
