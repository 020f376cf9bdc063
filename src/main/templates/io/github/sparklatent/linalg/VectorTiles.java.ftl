<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}VectorTiles.java"/>
package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.${T}Vector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles in vector registers: two vectors wide and, where there are 32 registers, up to eight rows
 * high, else four. The accumulators are as many local variables and the species is a constant of
 * the class: with an array, an inner loop or a field in place of either, the JIT would put every
 * vector on the heap. Rows that a tile lacks are its last one once more where rows of a are read,
 * so that it is stored again; else they are stored before it, from the last to the first.
 */
final class ${T}VectorTiles implements ${T}Tiles {
    private static final VectorSpecies<${T}> SPECIES =
            VectorSpecies.of(${t}.class, VectorWidth.of(MethodHandles.lookup()));
    private static final int LANES = SPECIES.length();

    /**
     * What a vector is cast to before it is used: the JIT would go by all that it has seen
     * anywhere, and once other code had used vectors of another class, all of ours would be on the
     * heap.
     */
    private static final Class<? extends ${T}Vector> TYPE = ${T}Vector.zero(SPECIES).getClass();

    private static final boolean TALL = SPECIES.vectorBitSize() == 512;

    @Override
    public int rows() {
        return TALL ? 8 : 4;
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void tile(
            int rows,
            int second,
            ${t}[] a,
            int aFrom,
            int aRow,
            int aStep,
            ${t}[] b,
            int bFrom,
            int bStride,
            int depth,
            ${t}[] c,
            int cFrom,
            int cStride,
            boolean add) {
        if (TALL && rows > 4) {
            if (aStep == 1) {
                eightRows(
                        rows, second, a, aFrom, aRow, b, bFrom, bStride, depth, c, cFrom, cStride,
                        add);
            } else {
                eightColumns(
                        rows, second, a, aFrom, aStep, b, bFrom, bStride, depth, c, cFrom, cStride,
                        add);
            }
        } else if (aStep == 1) {
            fourRows(
                    rows, second, a, aFrom, aRow, b, bFrom, bStride, depth, c, cFrom, cStride, add);
        } else {
            fourColumns(
                    rows, second, a, aFrom, aStep, b, bFrom, bStride, depth, c, cFrom, cStride,
                    add);
        }
    }

    private static void eightRows(
            int rows,
            int second,
            ${t}[] a,
            int aFrom,
            int aRow,
            ${t}[] b,
            int bFrom,
            int bStride,
            int depth,
            ${t}[] c,
            int cFrom,
            int cStride,
            boolean add) {
        int to1 = cFrom + Math.min(1, rows - 1) * cStride;
        int to2 = cFrom + Math.min(2, rows - 1) * cStride;
        int to3 = cFrom + Math.min(3, rows - 1) * cStride;
        int to4 = cFrom + Math.min(4, rows - 1) * cStride;
        int to5 = cFrom + Math.min(5, rows - 1) * cStride;
        int to6 = cFrom + Math.min(6, rows - 1) * cStride;
        int to7 = cFrom + Math.min(7, rows - 1) * cStride;
        ${T}Vector c00 = TYPE.cast(start(c, cFrom, add));
        ${T}Vector c01 = TYPE.cast(start(c, cFrom + second, add));
        ${T}Vector c10 = TYPE.cast(start(c, to1, add));
        ${T}Vector c11 = TYPE.cast(start(c, to1 + second, add));
        ${T}Vector c20 = TYPE.cast(start(c, to2, add));
        ${T}Vector c21 = TYPE.cast(start(c, to2 + second, add));
        ${T}Vector c30 = TYPE.cast(start(c, to3, add));
        ${T}Vector c31 = TYPE.cast(start(c, to3 + second, add));
        ${T}Vector c40 = TYPE.cast(start(c, to4, add));
        ${T}Vector c41 = TYPE.cast(start(c, to4 + second, add));
        ${T}Vector c50 = TYPE.cast(start(c, to5, add));
        ${T}Vector c51 = TYPE.cast(start(c, to5 + second, add));
        ${T}Vector c60 = TYPE.cast(start(c, to6, add));
        ${T}Vector c61 = TYPE.cast(start(c, to6 + second, add));
        ${T}Vector c70 = TYPE.cast(start(c, to7, add));
        ${T}Vector c71 = TYPE.cast(start(c, to7 + second, add));
        int row1 = aFrom + Math.min(1, rows - 1) * aRow;
        int row2 = aFrom + Math.min(2, rows - 1) * aRow;
        int row3 = aFrom + Math.min(3, rows - 1) * aRow;
        int row4 = aFrom + Math.min(4, rows - 1) * aRow;
        int row5 = aFrom + Math.min(5, rows - 1) * aRow;
        int row6 = aFrom + Math.min(6, rows - 1) * aRow;
        int row7 = aFrom + Math.min(7, rows - 1) * aRow;
        int p = 0;
        int j = bFrom;
        do {
            ${T}Vector y0 = ${T}Vector.fromArray(SPECIES, b, j);
            ${T}Vector y1 = ${T}Vector.fromArray(SPECIES, b, j + second);
            ${T}Vector x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[aFrom + p]));
            c00 = x.fma(y0, c00);
            c01 = x.fma(y1, c01);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[row1 + p]));
            c10 = x.fma(y0, c10);
            c11 = x.fma(y1, c11);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[row2 + p]));
            c20 = x.fma(y0, c20);
            c21 = x.fma(y1, c21);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[row3 + p]));
            c30 = x.fma(y0, c30);
            c31 = x.fma(y1, c31);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[row4 + p]));
            c40 = x.fma(y0, c40);
            c41 = x.fma(y1, c41);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[row5 + p]));
            c50 = x.fma(y0, c50);
            c51 = x.fma(y1, c51);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[row6 + p]));
            c60 = x.fma(y0, c60);
            c61 = x.fma(y1, c61);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[row7 + p]));
            c70 = x.fma(y0, c70);
            c71 = x.fma(y1, c71);
            j += bStride;
        } while (++p < depth);
        TYPE.cast(c00).intoArray(c, cFrom);
        TYPE.cast(c01).intoArray(c, cFrom + second);
        TYPE.cast(c10).intoArray(c, to1);
        TYPE.cast(c11).intoArray(c, to1 + second);
        TYPE.cast(c20).intoArray(c, to2);
        TYPE.cast(c21).intoArray(c, to2 + second);
        TYPE.cast(c30).intoArray(c, to3);
        TYPE.cast(c31).intoArray(c, to3 + second);
        TYPE.cast(c40).intoArray(c, to4);
        TYPE.cast(c41).intoArray(c, to4 + second);
        TYPE.cast(c50).intoArray(c, to5);
        TYPE.cast(c51).intoArray(c, to5 + second);
        TYPE.cast(c60).intoArray(c, to6);
        TYPE.cast(c61).intoArray(c, to6 + second);
        TYPE.cast(c70).intoArray(c, to7);
        TYPE.cast(c71).intoArray(c, to7 + second);
    }

    private static void eightColumns(
            int rows,
            int second,
            ${t}[] a,
            int aFrom,
            int aStep,
            ${t}[] b,
            int bFrom,
            int bStride,
            int depth,
            ${t}[] c,
            int cFrom,
            int cStride,
            boolean add) {
        int to1 = cFrom + Math.min(1, rows - 1) * cStride;
        int to2 = cFrom + Math.min(2, rows - 1) * cStride;
        int to3 = cFrom + Math.min(3, rows - 1) * cStride;
        int to4 = cFrom + Math.min(4, rows - 1) * cStride;
        int to5 = cFrom + Math.min(5, rows - 1) * cStride;
        int to6 = cFrom + Math.min(6, rows - 1) * cStride;
        int to7 = cFrom + Math.min(7, rows - 1) * cStride;
        ${T}Vector c00 = TYPE.cast(start(c, cFrom, add));
        ${T}Vector c01 = TYPE.cast(start(c, cFrom + second, add));
        ${T}Vector c10 = TYPE.cast(start(c, to1, add));
        ${T}Vector c11 = TYPE.cast(start(c, to1 + second, add));
        ${T}Vector c20 = TYPE.cast(start(c, to2, add));
        ${T}Vector c21 = TYPE.cast(start(c, to2 + second, add));
        ${T}Vector c30 = TYPE.cast(start(c, to3, add));
        ${T}Vector c31 = TYPE.cast(start(c, to3 + second, add));
        ${T}Vector c40 = TYPE.cast(start(c, to4, add));
        ${T}Vector c41 = TYPE.cast(start(c, to4 + second, add));
        ${T}Vector c50 = TYPE.cast(start(c, to5, add));
        ${T}Vector c51 = TYPE.cast(start(c, to5 + second, add));
        ${T}Vector c60 = TYPE.cast(start(c, to6, add));
        ${T}Vector c61 = TYPE.cast(start(c, to6 + second, add));
        ${T}Vector c70 = TYPE.cast(start(c, to7, add));
        ${T}Vector c71 = TYPE.cast(start(c, to7 + second, add));
        int i = aFrom;
        int j = bFrom;
        int p = 0;
        do {
            ${T}Vector y0 = ${T}Vector.fromArray(SPECIES, b, j);
            ${T}Vector y1 = ${T}Vector.fromArray(SPECIES, b, j + second);
            ${T}Vector x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i]));
            c00 = x.fma(y0, c00);
            c01 = x.fma(y1, c01);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i + 1]));
            c10 = x.fma(y0, c10);
            c11 = x.fma(y1, c11);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i + 2]));
            c20 = x.fma(y0, c20);
            c21 = x.fma(y1, c21);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i + 3]));
            c30 = x.fma(y0, c30);
            c31 = x.fma(y1, c31);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i + 4]));
            c40 = x.fma(y0, c40);
            c41 = x.fma(y1, c41);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i + 5]));
            c50 = x.fma(y0, c50);
            c51 = x.fma(y1, c51);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i + 6]));
            c60 = x.fma(y0, c60);
            c61 = x.fma(y1, c61);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i + 7]));
            c70 = x.fma(y0, c70);
            c71 = x.fma(y1, c71);
            i += aStep;
            j += bStride;
        } while (++p < depth);
        TYPE.cast(c70).intoArray(c, to7);
        TYPE.cast(c71).intoArray(c, to7 + second);
        TYPE.cast(c60).intoArray(c, to6);
        TYPE.cast(c61).intoArray(c, to6 + second);
        TYPE.cast(c50).intoArray(c, to5);
        TYPE.cast(c51).intoArray(c, to5 + second);
        TYPE.cast(c40).intoArray(c, to4);
        TYPE.cast(c41).intoArray(c, to4 + second);
        TYPE.cast(c30).intoArray(c, to3);
        TYPE.cast(c31).intoArray(c, to3 + second);
        TYPE.cast(c20).intoArray(c, to2);
        TYPE.cast(c21).intoArray(c, to2 + second);
        TYPE.cast(c10).intoArray(c, to1);
        TYPE.cast(c11).intoArray(c, to1 + second);
        TYPE.cast(c00).intoArray(c, cFrom);
        TYPE.cast(c01).intoArray(c, cFrom + second);
    }

    private static void fourRows(
            int rows,
            int second,
            ${t}[] a,
            int aFrom,
            int aRow,
            ${t}[] b,
            int bFrom,
            int bStride,
            int depth,
            ${t}[] c,
            int cFrom,
            int cStride,
            boolean add) {
        int to1 = cFrom + Math.min(1, rows - 1) * cStride;
        int to2 = cFrom + Math.min(2, rows - 1) * cStride;
        int to3 = cFrom + Math.min(3, rows - 1) * cStride;
        ${T}Vector c00 = TYPE.cast(start(c, cFrom, add));
        ${T}Vector c01 = TYPE.cast(start(c, cFrom + second, add));
        ${T}Vector c10 = TYPE.cast(start(c, to1, add));
        ${T}Vector c11 = TYPE.cast(start(c, to1 + second, add));
        ${T}Vector c20 = TYPE.cast(start(c, to2, add));
        ${T}Vector c21 = TYPE.cast(start(c, to2 + second, add));
        ${T}Vector c30 = TYPE.cast(start(c, to3, add));
        ${T}Vector c31 = TYPE.cast(start(c, to3 + second, add));
        int row1 = aFrom + Math.min(1, rows - 1) * aRow;
        int row2 = aFrom + Math.min(2, rows - 1) * aRow;
        int row3 = aFrom + Math.min(3, rows - 1) * aRow;
        int p = 0;
        int j = bFrom;
        do {
            ${T}Vector y0 = ${T}Vector.fromArray(SPECIES, b, j);
            ${T}Vector y1 = ${T}Vector.fromArray(SPECIES, b, j + second);
            ${T}Vector x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[aFrom + p]));
            c00 = x.fma(y0, c00);
            c01 = x.fma(y1, c01);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[row1 + p]));
            c10 = x.fma(y0, c10);
            c11 = x.fma(y1, c11);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[row2 + p]));
            c20 = x.fma(y0, c20);
            c21 = x.fma(y1, c21);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[row3 + p]));
            c30 = x.fma(y0, c30);
            c31 = x.fma(y1, c31);
            j += bStride;
        } while (++p < depth);
        TYPE.cast(c00).intoArray(c, cFrom);
        TYPE.cast(c01).intoArray(c, cFrom + second);
        TYPE.cast(c10).intoArray(c, to1);
        TYPE.cast(c11).intoArray(c, to1 + second);
        TYPE.cast(c20).intoArray(c, to2);
        TYPE.cast(c21).intoArray(c, to2 + second);
        TYPE.cast(c30).intoArray(c, to3);
        TYPE.cast(c31).intoArray(c, to3 + second);
    }

    private static void fourColumns(
            int rows,
            int second,
            ${t}[] a,
            int aFrom,
            int aStep,
            ${t}[] b,
            int bFrom,
            int bStride,
            int depth,
            ${t}[] c,
            int cFrom,
            int cStride,
            boolean add) {
        int to1 = cFrom + Math.min(1, rows - 1) * cStride;
        int to2 = cFrom + Math.min(2, rows - 1) * cStride;
        int to3 = cFrom + Math.min(3, rows - 1) * cStride;
        ${T}Vector c00 = TYPE.cast(start(c, cFrom, add));
        ${T}Vector c01 = TYPE.cast(start(c, cFrom + second, add));
        ${T}Vector c10 = TYPE.cast(start(c, to1, add));
        ${T}Vector c11 = TYPE.cast(start(c, to1 + second, add));
        ${T}Vector c20 = TYPE.cast(start(c, to2, add));
        ${T}Vector c21 = TYPE.cast(start(c, to2 + second, add));
        ${T}Vector c30 = TYPE.cast(start(c, to3, add));
        ${T}Vector c31 = TYPE.cast(start(c, to3 + second, add));
        int i = aFrom;
        int j = bFrom;
        int p = 0;
        do {
            ${T}Vector y0 = ${T}Vector.fromArray(SPECIES, b, j);
            ${T}Vector y1 = ${T}Vector.fromArray(SPECIES, b, j + second);
            ${T}Vector x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i]));
            c00 = x.fma(y0, c00);
            c01 = x.fma(y1, c01);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i + 1]));
            c10 = x.fma(y0, c10);
            c11 = x.fma(y1, c11);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i + 2]));
            c20 = x.fma(y0, c20);
            c21 = x.fma(y1, c21);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i + 3]));
            c30 = x.fma(y0, c30);
            c31 = x.fma(y1, c31);
            i += aStep;
            j += bStride;
        } while (++p < depth);
        TYPE.cast(c30).intoArray(c, to3);
        TYPE.cast(c31).intoArray(c, to3 + second);
        TYPE.cast(c20).intoArray(c, to2);
        TYPE.cast(c21).intoArray(c, to2 + second);
        TYPE.cast(c10).intoArray(c, to1);
        TYPE.cast(c11).intoArray(c, to1 + second);
        TYPE.cast(c00).intoArray(c, cFrom);
        TYPE.cast(c01).intoArray(c, cFrom + second);
    }

    private static ${T}Vector start(${t}[] c, int from, boolean add) {
        return add ? ${T}Vector.fromArray(SPECIES, c, from) : ${T}Vector.zero(SPECIES);
    }
}
</#list>
