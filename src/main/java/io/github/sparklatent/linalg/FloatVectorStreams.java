package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Streams in vector registers: the terms that meet all rows stay in them. */
final class FloatVectorStreams implements FloatStreams {
    /** For few columns no wider than these; see {@link FloatVectorThinTiles}. */
    private static final VectorSpecies<Float> SPECIES =
            VectorSpecies.of(
                    float.class,
                    VectorWidth.atMost(8 * Float.SIZE, VectorWidth.of(MethodHandles.lookup())));

    private static final int LANES = SPECIES.length();

    /**
     * What a vector is cast to before it is used: the JIT would go by all that it has seen
     * anywhere, and once other code had used vectors of another class, all of ours would be on the
     * heap.
     */
    private static final Class<? extends FloatVector> TYPE = FloatVector.zero(SPECIES).getClass();

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void stream(
            int count,
            int terms,
            float[] a,
            int aFrom,
            int aStride,
            float[] b,
            int bFrom,
            float[] sums,
            boolean add,
            float[] c,
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
            float[] a,
            int aFrom,
            int aStride,
            float[] b,
            int bFrom,
            float[] sums,
            boolean add,
            float[] c,
            int cFrom,
            int cStride) {
        FloatVector y0 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom));
        for (int i = 0, x = aFrom, to = cFrom; i < count; i++, x += aStride, to += cStride) {
            FloatVector sum = start(sums, i * LANES, add);
            sum = y0.fma(FloatVector.broadcast(SPECIES, a[x]), sum);
            TYPE.cast(sum).intoArray(c, to);
        }
    }

    private static void twoTerms(
            int count,
            float[] a,
            int aFrom,
            int aStride,
            float[] b,
            int bFrom,
            float[] sums,
            boolean add,
            float[] c,
            int cFrom,
            int cStride) {
        FloatVector y0 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom));
        FloatVector y1 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 1 * LANES));
        for (int i = 0, x = aFrom, to = cFrom; i < count; i++, x += aStride, to += cStride) {
            FloatVector sum = start(sums, i * LANES, add);
            sum = y0.fma(FloatVector.broadcast(SPECIES, a[x]), sum);
            sum = y1.fma(FloatVector.broadcast(SPECIES, a[x + 1]), sum);
            TYPE.cast(sum).intoArray(c, to);
        }
    }

    private static void threeTerms(
            int count,
            float[] a,
            int aFrom,
            int aStride,
            float[] b,
            int bFrom,
            float[] sums,
            boolean add,
            float[] c,
            int cFrom,
            int cStride) {
        FloatVector y0 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom));
        FloatVector y1 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 1 * LANES));
        FloatVector y2 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 2 * LANES));
        for (int i = 0, x = aFrom, to = cFrom; i < count; i++, x += aStride, to += cStride) {
            FloatVector sum = start(sums, i * LANES, add);
            sum = y0.fma(FloatVector.broadcast(SPECIES, a[x]), sum);
            sum = y1.fma(FloatVector.broadcast(SPECIES, a[x + 1]), sum);
            sum = y2.fma(FloatVector.broadcast(SPECIES, a[x + 2]), sum);
            TYPE.cast(sum).intoArray(c, to);
        }
    }

    private static void fourTerms(
            int count,
            float[] a,
            int aFrom,
            int aStride,
            float[] b,
            int bFrom,
            float[] sums,
            boolean add,
            float[] c,
            int cFrom,
            int cStride) {
        FloatVector y0 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom));
        FloatVector y1 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 1 * LANES));
        FloatVector y2 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 2 * LANES));
        FloatVector y3 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 3 * LANES));
        for (int i = 0, x = aFrom, to = cFrom; i < count; i++, x += aStride, to += cStride) {
            FloatVector sum = start(sums, i * LANES, add);
            sum = y0.fma(FloatVector.broadcast(SPECIES, a[x]), sum);
            sum = y1.fma(FloatVector.broadcast(SPECIES, a[x + 1]), sum);
            sum = y2.fma(FloatVector.broadcast(SPECIES, a[x + 2]), sum);
            sum = y3.fma(FloatVector.broadcast(SPECIES, a[x + 3]), sum);
            TYPE.cast(sum).intoArray(c, to);
        }
    }

    private static void eightTerms(
            int count,
            float[] a,
            int aFrom,
            int aStride,
            float[] b,
            int bFrom,
            float[] sums,
            boolean add,
            float[] c,
            int cFrom,
            int cStride) {
        FloatVector y0 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom));
        FloatVector y1 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 1 * LANES));
        FloatVector y2 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 2 * LANES));
        FloatVector y3 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 3 * LANES));
        FloatVector y4 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 4 * LANES));
        FloatVector y5 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 5 * LANES));
        FloatVector y6 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 6 * LANES));
        FloatVector y7 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 7 * LANES));
        for (int i = 0, x = aFrom, to = cFrom; i < count; i++, x += aStride, to += cStride) {
            FloatVector sum = start(sums, i * LANES, add);
            sum = y0.fma(FloatVector.broadcast(SPECIES, a[x]), sum);
            sum = y1.fma(FloatVector.broadcast(SPECIES, a[x + 1]), sum);
            sum = y2.fma(FloatVector.broadcast(SPECIES, a[x + 2]), sum);
            sum = y3.fma(FloatVector.broadcast(SPECIES, a[x + 3]), sum);
            sum = y4.fma(FloatVector.broadcast(SPECIES, a[x + 4]), sum);
            sum = y5.fma(FloatVector.broadcast(SPECIES, a[x + 5]), sum);
            sum = y6.fma(FloatVector.broadcast(SPECIES, a[x + 6]), sum);
            sum = y7.fma(FloatVector.broadcast(SPECIES, a[x + 7]), sum);
            TYPE.cast(sum).intoArray(c, to);
        }
    }

    private static void nineTerms(
            int count,
            float[] a,
            int aFrom,
            int aStride,
            float[] b,
            int bFrom,
            float[] sums,
            boolean add,
            float[] c,
            int cFrom,
            int cStride) {
        FloatVector y0 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom));
        FloatVector y1 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 1 * LANES));
        FloatVector y2 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 2 * LANES));
        FloatVector y3 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 3 * LANES));
        FloatVector y4 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 4 * LANES));
        FloatVector y5 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 5 * LANES));
        FloatVector y6 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 6 * LANES));
        FloatVector y7 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 7 * LANES));
        FloatVector y8 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 8 * LANES));
        for (int i = 0, x = aFrom, to = cFrom; i < count; i++, x += aStride, to += cStride) {
            FloatVector sum = start(sums, i * LANES, add);
            sum = y0.fma(FloatVector.broadcast(SPECIES, a[x]), sum);
            sum = y1.fma(FloatVector.broadcast(SPECIES, a[x + 1]), sum);
            sum = y2.fma(FloatVector.broadcast(SPECIES, a[x + 2]), sum);
            sum = y3.fma(FloatVector.broadcast(SPECIES, a[x + 3]), sum);
            sum = y4.fma(FloatVector.broadcast(SPECIES, a[x + 4]), sum);
            sum = y5.fma(FloatVector.broadcast(SPECIES, a[x + 5]), sum);
            sum = y6.fma(FloatVector.broadcast(SPECIES, a[x + 6]), sum);
            sum = y7.fma(FloatVector.broadcast(SPECIES, a[x + 7]), sum);
            sum = y8.fma(FloatVector.broadcast(SPECIES, a[x + 8]), sum);
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
            float[] a,
            int aFrom,
            float[] b,
            int bFrom,
            float[] c,
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
            float[] a,
            int aFrom,
            float[] b,
            int bFrom,
            float[] c,
            int cFrom,
            int cStride) {
        FloatVector y0 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom));
        FloatVector y1 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 1 * LANES));
        int to = cFrom;
        for (int x = aFrom; x < aFrom + 2 * count; x += 2) {
            FloatVector sum = TYPE.cast(FloatVector.zero(SPECIES));
            sum = y0.fma(FloatVector.broadcast(SPECIES, a[x]), sum);
            sum = y1.fma(FloatVector.broadcast(SPECIES, a[x + 1]), sum);
            TYPE.cast(sum).intoArray(c, to);
            to += cStride;
        }
    }

    private static void threeDense(
            int count,
            float[] a,
            int aFrom,
            float[] b,
            int bFrom,
            float[] c,
            int cFrom,
            int cStride) {
        FloatVector y0 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom));
        FloatVector y1 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 1 * LANES));
        FloatVector y2 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 2 * LANES));
        int to = cFrom;
        for (int x = aFrom; x < aFrom + 3 * count; x += 3) {
            FloatVector sum = TYPE.cast(FloatVector.zero(SPECIES));
            sum = y0.fma(FloatVector.broadcast(SPECIES, a[x]), sum);
            sum = y1.fma(FloatVector.broadcast(SPECIES, a[x + 1]), sum);
            sum = y2.fma(FloatVector.broadcast(SPECIES, a[x + 2]), sum);
            TYPE.cast(sum).intoArray(c, to);
            to += cStride;
        }
    }

    private static void fourDense(
            int count,
            float[] a,
            int aFrom,
            float[] b,
            int bFrom,
            float[] c,
            int cFrom,
            int cStride) {
        FloatVector y0 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom));
        FloatVector y1 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 1 * LANES));
        FloatVector y2 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 2 * LANES));
        FloatVector y3 = TYPE.cast(FloatVector.fromArray(SPECIES, b, bFrom + 3 * LANES));
        int to = cFrom;
        for (int x = aFrom; x < aFrom + 4 * count; x += 4) {
            FloatVector sum = TYPE.cast(FloatVector.zero(SPECIES));
            sum = y0.fma(FloatVector.broadcast(SPECIES, a[x]), sum);
            sum = y1.fma(FloatVector.broadcast(SPECIES, a[x + 1]), sum);
            sum = y2.fma(FloatVector.broadcast(SPECIES, a[x + 2]), sum);
            sum = y3.fma(FloatVector.broadcast(SPECIES, a[x + 3]), sum);
            TYPE.cast(sum).intoArray(c, to);
            to += cStride;
        }
    }

    private static FloatVector start(float[] c, int from, boolean add) {
        return add ? FloatVector.fromArray(SPECIES, c, from) : FloatVector.zero(SPECIES);
    }
}
