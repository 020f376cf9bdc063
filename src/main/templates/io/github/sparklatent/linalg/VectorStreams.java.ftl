<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}VectorStreams.java"/>
package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.${T}Vector;
import jdk.incubator.vector.VectorSpecies;

/** Streams in vector registers: the terms that meet all rows stay in them. */
final class ${T}VectorStreams implements ${T}Streams {
    /** For few columns no wider than these; see {@link ${T}VectorThinTiles}. */
    private static final VectorSpecies<${T}> SPECIES =
            VectorSpecies.of(
                    ${t}.class,
                    VectorWidth.atMost(8 * ${T}.SIZE, VectorWidth.of(MethodHandles.lookup())));

    private static final int LANES = SPECIES.length();

    /**
     * What a vector is cast to before it is used: the JIT would go by all that it has seen
     * anywhere, and once other code had used vectors of another class, all of ours would be on the
     * heap.
     */
    private static final Class<? extends ${T}Vector> TYPE = ${T}Vector.zero(SPECIES).getClass();

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void stream(
            int count,
            int terms,
            ${t}[] a,
            int aFrom,
            int aStride,
            ${t}[] b,
            int bFrom,
            ${t}[] sums,
            boolean add,
            ${t}[] c,
            int cFrom,
            int cStride) {
        if (!add
                && aStride == terms
                && dense(count, terms, a, aFrom, b, bFrom, c, cFrom, cStride)) {
            return;
        }
        switch (terms) {
            case 1 -> oneTerm(count, a, aFrom, aStride, b, bFrom, sums, add, c, cFrom, cStride);
            case 2 -> twoTerms(count, a, aFrom, aStride, b, bFrom, sums, add, c, cFrom, cStride);
            case 3 -> threeTerms(count, a, aFrom, aStride, b, bFrom, sums, add, c, cFrom, cStride);
            case 4 -> fourTerms(count, a, aFrom, aStride, b, bFrom, sums, add, c, cFrom, cStride);
            case TERMS ->
                    eightTerms(count, a, aFrom, aStride, b, bFrom, sums, add, c, cFrom, cStride);
            default -> nineTerms(count, a, aFrom, aStride, b, bFrom, sums, add, c, cFrom, cStride);
        }
    }

    private static void oneTerm(
            int count,
            ${t}[] a,
            int aFrom,
            int aStride,
            ${t}[] b,
            int bFrom,
            ${t}[] sums,
            boolean add,
            ${t}[] c,
            int cFrom,
            int cStride) {
        ${T}Vector y0 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom));
        for (int i = 0, x = aFrom, to = cFrom; i < count; i++, x += aStride, to += cStride) {
            ${T}Vector sum = start(sums, i * LANES, add);
            sum = y0.fma(${T}Vector.broadcast(SPECIES, a[x]), sum);
            TYPE.cast(sum).intoArray(c, to);
        }
    }

    private static void twoTerms(
            int count,
            ${t}[] a,
            int aFrom,
            int aStride,
            ${t}[] b,
            int bFrom,
            ${t}[] sums,
            boolean add,
            ${t}[] c,
            int cFrom,
            int cStride) {
        ${T}Vector y0 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom));
        ${T}Vector y1 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 1 * LANES));
        for (int i = 0, x = aFrom, to = cFrom; i < count; i++, x += aStride, to += cStride) {
            ${T}Vector sum = start(sums, i * LANES, add);
            sum = y0.fma(${T}Vector.broadcast(SPECIES, a[x]), sum);
            sum = y1.fma(${T}Vector.broadcast(SPECIES, a[x + 1]), sum);
            TYPE.cast(sum).intoArray(c, to);
        }
    }

    private static void threeTerms(
            int count,
            ${t}[] a,
            int aFrom,
            int aStride,
            ${t}[] b,
            int bFrom,
            ${t}[] sums,
            boolean add,
            ${t}[] c,
            int cFrom,
            int cStride) {
        ${T}Vector y0 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom));
        ${T}Vector y1 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 1 * LANES));
        ${T}Vector y2 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 2 * LANES));
        for (int i = 0, x = aFrom, to = cFrom; i < count; i++, x += aStride, to += cStride) {
            ${T}Vector sum = start(sums, i * LANES, add);
            sum = y0.fma(${T}Vector.broadcast(SPECIES, a[x]), sum);
            sum = y1.fma(${T}Vector.broadcast(SPECIES, a[x + 1]), sum);
            sum = y2.fma(${T}Vector.broadcast(SPECIES, a[x + 2]), sum);
            TYPE.cast(sum).intoArray(c, to);
        }
    }

    private static void fourTerms(
            int count,
            ${t}[] a,
            int aFrom,
            int aStride,
            ${t}[] b,
            int bFrom,
            ${t}[] sums,
            boolean add,
            ${t}[] c,
            int cFrom,
            int cStride) {
        ${T}Vector y0 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom));
        ${T}Vector y1 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 1 * LANES));
        ${T}Vector y2 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 2 * LANES));
        ${T}Vector y3 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 3 * LANES));
        for (int i = 0, x = aFrom, to = cFrom; i < count; i++, x += aStride, to += cStride) {
            ${T}Vector sum = start(sums, i * LANES, add);
            sum = y0.fma(${T}Vector.broadcast(SPECIES, a[x]), sum);
            sum = y1.fma(${T}Vector.broadcast(SPECIES, a[x + 1]), sum);
            sum = y2.fma(${T}Vector.broadcast(SPECIES, a[x + 2]), sum);
            sum = y3.fma(${T}Vector.broadcast(SPECIES, a[x + 3]), sum);
            TYPE.cast(sum).intoArray(c, to);
        }
    }

    private static void eightTerms(
            int count,
            ${t}[] a,
            int aFrom,
            int aStride,
            ${t}[] b,
            int bFrom,
            ${t}[] sums,
            boolean add,
            ${t}[] c,
            int cFrom,
            int cStride) {
        ${T}Vector y0 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom));
        ${T}Vector y1 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 1 * LANES));
        ${T}Vector y2 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 2 * LANES));
        ${T}Vector y3 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 3 * LANES));
        ${T}Vector y4 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 4 * LANES));
        ${T}Vector y5 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 5 * LANES));
        ${T}Vector y6 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 6 * LANES));
        ${T}Vector y7 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 7 * LANES));
        for (int i = 0, x = aFrom, to = cFrom; i < count; i++, x += aStride, to += cStride) {
            ${T}Vector sum = start(sums, i * LANES, add);
            sum = y0.fma(${T}Vector.broadcast(SPECIES, a[x]), sum);
            sum = y1.fma(${T}Vector.broadcast(SPECIES, a[x + 1]), sum);
            sum = y2.fma(${T}Vector.broadcast(SPECIES, a[x + 2]), sum);
            sum = y3.fma(${T}Vector.broadcast(SPECIES, a[x + 3]), sum);
            sum = y4.fma(${T}Vector.broadcast(SPECIES, a[x + 4]), sum);
            sum = y5.fma(${T}Vector.broadcast(SPECIES, a[x + 5]), sum);
            sum = y6.fma(${T}Vector.broadcast(SPECIES, a[x + 6]), sum);
            sum = y7.fma(${T}Vector.broadcast(SPECIES, a[x + 7]), sum);
            TYPE.cast(sum).intoArray(c, to);
        }
    }

    private static void nineTerms(
            int count,
            ${t}[] a,
            int aFrom,
            int aStride,
            ${t}[] b,
            int bFrom,
            ${t}[] sums,
            boolean add,
            ${t}[] c,
            int cFrom,
            int cStride) {
        ${T}Vector y0 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom));
        ${T}Vector y1 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 1 * LANES));
        ${T}Vector y2 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 2 * LANES));
        ${T}Vector y3 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 3 * LANES));
        ${T}Vector y4 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 4 * LANES));
        ${T}Vector y5 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 5 * LANES));
        ${T}Vector y6 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 6 * LANES));
        ${T}Vector y7 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 7 * LANES));
        ${T}Vector y8 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 8 * LANES));
        for (int i = 0, x = aFrom, to = cFrom; i < count; i++, x += aStride, to += cStride) {
            ${T}Vector sum = start(sums, i * LANES, add);
            sum = y0.fma(${T}Vector.broadcast(SPECIES, a[x]), sum);
            sum = y1.fma(${T}Vector.broadcast(SPECIES, a[x + 1]), sum);
            sum = y2.fma(${T}Vector.broadcast(SPECIES, a[x + 2]), sum);
            sum = y3.fma(${T}Vector.broadcast(SPECIES, a[x + 3]), sum);
            sum = y4.fma(${T}Vector.broadcast(SPECIES, a[x + 4]), sum);
            sum = y5.fma(${T}Vector.broadcast(SPECIES, a[x + 5]), sum);
            sum = y6.fma(${T}Vector.broadcast(SPECIES, a[x + 6]), sum);
            sum = y7.fma(${T}Vector.broadcast(SPECIES, a[x + 7]), sum);
            sum = y8.fma(${T}Vector.broadcast(SPECIES, a[x + 8]), sum);
            TYPE.cast(sum).intoArray(c, to);
        }
    }

    /**
     * Rows without gaps: where the step from one to the next is a constant, the JIT checks the
     * bounds of a once and not for each number.
     *
     * @return whether there is a method for so many terms
     */
    private static boolean dense(
            int count,
            int terms,
            ${t}[] a,
            int aFrom,
            ${t}[] b,
            int bFrom,
            ${t}[] c,
            int cFrom,
            int cStride) {
        switch (terms) {
            case 2 -> twoDense(count, a, aFrom, b, bFrom, c, cFrom, cStride);
            case 3 -> threeDense(count, a, aFrom, b, bFrom, c, cFrom, cStride);
            case 4 -> fourDense(count, a, aFrom, b, bFrom, c, cFrom, cStride);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void twoDense(
            int count,
            ${t}[] a,
            int aFrom,
            ${t}[] b,
            int bFrom,
            ${t}[] c,
            int cFrom,
            int cStride) {
        ${T}Vector y0 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom));
        ${T}Vector y1 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 1 * LANES));
        int to = cFrom;
        for (int x = aFrom; x < aFrom + 2 * count; x += 2) {
            ${T}Vector sum = TYPE.cast(${T}Vector.zero(SPECIES));
            sum = y0.fma(${T}Vector.broadcast(SPECIES, a[x]), sum);
            sum = y1.fma(${T}Vector.broadcast(SPECIES, a[x + 1]), sum);
            TYPE.cast(sum).intoArray(c, to);
            to += cStride;
        }
    }

    private static void threeDense(
            int count,
            ${t}[] a,
            int aFrom,
            ${t}[] b,
            int bFrom,
            ${t}[] c,
            int cFrom,
            int cStride) {
        ${T}Vector y0 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom));
        ${T}Vector y1 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 1 * LANES));
        ${T}Vector y2 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 2 * LANES));
        int to = cFrom;
        for (int x = aFrom; x < aFrom + 3 * count; x += 3) {
            ${T}Vector sum = TYPE.cast(${T}Vector.zero(SPECIES));
            sum = y0.fma(${T}Vector.broadcast(SPECIES, a[x]), sum);
            sum = y1.fma(${T}Vector.broadcast(SPECIES, a[x + 1]), sum);
            sum = y2.fma(${T}Vector.broadcast(SPECIES, a[x + 2]), sum);
            TYPE.cast(sum).intoArray(c, to);
            to += cStride;
        }
    }

    private static void fourDense(
            int count,
            ${t}[] a,
            int aFrom,
            ${t}[] b,
            int bFrom,
            ${t}[] c,
            int cFrom,
            int cStride) {
        ${T}Vector y0 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom));
        ${T}Vector y1 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 1 * LANES));
        ${T}Vector y2 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 2 * LANES));
        ${T}Vector y3 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, bFrom + 3 * LANES));
        int to = cFrom;
        for (int x = aFrom; x < aFrom + 4 * count; x += 4) {
            ${T}Vector sum = TYPE.cast(${T}Vector.zero(SPECIES));
            sum = y0.fma(${T}Vector.broadcast(SPECIES, a[x]), sum);
            sum = y1.fma(${T}Vector.broadcast(SPECIES, a[x + 1]), sum);
            sum = y2.fma(${T}Vector.broadcast(SPECIES, a[x + 2]), sum);
            sum = y3.fma(${T}Vector.broadcast(SPECIES, a[x + 3]), sum);
            TYPE.cast(sum).intoArray(c, to);
            to += cStride;
        }
    }

    private static ${T}Vector start(${t}[] c, int from, boolean add) {
        return add ? ${T}Vector.fromArray(SPECIES, c, from) : ${T}Vector.zero(SPECIES);
    }
}
</#list>
