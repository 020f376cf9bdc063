<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}VectorShallowTiles.java"/>
package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.${T}Vector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Shallow tiles in vector registers: a method for each number of terms. Where they lack the last
 * row is written again, and what the last vector of a row shares with the one before.
 */
final class ${T}VectorShallowTiles implements ${T}ShallowTiles {
    private static final VectorSpecies<${T}> SPECIES =
            VectorSpecies.of(${t}.class, VectorWidth.of(MethodHandles.lookup()));

    private static final int LANES = SPECIES.length();

    /**
     * What a vector is cast to before it is used: the JIT would go by all that it has seen
     * anywhere, and once other code had used vectors of another class, all of ours would be on the
     * heap.
     */
    private static final Class<? extends ${T}Vector> TYPE = ${T}Vector.zero(SPECIES).getClass();

    private final ${T}ScalarShallowTiles numbers = new ${T}ScalarShallowTiles();

    @Override
    public void tile(
            int rows,
            int terms,
            ${t}[] a,
            int aFrom,
            int aRow,
            int aStep,
            ${t}[] b,
            int bFrom,
            int bStride,
            ${t}[] c,
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
            ${t}[] a,
            int a0,
            int a1,
            int a2,
            ${t}[] b,
            int from,
            ${t}[] c,
            int c0,
            int c1,
            int c2,
            int length) {
        ${T}Vector x00 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0]));
        ${T}Vector x10 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1]));
        ${T}Vector x20 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2]));
        for (int j = 0; j < length; j += LANES) {
            int i = Math.min(j, length - LANES);
            ${T}Vector s0 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector s1 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector s2 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, from + i));
            s0 = x00.fma(y, s0);
            s1 = x10.fma(y, s1);
            s2 = x20.fma(y, s2);
            TYPE.cast(s0).intoArray(c, c0 + i);
            TYPE.cast(s1).intoArray(c, c1 + i);
            TYPE.cast(s2).intoArray(c, c2 + i);
        }
    }

    private static void two(
            ${t}[] a,
            int a0,
            int a1,
            int a2,
            int step,
            ${t}[] b,
            int from,
            int stride,
            ${t}[] c,
            int c0,
            int c1,
            int c2,
            int length) {
        ${T}Vector x00 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0]));
        ${T}Vector x01 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + step]));
        ${T}Vector x10 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1]));
        ${T}Vector x11 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + step]));
        ${T}Vector x20 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2]));
        ${T}Vector x21 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + step]));
        int b1 = from + stride;
        for (int j = 0; j < length; j += LANES) {
            int i = Math.min(j, length - LANES);
            ${T}Vector s0 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector s1 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector s2 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, from + i));
            s0 = x00.fma(y, s0);
            s1 = x10.fma(y, s1);
            s2 = x20.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b1 + i));
            s0 = x01.fma(y, s0);
            s1 = x11.fma(y, s1);
            s2 = x21.fma(y, s2);
            TYPE.cast(s0).intoArray(c, c0 + i);
            TYPE.cast(s1).intoArray(c, c1 + i);
            TYPE.cast(s2).intoArray(c, c2 + i);
        }
    }

    private static void three(
            ${t}[] a,
            int a0,
            int a1,
            int a2,
            int step,
            ${t}[] b,
            int from,
            int stride,
            ${t}[] c,
            int c0,
            int c1,
            int c2,
            int length) {
        ${T}Vector x00 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0]));
        ${T}Vector x01 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + step]));
        ${T}Vector x02 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 2 * step]));
        ${T}Vector x10 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1]));
        ${T}Vector x11 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + step]));
        ${T}Vector x12 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 2 * step]));
        ${T}Vector x20 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2]));
        ${T}Vector x21 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + step]));
        ${T}Vector x22 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 2 * step]));
        int b1 = from + stride;
        int b2 = b1 + stride;
        for (int j = 0; j < length; j += LANES) {
            int i = Math.min(j, length - LANES);
            ${T}Vector s0 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector s1 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector s2 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, from + i));
            s0 = x00.fma(y, s0);
            s1 = x10.fma(y, s1);
            s2 = x20.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b1 + i));
            s0 = x01.fma(y, s0);
            s1 = x11.fma(y, s1);
            s2 = x21.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b2 + i));
            s0 = x02.fma(y, s0);
            s1 = x12.fma(y, s1);
            s2 = x22.fma(y, s2);
            TYPE.cast(s0).intoArray(c, c0 + i);
            TYPE.cast(s1).intoArray(c, c1 + i);
            TYPE.cast(s2).intoArray(c, c2 + i);
        }
    }

    private static void four(
            ${t}[] a,
            int a0,
            int a1,
            int a2,
            int step,
            ${t}[] b,
            int from,
            int stride,
            ${t}[] c,
            int c0,
            int c1,
            int c2,
            int length) {
        ${T}Vector x00 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0]));
        ${T}Vector x01 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + step]));
        ${T}Vector x02 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 2 * step]));
        ${T}Vector x03 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 3 * step]));
        ${T}Vector x10 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1]));
        ${T}Vector x11 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + step]));
        ${T}Vector x12 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 2 * step]));
        ${T}Vector x13 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 3 * step]));
        ${T}Vector x20 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2]));
        ${T}Vector x21 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + step]));
        ${T}Vector x22 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 2 * step]));
        ${T}Vector x23 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 3 * step]));
        int b1 = from + stride;
        int b2 = b1 + stride;
        int b3 = b2 + stride;
        for (int j = 0; j < length; j += LANES) {
            int i = Math.min(j, length - LANES);
            ${T}Vector s0 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector s1 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector s2 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, from + i));
            s0 = x00.fma(y, s0);
            s1 = x10.fma(y, s1);
            s2 = x20.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b1 + i));
            s0 = x01.fma(y, s0);
            s1 = x11.fma(y, s1);
            s2 = x21.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b2 + i));
            s0 = x02.fma(y, s0);
            s1 = x12.fma(y, s1);
            s2 = x22.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b3 + i));
            s0 = x03.fma(y, s0);
            s1 = x13.fma(y, s1);
            s2 = x23.fma(y, s2);
            TYPE.cast(s0).intoArray(c, c0 + i);
            TYPE.cast(s1).intoArray(c, c1 + i);
            TYPE.cast(s2).intoArray(c, c2 + i);
        }
    }

    private static void five(
            ${t}[] a,
            int a0,
            int a1,
            int a2,
            int step,
            ${t}[] b,
            int from,
            int stride,
            ${t}[] c,
            int c0,
            int c1,
            int c2,
            int length) {
        ${T}Vector x00 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0]));
        ${T}Vector x01 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + step]));
        ${T}Vector x02 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 2 * step]));
        ${T}Vector x03 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 3 * step]));
        ${T}Vector x04 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 4 * step]));
        ${T}Vector x10 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1]));
        ${T}Vector x11 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + step]));
        ${T}Vector x12 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 2 * step]));
        ${T}Vector x13 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 3 * step]));
        ${T}Vector x14 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 4 * step]));
        ${T}Vector x20 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2]));
        ${T}Vector x21 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + step]));
        ${T}Vector x22 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 2 * step]));
        ${T}Vector x23 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 3 * step]));
        ${T}Vector x24 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 4 * step]));
        int b1 = from + stride;
        int b2 = b1 + stride;
        int b3 = b2 + stride;
        int b4 = b3 + stride;
        for (int j = 0; j < length; j += LANES) {
            int i = Math.min(j, length - LANES);
            ${T}Vector s0 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector s1 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector s2 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, from + i));
            s0 = x00.fma(y, s0);
            s1 = x10.fma(y, s1);
            s2 = x20.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b1 + i));
            s0 = x01.fma(y, s0);
            s1 = x11.fma(y, s1);
            s2 = x21.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b2 + i));
            s0 = x02.fma(y, s0);
            s1 = x12.fma(y, s1);
            s2 = x22.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b3 + i));
            s0 = x03.fma(y, s0);
            s1 = x13.fma(y, s1);
            s2 = x23.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b4 + i));
            s0 = x04.fma(y, s0);
            s1 = x14.fma(y, s1);
            s2 = x24.fma(y, s2);
            TYPE.cast(s0).intoArray(c, c0 + i);
            TYPE.cast(s1).intoArray(c, c1 + i);
            TYPE.cast(s2).intoArray(c, c2 + i);
        }
    }

    private static void six(
            ${t}[] a,
            int a0,
            int a1,
            int a2,
            int step,
            ${t}[] b,
            int from,
            int stride,
            ${t}[] c,
            int c0,
            int c1,
            int c2,
            int length) {
        ${T}Vector x00 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0]));
        ${T}Vector x01 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + step]));
        ${T}Vector x02 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 2 * step]));
        ${T}Vector x03 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 3 * step]));
        ${T}Vector x04 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 4 * step]));
        ${T}Vector x05 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 5 * step]));
        ${T}Vector x10 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1]));
        ${T}Vector x11 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + step]));
        ${T}Vector x12 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 2 * step]));
        ${T}Vector x13 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 3 * step]));
        ${T}Vector x14 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 4 * step]));
        ${T}Vector x15 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 5 * step]));
        ${T}Vector x20 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2]));
        ${T}Vector x21 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + step]));
        ${T}Vector x22 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 2 * step]));
        ${T}Vector x23 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 3 * step]));
        ${T}Vector x24 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 4 * step]));
        ${T}Vector x25 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 5 * step]));
        int b1 = from + stride;
        int b2 = b1 + stride;
        int b3 = b2 + stride;
        int b4 = b3 + stride;
        int b5 = b4 + stride;
        for (int j = 0; j < length; j += LANES) {
            int i = Math.min(j, length - LANES);
            ${T}Vector s0 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector s1 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector s2 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, from + i));
            s0 = x00.fma(y, s0);
            s1 = x10.fma(y, s1);
            s2 = x20.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b1 + i));
            s0 = x01.fma(y, s0);
            s1 = x11.fma(y, s1);
            s2 = x21.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b2 + i));
            s0 = x02.fma(y, s0);
            s1 = x12.fma(y, s1);
            s2 = x22.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b3 + i));
            s0 = x03.fma(y, s0);
            s1 = x13.fma(y, s1);
            s2 = x23.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b4 + i));
            s0 = x04.fma(y, s0);
            s1 = x14.fma(y, s1);
            s2 = x24.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b5 + i));
            s0 = x05.fma(y, s0);
            s1 = x15.fma(y, s1);
            s2 = x25.fma(y, s2);
            TYPE.cast(s0).intoArray(c, c0 + i);
            TYPE.cast(s1).intoArray(c, c1 + i);
            TYPE.cast(s2).intoArray(c, c2 + i);
        }
    }

    private static void seven(
            ${t}[] a,
            int a0,
            int a1,
            int a2,
            int step,
            ${t}[] b,
            int from,
            int stride,
            ${t}[] c,
            int c0,
            int c1,
            int c2,
            int length) {
        ${T}Vector x00 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0]));
        ${T}Vector x01 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + step]));
        ${T}Vector x02 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 2 * step]));
        ${T}Vector x03 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 3 * step]));
        ${T}Vector x04 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 4 * step]));
        ${T}Vector x05 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 5 * step]));
        ${T}Vector x06 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 6 * step]));
        ${T}Vector x10 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1]));
        ${T}Vector x11 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + step]));
        ${T}Vector x12 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 2 * step]));
        ${T}Vector x13 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 3 * step]));
        ${T}Vector x14 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 4 * step]));
        ${T}Vector x15 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 5 * step]));
        ${T}Vector x16 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 6 * step]));
        ${T}Vector x20 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2]));
        ${T}Vector x21 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + step]));
        ${T}Vector x22 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 2 * step]));
        ${T}Vector x23 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 3 * step]));
        ${T}Vector x24 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 4 * step]));
        ${T}Vector x25 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 5 * step]));
        ${T}Vector x26 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 6 * step]));
        int b1 = from + stride;
        int b2 = b1 + stride;
        int b3 = b2 + stride;
        int b4 = b3 + stride;
        int b5 = b4 + stride;
        int b6 = b5 + stride;
        for (int j = 0; j < length; j += LANES) {
            int i = Math.min(j, length - LANES);
            ${T}Vector s0 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector s1 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector s2 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, from + i));
            s0 = x00.fma(y, s0);
            s1 = x10.fma(y, s1);
            s2 = x20.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b1 + i));
            s0 = x01.fma(y, s0);
            s1 = x11.fma(y, s1);
            s2 = x21.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b2 + i));
            s0 = x02.fma(y, s0);
            s1 = x12.fma(y, s1);
            s2 = x22.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b3 + i));
            s0 = x03.fma(y, s0);
            s1 = x13.fma(y, s1);
            s2 = x23.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b4 + i));
            s0 = x04.fma(y, s0);
            s1 = x14.fma(y, s1);
            s2 = x24.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b5 + i));
            s0 = x05.fma(y, s0);
            s1 = x15.fma(y, s1);
            s2 = x25.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b6 + i));
            s0 = x06.fma(y, s0);
            s1 = x16.fma(y, s1);
            s2 = x26.fma(y, s2);
            TYPE.cast(s0).intoArray(c, c0 + i);
            TYPE.cast(s1).intoArray(c, c1 + i);
            TYPE.cast(s2).intoArray(c, c2 + i);
        }
    }

    private static void eight(
            ${t}[] a,
            int a0,
            int a1,
            int a2,
            int step,
            ${t}[] b,
            int from,
            int stride,
            ${t}[] c,
            int c0,
            int c1,
            int c2,
            int length) {
        ${T}Vector x00 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0]));
        ${T}Vector x01 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + step]));
        ${T}Vector x02 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 2 * step]));
        ${T}Vector x03 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 3 * step]));
        ${T}Vector x04 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 4 * step]));
        ${T}Vector x05 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 5 * step]));
        ${T}Vector x06 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 6 * step]));
        ${T}Vector x07 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a0 + 7 * step]));
        ${T}Vector x10 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1]));
        ${T}Vector x11 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + step]));
        ${T}Vector x12 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 2 * step]));
        ${T}Vector x13 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 3 * step]));
        ${T}Vector x14 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 4 * step]));
        ${T}Vector x15 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 5 * step]));
        ${T}Vector x16 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 6 * step]));
        ${T}Vector x17 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a1 + 7 * step]));
        ${T}Vector x20 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2]));
        ${T}Vector x21 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + step]));
        ${T}Vector x22 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 2 * step]));
        ${T}Vector x23 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 3 * step]));
        ${T}Vector x24 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 4 * step]));
        ${T}Vector x25 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 5 * step]));
        ${T}Vector x26 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 6 * step]));
        ${T}Vector x27 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[a2 + 7 * step]));
        int b1 = from + stride;
        int b2 = b1 + stride;
        int b3 = b2 + stride;
        int b4 = b3 + stride;
        int b5 = b4 + stride;
        int b6 = b5 + stride;
        int b7 = b6 + stride;
        for (int j = 0; j < length; j += LANES) {
            int i = Math.min(j, length - LANES);
            ${T}Vector s0 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector s1 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector s2 = TYPE.cast(${T}Vector.zero(SPECIES));
            ${T}Vector y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, from + i));
            s0 = x00.fma(y, s0);
            s1 = x10.fma(y, s1);
            s2 = x20.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b1 + i));
            s0 = x01.fma(y, s0);
            s1 = x11.fma(y, s1);
            s2 = x21.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b2 + i));
            s0 = x02.fma(y, s0);
            s1 = x12.fma(y, s1);
            s2 = x22.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b3 + i));
            s0 = x03.fma(y, s0);
            s1 = x13.fma(y, s1);
            s2 = x23.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b4 + i));
            s0 = x04.fma(y, s0);
            s1 = x14.fma(y, s1);
            s2 = x24.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b5 + i));
            s0 = x05.fma(y, s0);
            s1 = x15.fma(y, s1);
            s2 = x25.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b6 + i));
            s0 = x06.fma(y, s0);
            s1 = x16.fma(y, s1);
            s2 = x26.fma(y, s2);
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, b7 + i));
            s0 = x07.fma(y, s0);
            s1 = x17.fma(y, s1);
            s2 = x27.fma(y, s2);
            TYPE.cast(s0).intoArray(c, c0 + i);
            TYPE.cast(s1).intoArray(c, c1 + i);
            TYPE.cast(s2).intoArray(c, c2 + i);
        }
    }
}
</#list>
