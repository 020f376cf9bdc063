<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}Functions.java"/>
package io.github.sparklatent.linalg;

import java.util.Objects;

/**
 * Elementary functions over ranges of arrays of ${t}s: a polynomial after the reduction of the
 * range, with fused multiply-adds and without tables. The bits of a result depend on the argument
 * only, not on the processor nor on its place in the range. A NaN gives a NaN.
 *
 * <p>The range that is read and the one that is written are the same or have nothing in common.
 */
public final class ${T}Functions {
    private static final ${T}Elementary KERNEL = Kernels.${t}Functions();

    private ${T}Functions() {}

    /** out ← eˣ, 0 and ∞ beyond the range of numbers; within 1 ulp. */
    public static void exp(${t}[] in, int from, ${t}[] out, int to, int length) {
        check(in, from, out, to, length);
        KERNEL.exp(in, from, out, to, length);
    }

    /** out ← log x, −∞ at 0, NaN below; within 1 ulp. */
    public static void log(${t}[] in, int from, ${t}[] out, int to, int length) {
        check(in, from, out, to, length);
        KERNEL.log(in, from, out, to, length);
    }

    /** out ← tanh x; within 3 ulp. */
    public static void tanh(${t}[] in, int from, ${t}[] out, int to, int length) {
        check(in, from, out, to, length);
        KERNEL.tanh(in, from, out, to, length);
    }

    /** out ← 1 / (1 + e⁻ˣ); within 3 ulp. */
    public static void sigmoid(${t}[] in, int from, ${t}[] out, int to, int length) {
        check(in, from, out, to, length);
        KERNEL.sigmoid(in, from, out, to, length);
    }

    /** out ← log(1 + eˣ), without overflow; within 3 ulp. */
    public static void softplus(${t}[] in, int from, ${t}[] out, int to, int length) {
        check(in, from, out, to, length);
        KERNEL.softplus(in, from, out, to, length);
    }

    /**
     * Of columns that are 0 or 1, each by its own logit a, in one go what a density is made of and
     * what its derivative is made of: terms[j] ← x a − log(1 + eᵃ), probabilities ← 1 / (1 + e⁻ᵃ).
     * The logarithm and the probability are those of {@link #softplus} and {@link #sigmoid} to the
     * bit; the product is rounded with the sum only.
     *
     * @param x the columns, from the offset on. Not modified.
     * @param logits a, from the same offset on. Not modified.
     * @param from the offset
     * @param probabilities written from the same offset on; no other of the arrays
     * @param terms written from 0 on; no other of the arrays
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
