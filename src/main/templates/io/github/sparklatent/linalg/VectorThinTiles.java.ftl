<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}VectorThinTiles.java"/>
package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.${T}Vector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Thin tiles in vector registers, written as {@link ${T}VectorTiles} are: a local variable for
 * each partial sum and a method for each number of rows or terms.
 */
final class ${T}VectorThinTiles implements ${T}ThinTiles {
    /** For a single column no wider than its partial sums. */
    private static final VectorSpecies<${T}> WIDE =
            VectorSpecies.of(
                    ${t}.class,
                    VectorWidth.atMost(
                            ${T}Sums.COLUMN * ${T}.SIZE, VectorWidth.of(MethodHandles.lookup())));

    /**
     * For few columns no wider than these: a vector that is read or written across two lines of the
     * cache takes twice as long.
     */
    private static final VectorSpecies<${T}> SPECIES =
            VectorSpecies.of(${t}.class, VectorWidth.atMost(8 * ${T}.SIZE, WIDE.vectorShape()));

    private static final int LANES = SPECIES.length();

    /**
     * What a vector is cast to before it is used: the JIT would go by all that it has seen
     * anywhere, and once other code had used vectors of another class, all of ours would be on the
     * heap.
     */
    private static final Class<? extends ${T}Vector> TYPE = ${T}Vector.zero(SPECIES).getClass();

    private static final Class<? extends ${T}Vector> WIDE_TYPE = ${T}Vector.zero(WIDE).getClass();

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void column(
            int rows, ${t}[] a, int aFrom, int aStride, ${t}[] b, int depth, ${t}[] sums) {
        for (int l = 0; l < ${T}Sums.COLUMN; l += WIDE.length()) {
            eight(rows, a, aFrom, aStride, b, l, depth, sums);
        }
    }

    /** A vector of partial sums of eight rows, the last one again where they lack. */
    private static void eight(
            int rows,
            ${t}[] a,
            int aFrom,
            int aStride,
            ${t}[] b,
            int first,
            int depth,
            ${t}[] sums) {
        int row1 = aFrom + Math.min(1, rows - 1) * aStride;
        int row2 = aFrom + Math.min(2, rows - 1) * aStride;
        int row3 = aFrom + Math.min(3, rows - 1) * aStride;
        int row4 = aFrom + Math.min(4, rows - 1) * aStride;
        int row5 = aFrom + Math.min(5, rows - 1) * aStride;
        int row6 = aFrom + Math.min(6, rows - 1) * aStride;
        int row7 = aFrom + Math.min(7, rows - 1) * aStride;
        ${T}Vector s0 = WIDE_TYPE.cast(${T}Vector.zero(WIDE));
        ${T}Vector s1 = WIDE_TYPE.cast(${T}Vector.zero(WIDE));
        ${T}Vector s2 = WIDE_TYPE.cast(${T}Vector.zero(WIDE));
        ${T}Vector s3 = WIDE_TYPE.cast(${T}Vector.zero(WIDE));
        ${T}Vector s4 = WIDE_TYPE.cast(${T}Vector.zero(WIDE));
        ${T}Vector s5 = WIDE_TYPE.cast(${T}Vector.zero(WIDE));
        ${T}Vector s6 = WIDE_TYPE.cast(${T}Vector.zero(WIDE));
        ${T}Vector s7 = WIDE_TYPE.cast(${T}Vector.zero(WIDE));
        for (int p = first; p < depth; p += ${T}Sums.COLUMN) {
            ${T}Vector y = WIDE_TYPE.cast(${T}Vector.fromArray(WIDE, b, p));
            s0 = y.fma(${T}Vector.fromArray(WIDE, a, aFrom + p), s0);
            s1 = y.fma(${T}Vector.fromArray(WIDE, a, row1 + p), s1);
            s2 = y.fma(${T}Vector.fromArray(WIDE, a, row2 + p), s2);
            s3 = y.fma(${T}Vector.fromArray(WIDE, a, row3 + p), s3);
            s4 = y.fma(${T}Vector.fromArray(WIDE, a, row4 + p), s4);
            s5 = y.fma(${T}Vector.fromArray(WIDE, a, row5 + p), s5);
            s6 = y.fma(${T}Vector.fromArray(WIDE, a, row6 + p), s6);
            s7 = y.fma(${T}Vector.fromArray(WIDE, a, row7 + p), s7);
        }
        WIDE_TYPE.cast(s0).intoArray(sums, first);
        WIDE_TYPE.cast(s1).intoArray(sums, first + 1 * ${T}Sums.COLUMN);
        WIDE_TYPE.cast(s2).intoArray(sums, first + 2 * ${T}Sums.COLUMN);
        WIDE_TYPE.cast(s3).intoArray(sums, first + 3 * ${T}Sums.COLUMN);
        WIDE_TYPE.cast(s4).intoArray(sums, first + 4 * ${T}Sums.COLUMN);
        WIDE_TYPE.cast(s5).intoArray(sums, first + 5 * ${T}Sums.COLUMN);
        WIDE_TYPE.cast(s6).intoArray(sums, first + 6 * ${T}Sums.COLUMN);
        WIDE_TYPE.cast(s7).intoArray(sums, first + 7 * ${T}Sums.COLUMN);
    }

    @Override
    public void tile(
            int rows,
            ${t}[] a,
            int aFrom,
            int aStride,
            ${t}[] b,
            int bFrom,
            int bStride,
            int depth,
            ${t}[] sums) {
        if (depth == 0) {
            return;
        }
        switch (rows) {
            case 1 -> oneRow(a, aFrom, b, bFrom, bStride, depth, sums);
            case 3 -> threeRows(a, aFrom, aStride, b, bFrom, bStride, depth, sums);
            default -> fourRows(a, aFrom, aStride, b, bFrom, bStride, depth, sums);
        }
    }

    private static void oneRow(
            ${t}[] a, int aFrom, ${t}[] b, int bFrom, int bStride, int depth, ${t}[] sums) {
        ${T}Vector s00 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 0));
        ${T}Vector s10 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 4 * LANES));
        ${T}Vector s20 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 8 * LANES));
        ${T}Vector s30 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 12 * LANES));
        int p = 0;
        int j = bFrom;
        do {
            ${T}Vector y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, j));
            s00 = y.fma(${T}Vector.broadcast(SPECIES, a[aFrom + p]), s00);
            j += bStride;
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, j));
            s10 = y.fma(${T}Vector.broadcast(SPECIES, a[aFrom + p + 1]), s10);
            j += bStride;
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, j));
            s20 = y.fma(${T}Vector.broadcast(SPECIES, a[aFrom + p + 2]), s20);
            j += bStride;
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, j));
            s30 = y.fma(${T}Vector.broadcast(SPECIES, a[aFrom + p + 3]), s30);
            j += bStride;
            p += ${T}Sums.FEW;
        } while (p < depth);
        TYPE.cast(s00).intoArray(sums, 0);
        TYPE.cast(s10).intoArray(sums, 4 * LANES);
        TYPE.cast(s20).intoArray(sums, 8 * LANES);
        TYPE.cast(s30).intoArray(sums, 12 * LANES);
    }

    private static void threeRows(
            ${t}[] a,
            int aFrom,
            int aStride,
            ${t}[] b,
            int bFrom,
            int bStride,
            int depth,
            ${t}[] sums) {
        int row1 = aFrom + aStride;
        int row2 = row1 + aStride;
        ${T}Vector s00 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 0));
        ${T}Vector s01 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 1 * LANES));
        ${T}Vector s02 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 2 * LANES));
        ${T}Vector s10 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 4 * LANES));
        ${T}Vector s11 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 5 * LANES));
        ${T}Vector s12 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 6 * LANES));
        ${T}Vector s20 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 8 * LANES));
        ${T}Vector s21 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 9 * LANES));
        ${T}Vector s22 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 10 * LANES));
        ${T}Vector s30 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 12 * LANES));
        ${T}Vector s31 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 13 * LANES));
        ${T}Vector s32 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 14 * LANES));
        int p = 0;
        int j = bFrom;
        do {
            ${T}Vector y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, j));
            s00 = y.fma(${T}Vector.broadcast(SPECIES, a[aFrom + p]), s00);
            s01 = y.fma(${T}Vector.broadcast(SPECIES, a[row1 + p]), s01);
            s02 = y.fma(${T}Vector.broadcast(SPECIES, a[row2 + p]), s02);
            j += bStride;
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, j));
            s10 = y.fma(${T}Vector.broadcast(SPECIES, a[aFrom + p + 1]), s10);
            s11 = y.fma(${T}Vector.broadcast(SPECIES, a[row1 + p + 1]), s11);
            s12 = y.fma(${T}Vector.broadcast(SPECIES, a[row2 + p + 1]), s12);
            j += bStride;
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, j));
            s20 = y.fma(${T}Vector.broadcast(SPECIES, a[aFrom + p + 2]), s20);
            s21 = y.fma(${T}Vector.broadcast(SPECIES, a[row1 + p + 2]), s21);
            s22 = y.fma(${T}Vector.broadcast(SPECIES, a[row2 + p + 2]), s22);
            j += bStride;
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, j));
            s30 = y.fma(${T}Vector.broadcast(SPECIES, a[aFrom + p + 3]), s30);
            s31 = y.fma(${T}Vector.broadcast(SPECIES, a[row1 + p + 3]), s31);
            s32 = y.fma(${T}Vector.broadcast(SPECIES, a[row2 + p + 3]), s32);
            j += bStride;
            p += ${T}Sums.FEW;
        } while (p < depth);
        TYPE.cast(s00).intoArray(sums, 0);
        TYPE.cast(s01).intoArray(sums, 1 * LANES);
        TYPE.cast(s02).intoArray(sums, 2 * LANES);
        TYPE.cast(s10).intoArray(sums, 4 * LANES);
        TYPE.cast(s11).intoArray(sums, 5 * LANES);
        TYPE.cast(s12).intoArray(sums, 6 * LANES);
        TYPE.cast(s20).intoArray(sums, 8 * LANES);
        TYPE.cast(s21).intoArray(sums, 9 * LANES);
        TYPE.cast(s22).intoArray(sums, 10 * LANES);
        TYPE.cast(s30).intoArray(sums, 12 * LANES);
        TYPE.cast(s31).intoArray(sums, 13 * LANES);
        TYPE.cast(s32).intoArray(sums, 14 * LANES);
    }

    private static void fourRows(
            ${t}[] a,
            int aFrom,
            int aStride,
            ${t}[] b,
            int bFrom,
            int bStride,
            int depth,
            ${t}[] sums) {
        int row1 = aFrom + aStride;
        int row2 = row1 + aStride;
        int row3 = row2 + aStride;
        ${T}Vector s00 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 0));
        ${T}Vector s01 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 1 * LANES));
        ${T}Vector s02 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 2 * LANES));
        ${T}Vector s03 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 3 * LANES));
        ${T}Vector s10 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 4 * LANES));
        ${T}Vector s11 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 5 * LANES));
        ${T}Vector s12 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 6 * LANES));
        ${T}Vector s13 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 7 * LANES));
        ${T}Vector s20 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 8 * LANES));
        ${T}Vector s21 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 9 * LANES));
        ${T}Vector s22 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 10 * LANES));
        ${T}Vector s23 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 11 * LANES));
        ${T}Vector s30 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 12 * LANES));
        ${T}Vector s31 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 13 * LANES));
        ${T}Vector s32 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 14 * LANES));
        ${T}Vector s33 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 15 * LANES));
        int p = 0;
        int j = bFrom;
        do {
            ${T}Vector y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, j));
            s00 = y.fma(${T}Vector.broadcast(SPECIES, a[aFrom + p]), s00);
            s01 = y.fma(${T}Vector.broadcast(SPECIES, a[row1 + p]), s01);
            s02 = y.fma(${T}Vector.broadcast(SPECIES, a[row2 + p]), s02);
            s03 = y.fma(${T}Vector.broadcast(SPECIES, a[row3 + p]), s03);
            j += bStride;
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, j));
            s10 = y.fma(${T}Vector.broadcast(SPECIES, a[aFrom + p + 1]), s10);
            s11 = y.fma(${T}Vector.broadcast(SPECIES, a[row1 + p + 1]), s11);
            s12 = y.fma(${T}Vector.broadcast(SPECIES, a[row2 + p + 1]), s12);
            s13 = y.fma(${T}Vector.broadcast(SPECIES, a[row3 + p + 1]), s13);
            j += bStride;
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, j));
            s20 = y.fma(${T}Vector.broadcast(SPECIES, a[aFrom + p + 2]), s20);
            s21 = y.fma(${T}Vector.broadcast(SPECIES, a[row1 + p + 2]), s21);
            s22 = y.fma(${T}Vector.broadcast(SPECIES, a[row2 + p + 2]), s22);
            s23 = y.fma(${T}Vector.broadcast(SPECIES, a[row3 + p + 2]), s23);
            j += bStride;
            y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, j));
            s30 = y.fma(${T}Vector.broadcast(SPECIES, a[aFrom + p + 3]), s30);
            s31 = y.fma(${T}Vector.broadcast(SPECIES, a[row1 + p + 3]), s31);
            s32 = y.fma(${T}Vector.broadcast(SPECIES, a[row2 + p + 3]), s32);
            s33 = y.fma(${T}Vector.broadcast(SPECIES, a[row3 + p + 3]), s33);
            j += bStride;
            p += ${T}Sums.FEW;
        } while (p < depth);
        TYPE.cast(s00).intoArray(sums, 0);
        TYPE.cast(s01).intoArray(sums, 1 * LANES);
        TYPE.cast(s02).intoArray(sums, 2 * LANES);
        TYPE.cast(s03).intoArray(sums, 3 * LANES);
        TYPE.cast(s10).intoArray(sums, 4 * LANES);
        TYPE.cast(s11).intoArray(sums, 5 * LANES);
        TYPE.cast(s12).intoArray(sums, 6 * LANES);
        TYPE.cast(s13).intoArray(sums, 7 * LANES);
        TYPE.cast(s20).intoArray(sums, 8 * LANES);
        TYPE.cast(s21).intoArray(sums, 9 * LANES);
        TYPE.cast(s22).intoArray(sums, 10 * LANES);
        TYPE.cast(s23).intoArray(sums, 11 * LANES);
        TYPE.cast(s30).intoArray(sums, 12 * LANES);
        TYPE.cast(s31).intoArray(sums, 13 * LANES);
        TYPE.cast(s32).intoArray(sums, 14 * LANES);
        TYPE.cast(s33).intoArray(sums, 15 * LANES);
    }
}
</#list>
