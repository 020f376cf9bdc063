<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}VectorStrips.java"/>
package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.${T}Vector;
import jdk.incubator.vector.VectorSpecies;

/** The narrower tiles and the single rows beside {@link ${T}VectorTiles}, written as they are. */
final class ${T}VectorStrips implements ${T}Strips {
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
    public void tile(
            int rows,
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
                eightRows(rows, a, aFrom, aRow, b, bFrom, bStride, depth, c, cFrom, cStride, add);
            } else {
                eightColumns(
                        rows, a, aFrom, aStep, b, bFrom, bStride, depth, c, cFrom, cStride, add);
            }
        } else if (aStep == 1) {
            fourRows(rows, a, aFrom, aRow, b, bFrom, bStride, depth, c, cFrom, cStride, add);
        } else {
            fourColumns(rows, a, aFrom, aStep, b, bFrom, bStride, depth, c, cFrom, cStride, add);
        }
    }

    private static void eightRows(
            int rows,
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
        ${T}Vector c00 = start(c, cFrom, add);
        ${T}Vector c10 = start(c, to1, add);
        ${T}Vector c20 = start(c, to2, add);
        ${T}Vector c30 = start(c, to3, add);
        ${T}Vector c40 = start(c, to4, add);
        ${T}Vector c50 = start(c, to5, add);
        ${T}Vector c60 = start(c, to6, add);
        ${T}Vector c70 = start(c, to7, add);
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
            ${T}Vector x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[aFrom + p]));
            c00 = x.fma(y0, c00);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[row1 + p]));
            c10 = x.fma(y0, c10);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[row2 + p]));
            c20 = x.fma(y0, c20);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[row3 + p]));
            c30 = x.fma(y0, c30);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[row4 + p]));
            c40 = x.fma(y0, c40);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[row5 + p]));
            c50 = x.fma(y0, c50);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[row6 + p]));
            c60 = x.fma(y0, c60);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[row7 + p]));
            c70 = x.fma(y0, c70);
            j += bStride;
        } while (++p < depth);
        TYPE.cast(c00).intoArray(c, cFrom);
        TYPE.cast(c10).intoArray(c, to1);
        TYPE.cast(c20).intoArray(c, to2);
        TYPE.cast(c30).intoArray(c, to3);
        TYPE.cast(c40).intoArray(c, to4);
        TYPE.cast(c50).intoArray(c, to5);
        TYPE.cast(c60).intoArray(c, to6);
        TYPE.cast(c70).intoArray(c, to7);
    }

    private static void eightColumns(
            int rows,
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
        ${T}Vector c00 = start(c, cFrom, add);
        ${T}Vector c10 = start(c, to1, add);
        ${T}Vector c20 = start(c, to2, add);
        ${T}Vector c30 = start(c, to3, add);
        ${T}Vector c40 = start(c, to4, add);
        ${T}Vector c50 = start(c, to5, add);
        ${T}Vector c60 = start(c, to6, add);
        ${T}Vector c70 = start(c, to7, add);
        int i = aFrom;
        int j = bFrom;
        int p = 0;
        do {
            ${T}Vector y0 = ${T}Vector.fromArray(SPECIES, b, j);
            ${T}Vector x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i]));
            c00 = x.fma(y0, c00);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i + 1]));
            c10 = x.fma(y0, c10);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i + 2]));
            c20 = x.fma(y0, c20);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i + 3]));
            c30 = x.fma(y0, c30);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i + 4]));
            c40 = x.fma(y0, c40);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i + 5]));
            c50 = x.fma(y0, c50);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i + 6]));
            c60 = x.fma(y0, c60);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i + 7]));
            c70 = x.fma(y0, c70);
            i += aStep;
            j += bStride;
        } while (++p < depth);
        TYPE.cast(c70).intoArray(c, to7);
        TYPE.cast(c60).intoArray(c, to6);
        TYPE.cast(c50).intoArray(c, to5);
        TYPE.cast(c40).intoArray(c, to4);
        TYPE.cast(c30).intoArray(c, to3);
        TYPE.cast(c20).intoArray(c, to2);
        TYPE.cast(c10).intoArray(c, to1);
        TYPE.cast(c00).intoArray(c, cFrom);
    }

    private static void fourRows(
            int rows,
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
        ${T}Vector c00 = start(c, cFrom, add);
        ${T}Vector c10 = start(c, to1, add);
        ${T}Vector c20 = start(c, to2, add);
        ${T}Vector c30 = start(c, to3, add);
        int row1 = aFrom + Math.min(1, rows - 1) * aRow;
        int row2 = aFrom + Math.min(2, rows - 1) * aRow;
        int row3 = aFrom + Math.min(3, rows - 1) * aRow;
        int p = 0;
        int j = bFrom;
        do {
            ${T}Vector y0 = ${T}Vector.fromArray(SPECIES, b, j);
            ${T}Vector x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[aFrom + p]));
            c00 = x.fma(y0, c00);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[row1 + p]));
            c10 = x.fma(y0, c10);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[row2 + p]));
            c20 = x.fma(y0, c20);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[row3 + p]));
            c30 = x.fma(y0, c30);
            j += bStride;
        } while (++p < depth);
        TYPE.cast(c00).intoArray(c, cFrom);
        TYPE.cast(c10).intoArray(c, to1);
        TYPE.cast(c20).intoArray(c, to2);
        TYPE.cast(c30).intoArray(c, to3);
    }

    private static void fourColumns(
            int rows,
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
        ${T}Vector c00 = start(c, cFrom, add);
        ${T}Vector c10 = start(c, to1, add);
        ${T}Vector c20 = start(c, to2, add);
        ${T}Vector c30 = start(c, to3, add);
        int i = aFrom;
        int j = bFrom;
        int p = 0;
        do {
            ${T}Vector y0 = ${T}Vector.fromArray(SPECIES, b, j);
            ${T}Vector x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i]));
            c00 = x.fma(y0, c00);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i + 1]));
            c10 = x.fma(y0, c10);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i + 2]));
            c20 = x.fma(y0, c20);
            x = TYPE.cast(${T}Vector.broadcast(SPECIES, a[i + 3]));
            c30 = x.fma(y0, c30);
            i += aStep;
            j += bStride;
        } while (++p < depth);
        TYPE.cast(c30).intoArray(c, to3);
        TYPE.cast(c20).intoArray(c, to2);
        TYPE.cast(c10).intoArray(c, to1);
        TYPE.cast(c00).intoArray(c, cFrom);
    }

    @Override
    public void row(
            ${t}[] a,
            int aFrom,
            int aStep,
            ${t}[] b,
            int bFrom,
            int bStride,
            ${t}[] c,
            int cFrom,
            int length) {
        ${T}Vector x0 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[aFrom]));
        ${T}Vector x1 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[aFrom + aStep]));
        ${T}Vector x2 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[aFrom + 2 * aStep]));
        ${T}Vector x3 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[aFrom + 3 * aStep]));
        ${T}Vector x4 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[aFrom + 4 * aStep]));
        ${T}Vector x5 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[aFrom + 5 * aStep]));
        ${T}Vector x6 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[aFrom + 6 * aStep]));
        ${T}Vector x7 = TYPE.cast(${T}Vector.broadcast(SPECIES, a[aFrom + 7 * aStep]));
        int b1 = bFrom + bStride;
        int b2 = b1 + bStride;
        int b3 = b2 + bStride;
        int b4 = b3 + bStride;
        int b5 = b4 + bStride;
        int b6 = b5 + bStride;
        int b7 = b6 + bStride;
        for (int j = 0; j < length; j += LANES) {
            ${T}Vector sum = ${T}Vector.fromArray(SPECIES, c, cFrom + j);
            sum = x0.fma(${T}Vector.fromArray(SPECIES, b, bFrom + j), sum);
            sum = x1.fma(${T}Vector.fromArray(SPECIES, b, b1 + j), sum);
            sum = x2.fma(${T}Vector.fromArray(SPECIES, b, b2 + j), sum);
            sum = x3.fma(${T}Vector.fromArray(SPECIES, b, b3 + j), sum);
            sum = x4.fma(${T}Vector.fromArray(SPECIES, b, b4 + j), sum);
            sum = x5.fma(${T}Vector.fromArray(SPECIES, b, b5 + j), sum);
            sum = x6.fma(${T}Vector.fromArray(SPECIES, b, b6 + j), sum);
            sum = x7.fma(${T}Vector.fromArray(SPECIES, b, b7 + j), sum);
            TYPE.cast(sum).intoArray(c, cFrom + j);
        }
    }

    @Override
    public void term(${t} x, ${t}[] b, int bFrom, ${t}[] c, int cFrom, int length) {
        ${T}Vector all = TYPE.cast(${T}Vector.broadcast(SPECIES, x));
        int whole = length - length % LANES;
        for (int j = 0; j < whole; j += LANES) {
            ${T}Vector y = ${T}Vector.fromArray(SPECIES, b, bFrom + j);
            ${T}Vector sum = all.fma(y, ${T}Vector.fromArray(SPECIES, c, cFrom + j));
            TYPE.cast(sum).intoArray(c, cFrom + j);
        }
        for (int j = whole; j < length; j++) {
            c[cFrom + j] = Math.fma(x, b[bFrom + j], c[cFrom + j]);
        }
    }

    @Override
    public void copy(${t}[] in, int from, int stride, int depth, ${t}[] out, int to) {
        for (int p = 0, i = from, o = to; p < depth; p++, i += stride, o += 2 * LANES) {
            ${T}Vector v0 = ${T}Vector.fromArray(SPECIES, in, i);
            ${T}Vector v1 = ${T}Vector.fromArray(SPECIES, in, i + LANES);
            TYPE.cast(v0).intoArray(out, o);
            TYPE.cast(v1).intoArray(out, o + LANES);
        }
    }

    private static ${T}Vector start(${t}[] c, int from, boolean add) {
        return add ? ${T}Vector.fromArray(SPECIES, c, from) : ${T}Vector.zero(SPECIES);
    }
}
</#list>
