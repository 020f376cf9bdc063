package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Shallow tiles in vector registers: a method for each number of terms. Where they lack the last
 * row is written again, and what the last vector of a row shares with the one before.
 */
final class FloatVectorShallowTiles implements FloatShallowTiles {
    private static final VectorSpecies<Float> SPECIES =
            VectorSpecies.of(float.class, VectorWidth.of(MethodHandles.lookup()));

    private static final int LANES = SPECIES.length();

    /**
     * What a vector is cast to before it is used: the JIT would go by all that it has seen
     * anywhere, and once other code had used vectors of another class, all of ours would be on the
     * heap.
     */
    private static final Class<? extends FloatVector> TYPE = FloatVector.zero(SPECIES).getClass();

    private final FloatScalarShallowTiles numbers = new FloatScalarShallowTiles();

    @Override
    public void tile(
            int rows,
            int terms,
            float[] a,
            int aFrom,
            int aRow,
            int aStep,
            float[] b,
            int bFrom,
            int bStride,
            float[] c,
            int cFrom,
            int cStride,
            int length) {
        if (length < LANES) {
            numbers.tile(
                    rows, terms, a, aFrom, aRow, aStep, b, bFrom, bStride, c, cFrom, cStride,
                    length);
            return;
        }
        int x1 = aFrom + Math.min(1, rows - 1) * aRow;
        int c1 = cFrom + Math.min(1, rows - 1) * cStride;
        int x2 = aFrom + Math.min(2, rows - 1) * aRow;
        int c2 = cFrom + Math.min(2, rows - 1) * cStride;
        switch (terms) {
            case 1 -> one(a, aFrom, x1, x2, b, bFrom, c, cFrom, c1, c2, length);
            case 2 -> two(a, aFrom, x1, x2, aStep, b, bFrom, bStride, c, cFrom, c1, c2, length);
            case 3 -> three(a, aFrom, x1, x2, aStep, b, bFrom, bStride, c, cFrom, c1, c2, length);
            case 4 -> four(a, aFrom, x1, x2, aStep, b, bFrom, bStride, c, cFrom, c1, c2, length);
            case 5 -> five(a, aFrom, x1, x2, aStep, b, bFrom, bStride, c, cFrom, c1, c2, length);
            case 6 -> six(a, aFrom, x1, x2, aStep, b, bFrom, bStride, c, cFrom, c1, c2, length);
            case 7 -> seven(a, aFrom, x1, x2, aStep, b, bFrom, bStride, c, cFrom, c1, c2, length);
            default -> eight(a, aFrom, x1, x2, aStep, b, bFrom, bStride, c, cFrom, c1, c2, length);
        }
    }

    private static void one(
            float[] a,
            int a0,
            int a1,
            int a2,
            float[] b,
            int from,
            float[] c,
            int c0,
            int c1,
            int c2,
            int length) {
        FloatVector x00 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0]));
        FloatVector x10 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1]));
        FloatVector x20 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2]));
        for (int j = 0; j < length; j += LANES) {
            int i = Math.min(j, length - LANES);
            FloatVector s0 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector s1 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector s2 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector y = TYPE.cast(FloatVector.fromArray(SPECIES, b, from + i));
            s0 = x00.fma(y, s0);
            s1 = x10.fma(y, s1);
            s2 = x20.fma(y, s2);
            TYPE.cast(s0).intoArray(c, c0 + i);
            TYPE.cast(s1).intoArray(c, c1 + i);
            TYPE.cast(s2).intoArray(c, c2 + i);
        }
    }

    private static void two(
            float[] a,
            int a0,
            int a1,
            int a2,
            int step,
            float[] b,
            int from,
            int stride,
            float[] c,
            int c0,
            int c1,
            int c2,
            int length) {
        FloatVector x00 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0]));
        FloatVector x01 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + step]));
        FloatVector x10 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1]));
        FloatVector x11 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + step]));
        FloatVector x20 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2]));
        FloatVector x21 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + step]));
        int b1 = from + stride;
        for (int j = 0; j < length; j += LANES) {
            int i = Math.min(j, length - LANES);
            FloatVector s0 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector s1 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector s2 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector y = TYPE.cast(FloatVector.fromArray(SPECIES, b, from + i));
            s0 = x00.fma(y, s0);
            s1 = x10.fma(y, s1);
            s2 = x20.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b1 + i));
            s0 = x01.fma(y, s0);
            s1 = x11.fma(y, s1);
            s2 = x21.fma(y, s2);
            TYPE.cast(s0).intoArray(c, c0 + i);
            TYPE.cast(s1).intoArray(c, c1 + i);
            TYPE.cast(s2).intoArray(c, c2 + i);
        }
    }

    private static void three(
            float[] a,
            int a0,
            int a1,
            int a2,
            int step,
            float[] b,
            int from,
            int stride,
            float[] c,
            int c0,
            int c1,
            int c2,
            int length) {
        FloatVector x00 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0]));
        FloatVector x01 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + step]));
        FloatVector x02 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 2 * step]));
        FloatVector x10 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1]));
        FloatVector x11 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + step]));
        FloatVector x12 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 2 * step]));
        FloatVector x20 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2]));
        FloatVector x21 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + step]));
        FloatVector x22 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 2 * step]));
        int b1 = from + stride;
        int b2 = b1 + stride;
        for (int j = 0; j < length; j += LANES) {
            int i = Math.min(j, length - LANES);
            FloatVector s0 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector s1 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector s2 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector y = TYPE.cast(FloatVector.fromArray(SPECIES, b, from + i));
            s0 = x00.fma(y, s0);
            s1 = x10.fma(y, s1);
            s2 = x20.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b1 + i));
            s0 = x01.fma(y, s0);
            s1 = x11.fma(y, s1);
            s2 = x21.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b2 + i));
            s0 = x02.fma(y, s0);
            s1 = x12.fma(y, s1);
            s2 = x22.fma(y, s2);
            TYPE.cast(s0).intoArray(c, c0 + i);
            TYPE.cast(s1).intoArray(c, c1 + i);
            TYPE.cast(s2).intoArray(c, c2 + i);
        }
    }

    private static void four(
            float[] a,
            int a0,
            int a1,
            int a2,
            int step,
            float[] b,
            int from,
            int stride,
            float[] c,
            int c0,
            int c1,
            int c2,
            int length) {
        FloatVector x00 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0]));
        FloatVector x01 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + step]));
        FloatVector x02 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 2 * step]));
        FloatVector x03 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 3 * step]));
        FloatVector x10 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1]));
        FloatVector x11 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + step]));
        FloatVector x12 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 2 * step]));
        FloatVector x13 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 3 * step]));
        FloatVector x20 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2]));
        FloatVector x21 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + step]));
        FloatVector x22 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 2 * step]));
        FloatVector x23 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 3 * step]));
        int b1 = from + stride;
        int b2 = b1 + stride;
        int b3 = b2 + stride;
        for (int j = 0; j < length; j += LANES) {
            int i = Math.min(j, length - LANES);
            FloatVector s0 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector s1 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector s2 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector y = TYPE.cast(FloatVector.fromArray(SPECIES, b, from + i));
            s0 = x00.fma(y, s0);
            s1 = x10.fma(y, s1);
            s2 = x20.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b1 + i));
            s0 = x01.fma(y, s0);
            s1 = x11.fma(y, s1);
            s2 = x21.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b2 + i));
            s0 = x02.fma(y, s0);
            s1 = x12.fma(y, s1);
            s2 = x22.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b3 + i));
            s0 = x03.fma(y, s0);
            s1 = x13.fma(y, s1);
            s2 = x23.fma(y, s2);
            TYPE.cast(s0).intoArray(c, c0 + i);
            TYPE.cast(s1).intoArray(c, c1 + i);
            TYPE.cast(s2).intoArray(c, c2 + i);
        }
    }

    private static void five(
            float[] a,
            int a0,
            int a1,
            int a2,
            int step,
            float[] b,
            int from,
            int stride,
            float[] c,
            int c0,
            int c1,
            int c2,
            int length) {
        FloatVector x00 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0]));
        FloatVector x01 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + step]));
        FloatVector x02 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 2 * step]));
        FloatVector x03 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 3 * step]));
        FloatVector x04 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 4 * step]));
        FloatVector x10 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1]));
        FloatVector x11 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + step]));
        FloatVector x12 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 2 * step]));
        FloatVector x13 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 3 * step]));
        FloatVector x14 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 4 * step]));
        FloatVector x20 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2]));
        FloatVector x21 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + step]));
        FloatVector x22 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 2 * step]));
        FloatVector x23 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 3 * step]));
        FloatVector x24 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 4 * step]));
        int b1 = from + stride;
        int b2 = b1 + stride;
        int b3 = b2 + stride;
        int b4 = b3 + stride;
        for (int j = 0; j < length; j += LANES) {
            int i = Math.min(j, length - LANES);
            FloatVector s0 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector s1 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector s2 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector y = TYPE.cast(FloatVector.fromArray(SPECIES, b, from + i));
            s0 = x00.fma(y, s0);
            s1 = x10.fma(y, s1);
            s2 = x20.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b1 + i));
            s0 = x01.fma(y, s0);
            s1 = x11.fma(y, s1);
            s2 = x21.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b2 + i));
            s0 = x02.fma(y, s0);
            s1 = x12.fma(y, s1);
            s2 = x22.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b3 + i));
            s0 = x03.fma(y, s0);
            s1 = x13.fma(y, s1);
            s2 = x23.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b4 + i));
            s0 = x04.fma(y, s0);
            s1 = x14.fma(y, s1);
            s2 = x24.fma(y, s2);
            TYPE.cast(s0).intoArray(c, c0 + i);
            TYPE.cast(s1).intoArray(c, c1 + i);
            TYPE.cast(s2).intoArray(c, c2 + i);
        }
    }

    private static void six(
            float[] a,
            int a0,
            int a1,
            int a2,
            int step,
            float[] b,
            int from,
            int stride,
            float[] c,
            int c0,
            int c1,
            int c2,
            int length) {
        FloatVector x00 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0]));
        FloatVector x01 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + step]));
        FloatVector x02 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 2 * step]));
        FloatVector x03 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 3 * step]));
        FloatVector x04 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 4 * step]));
        FloatVector x05 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 5 * step]));
        FloatVector x10 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1]));
        FloatVector x11 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + step]));
        FloatVector x12 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 2 * step]));
        FloatVector x13 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 3 * step]));
        FloatVector x14 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 4 * step]));
        FloatVector x15 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 5 * step]));
        FloatVector x20 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2]));
        FloatVector x21 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + step]));
        FloatVector x22 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 2 * step]));
        FloatVector x23 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 3 * step]));
        FloatVector x24 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 4 * step]));
        FloatVector x25 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 5 * step]));
        int b1 = from + stride;
        int b2 = b1 + stride;
        int b3 = b2 + stride;
        int b4 = b3 + stride;
        int b5 = b4 + stride;
        for (int j = 0; j < length; j += LANES) {
            int i = Math.min(j, length - LANES);
            FloatVector s0 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector s1 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector s2 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector y = TYPE.cast(FloatVector.fromArray(SPECIES, b, from + i));
            s0 = x00.fma(y, s0);
            s1 = x10.fma(y, s1);
            s2 = x20.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b1 + i));
            s0 = x01.fma(y, s0);
            s1 = x11.fma(y, s1);
            s2 = x21.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b2 + i));
            s0 = x02.fma(y, s0);
            s1 = x12.fma(y, s1);
            s2 = x22.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b3 + i));
            s0 = x03.fma(y, s0);
            s1 = x13.fma(y, s1);
            s2 = x23.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b4 + i));
            s0 = x04.fma(y, s0);
            s1 = x14.fma(y, s1);
            s2 = x24.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b5 + i));
            s0 = x05.fma(y, s0);
            s1 = x15.fma(y, s1);
            s2 = x25.fma(y, s2);
            TYPE.cast(s0).intoArray(c, c0 + i);
            TYPE.cast(s1).intoArray(c, c1 + i);
            TYPE.cast(s2).intoArray(c, c2 + i);
        }
    }

    private static void seven(
            float[] a,
            int a0,
            int a1,
            int a2,
            int step,
            float[] b,
            int from,
            int stride,
            float[] c,
            int c0,
            int c1,
            int c2,
            int length) {
        FloatVector x00 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0]));
        FloatVector x01 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + step]));
        FloatVector x02 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 2 * step]));
        FloatVector x03 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 3 * step]));
        FloatVector x04 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 4 * step]));
        FloatVector x05 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 5 * step]));
        FloatVector x06 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 6 * step]));
        FloatVector x10 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1]));
        FloatVector x11 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + step]));
        FloatVector x12 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 2 * step]));
        FloatVector x13 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 3 * step]));
        FloatVector x14 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 4 * step]));
        FloatVector x15 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 5 * step]));
        FloatVector x16 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 6 * step]));
        FloatVector x20 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2]));
        FloatVector x21 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + step]));
        FloatVector x22 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 2 * step]));
        FloatVector x23 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 3 * step]));
        FloatVector x24 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 4 * step]));
        FloatVector x25 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 5 * step]));
        FloatVector x26 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 6 * step]));
        int b1 = from + stride;
        int b2 = b1 + stride;
        int b3 = b2 + stride;
        int b4 = b3 + stride;
        int b5 = b4 + stride;
        int b6 = b5 + stride;
        for (int j = 0; j < length; j += LANES) {
            int i = Math.min(j, length - LANES);
            FloatVector s0 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector s1 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector s2 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector y = TYPE.cast(FloatVector.fromArray(SPECIES, b, from + i));
            s0 = x00.fma(y, s0);
            s1 = x10.fma(y, s1);
            s2 = x20.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b1 + i));
            s0 = x01.fma(y, s0);
            s1 = x11.fma(y, s1);
            s2 = x21.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b2 + i));
            s0 = x02.fma(y, s0);
            s1 = x12.fma(y, s1);
            s2 = x22.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b3 + i));
            s0 = x03.fma(y, s0);
            s1 = x13.fma(y, s1);
            s2 = x23.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b4 + i));
            s0 = x04.fma(y, s0);
            s1 = x14.fma(y, s1);
            s2 = x24.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b5 + i));
            s0 = x05.fma(y, s0);
            s1 = x15.fma(y, s1);
            s2 = x25.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b6 + i));
            s0 = x06.fma(y, s0);
            s1 = x16.fma(y, s1);
            s2 = x26.fma(y, s2);
            TYPE.cast(s0).intoArray(c, c0 + i);
            TYPE.cast(s1).intoArray(c, c1 + i);
            TYPE.cast(s2).intoArray(c, c2 + i);
        }
    }

    private static void eight(
            float[] a,
            int a0,
            int a1,
            int a2,
            int step,
            float[] b,
            int from,
            int stride,
            float[] c,
            int c0,
            int c1,
            int c2,
            int length) {
        FloatVector x00 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0]));
        FloatVector x01 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + step]));
        FloatVector x02 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 2 * step]));
        FloatVector x03 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 3 * step]));
        FloatVector x04 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 4 * step]));
        FloatVector x05 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 5 * step]));
        FloatVector x06 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 6 * step]));
        FloatVector x07 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a0 + 7 * step]));
        FloatVector x10 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1]));
        FloatVector x11 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + step]));
        FloatVector x12 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 2 * step]));
        FloatVector x13 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 3 * step]));
        FloatVector x14 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 4 * step]));
        FloatVector x15 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 5 * step]));
        FloatVector x16 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 6 * step]));
        FloatVector x17 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a1 + 7 * step]));
        FloatVector x20 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2]));
        FloatVector x21 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + step]));
        FloatVector x22 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 2 * step]));
        FloatVector x23 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 3 * step]));
        FloatVector x24 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 4 * step]));
        FloatVector x25 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 5 * step]));
        FloatVector x26 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 6 * step]));
        FloatVector x27 = TYPE.cast(FloatVector.broadcast(SPECIES, a[a2 + 7 * step]));
        int b1 = from + stride;
        int b2 = b1 + stride;
        int b3 = b2 + stride;
        int b4 = b3 + stride;
        int b5 = b4 + stride;
        int b6 = b5 + stride;
        int b7 = b6 + stride;
        for (int j = 0; j < length; j += LANES) {
            int i = Math.min(j, length - LANES);
            FloatVector s0 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector s1 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector s2 = TYPE.cast(FloatVector.zero(SPECIES));
            FloatVector y = TYPE.cast(FloatVector.fromArray(SPECIES, b, from + i));
            s0 = x00.fma(y, s0);
            s1 = x10.fma(y, s1);
            s2 = x20.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b1 + i));
            s0 = x01.fma(y, s0);
            s1 = x11.fma(y, s1);
            s2 = x21.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b2 + i));
            s0 = x02.fma(y, s0);
            s1 = x12.fma(y, s1);
            s2 = x22.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b3 + i));
            s0 = x03.fma(y, s0);
            s1 = x13.fma(y, s1);
            s2 = x23.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b4 + i));
            s0 = x04.fma(y, s0);
            s1 = x14.fma(y, s1);
            s2 = x24.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b5 + i));
            s0 = x05.fma(y, s0);
            s1 = x15.fma(y, s1);
            s2 = x25.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b6 + i));
            s0 = x06.fma(y, s0);
            s1 = x16.fma(y, s1);
            s2 = x26.fma(y, s2);
            y = TYPE.cast(FloatVector.fromArray(SPECIES, b, b7 + i));
            s0 = x07.fma(y, s0);
            s1 = x17.fma(y, s1);
            s2 = x27.fma(y, s2);
            TYPE.cast(s0).intoArray(c, c0 + i);
            TYPE.cast(s1).intoArray(c, c1 + i);
            TYPE.cast(s2).intoArray(c, c2 + i);
        }
    }
}
