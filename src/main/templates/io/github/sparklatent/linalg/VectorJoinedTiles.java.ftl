<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}VectorJoinedTiles.java"/>
package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.${T}Vector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Joined tiles in vector registers, written as {@link ${T}VectorTiles} are. */
final class ${T}VectorJoinedTiles implements ${T}JoinedTiles {
    private static final VectorSpecies<${T}> SPECIES =
            VectorSpecies.of(${t}.class, VectorWidth.of(MethodHandles.lookup()));

    private static final int LANES = SPECIES.length();

    /** Most columns whose chains fit in one vector, and in two. */
    private static final int IN_ONE = LANES / ${T}Sums.FEW;

    private static final int IN_TWO = Math.min(2 * LANES / ${T}Sums.FEW, ${T}Sums.NARROW);

    /**
     * What a vector is cast to before it is used: the JIT would go by all that it has seen
     * anywhere, and once other code had used vectors of another class, all of ours would be on the
     * heap.
     */
    private static final Class<? extends ${T}Vector> TYPE = ${T}Vector.zero(SPECIES).getClass();

    /** The last lane with a term. */
    private static final int MOST = Math.min(${T}Sums.FEW, LANES) - 1;

    /** Of each number of columns, which term each lane of the first vector takes. */
    private static final List<VectorShuffle<${T}>> FIRST = spread(0);

    private static final List<VectorShuffle<${T}>> SECOND = spread(LANES);

    private static List<VectorShuffle<${T}>> spread(int from) {
        List<VectorShuffle<${T}>> all = new ArrayList<>();
        for (int columns = 0; columns <= IN_TWO; columns++) {
            all.add(spread(from, Math.max(1, columns)));
        }
        return all;
    }

    /** Lanes after the last chain take its term too, and their sums are not read. */
    private static VectorShuffle<${T}> spread(int from, int columns) {
        int[] terms = new int[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            terms[lane] = Math.min((from + lane) / columns, MOST);
        }
        return VectorShuffle.fromArray(SPECIES, terms, 0);
    }

    @Override
    public int columns() {
        return IN_TWO;
    }

    @Override
    public int rows(int columns) {
        return columns <= IN_ONE ? 4 : 3;
    }

    @Override
    public int reach() {
        return LANES;
    }

    @Override
    public int reach(int columns) {
        return columns <= IN_ONE ? LANES : 2 * LANES;
    }

    @Override
    public void tile(
            int rows,
            int columns,
            ${t}[] a,
            int aFrom,
            int aStride,
            ${t}[] b,
            int bFrom,
            int depth,
            ${t}[] sums) {
        if (columns <= IN_ONE) {
            four(rows, columns, a, aFrom, aStride, b, bFrom, depth, sums);
        } else {
            three(rows, columns, a, aFrom, aStride, b, bFrom, depth, sums);
        }
    }

    /** A vector of four rows, the last one again where they lack. */
    private static void four(
            int rows,
            int columns,
            ${t}[] a,
            int aFrom,
            int aStride,
            ${t}[] b,
            int bFrom,
            int depth,
            ${t}[] sums) {
        int row1 = aFrom + Math.min(1, rows - 1) * aStride;
        int row2 = aFrom + Math.min(2, rows - 1) * aStride;
        int row3 = aFrom + Math.min(3, rows - 1) * aStride;
        ${T}Vector s0 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 0));
        ${T}Vector s1 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, LANES));
        ${T}Vector s2 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 2 * LANES));
        ${T}Vector s3 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 3 * LANES));
        VectorShuffle<${T}> first = FIRST.get(columns);
        int step = ${T}Sums.FEW * columns;
        int j = bFrom;
        for (int p = 0; p < depth; p += ${T}Sums.FEW) {
            ${T}Vector y = TYPE.cast(${T}Vector.fromArray(SPECIES, b, j));
            ${T}Vector x = TYPE.cast(${T}Vector.fromArray(SPECIES, a, aFrom + p));
            s0 = y.fma(TYPE.cast(x.rearrange(first)), s0);
            x = TYPE.cast(${T}Vector.fromArray(SPECIES, a, row1 + p));
            s1 = y.fma(TYPE.cast(x.rearrange(first)), s1);
            x = TYPE.cast(${T}Vector.fromArray(SPECIES, a, row2 + p));
            s2 = y.fma(TYPE.cast(x.rearrange(first)), s2);
            x = TYPE.cast(${T}Vector.fromArray(SPECIES, a, row3 + p));
            s3 = y.fma(TYPE.cast(x.rearrange(first)), s3);
            j += step;
        }
        TYPE.cast(s0).intoArray(sums, 0);
        TYPE.cast(s1).intoArray(sums, LANES);
        TYPE.cast(s2).intoArray(sums, 2 * LANES);
        TYPE.cast(s3).intoArray(sums, 3 * LANES);
    }

    /** Two vectors of three rows. */
    private static void three(
            int rows,
            int columns,
            ${t}[] a,
            int aFrom,
            int aStride,
            ${t}[] b,
            int bFrom,
            int depth,
            ${t}[] sums) {
        int row1 = aFrom + Math.min(1, rows - 1) * aStride;
        int row2 = aFrom + Math.min(2, rows - 1) * aStride;
        ${T}Vector s00 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 0));
        ${T}Vector s01 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, LANES));
        ${T}Vector s10 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 2 * LANES));
        ${T}Vector s11 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 3 * LANES));
        ${T}Vector s20 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 4 * LANES));
        ${T}Vector s21 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, 5 * LANES));
        VectorShuffle<${T}> first = FIRST.get(columns);
        VectorShuffle<${T}> second = SECOND.get(columns);
        int step = ${T}Sums.FEW * columns;
        int j = bFrom;
        for (int p = 0; p < depth; p += ${T}Sums.FEW) {
            ${T}Vector y0 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, j));
            ${T}Vector y1 = TYPE.cast(${T}Vector.fromArray(SPECIES, b, j + LANES));
            ${T}Vector x = TYPE.cast(${T}Vector.fromArray(SPECIES, a, aFrom + p));
            s00 = y0.fma(TYPE.cast(x.rearrange(first)), s00);
            s01 = y1.fma(TYPE.cast(x.rearrange(second)), s01);
            x = TYPE.cast(${T}Vector.fromArray(SPECIES, a, row1 + p));
            s10 = y0.fma(TYPE.cast(x.rearrange(first)), s10);
            s11 = y1.fma(TYPE.cast(x.rearrange(second)), s11);
            x = TYPE.cast(${T}Vector.fromArray(SPECIES, a, row2 + p));
            s20 = y0.fma(TYPE.cast(x.rearrange(first)), s20);
            s21 = y1.fma(TYPE.cast(x.rearrange(second)), s21);
            j += step;
        }
        TYPE.cast(s00).intoArray(sums, 0);
        TYPE.cast(s01).intoArray(sums, LANES);
        TYPE.cast(s10).intoArray(sums, 2 * LANES);
        TYPE.cast(s11).intoArray(sums, 3 * LANES);
        TYPE.cast(s20).intoArray(sums, 4 * LANES);
        TYPE.cast(s21).intoArray(sums, 5 * LANES);
    }
}
</#list>
